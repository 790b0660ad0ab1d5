"""Signing in and out: the browser goes to the provider's page and comes back with a code."""

import re

from chalice import Blueprint, Response

from chalicelib.domain.errors import Forged, Refused
from chalicelib.domain.sessions import Ticket
from chalicelib.domain.signin import HOME, SIGN_IN_TIME, safe_next
from chalicelib.handlers.headers import SESSION_COOKIE, SIGN_IN_COOKIE, set_cookie
from chalicelib.handlers.http import page
from chalicelib.handlers.visit import Visit
from chalicelib.usecases import signin
from chalicelib.web import i18n
from chalicelib.web.pages.common import SignedOutPage

bp = Blueprint(__name__)

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@page(bp, "/signin")
def sign_in(visit: Visit) -> Response:
    """To the provider's page. `next`: a path of ours to come back to."""
    # One secret for all of the browser's tabs, so that two sign-ins may be under way.
    known = visit.cookie(SIGN_IN_COOKIE)
    browser = known if _SECRET.fullmatch(known) else signin.new_secret(visit.ports)
    url = signin.start(visit.ports, browser, _next(visit), visit.real_now)
    seconds = int(SIGN_IN_TIME.total_seconds())
    return visit.leave(url, set_cookie(SIGN_IN_COOKIE, browser, visit.site, seconds))


@page(bp, "/signin/callback")
def sign_in_callback(visit: Visit) -> Response:
    """Back from the provider. Whatever session the browser had ends, a new one begins."""
    if visit.query("error"):
        raise Refused("sign-in-cancelled")
    try:
        finished = _finished(visit)
    except Forged:
        # The button "back" and a double click bring an answer twice; the first one counted.
        if visit.session is not None:
            return visit.go(HOME)
        raise
    if visit.ticket is not None:
        signin.sign_out(visit.ports, visit.ticket)
    return visit.leave(finished.next, _session_cookie(visit, finished.ticket))


@page(bp, "/signout", method="POST")
def sign_out(visit: Visit) -> Response:
    """Ends this session, here and at the provider."""
    if visit.ticket is None:
        return visit.go(HOME)
    return visit.leave(signin.sign_out(visit.ports, visit.ticket), _no_session(visit))


@page(bp, "/signout/everywhere", method="POST")
def sign_out_everywhere(visit: Visit) -> Response:
    """Ends all of the person's sessions, in every browser."""
    if visit.session is None or visit.ticket is None:
        return visit.go(HOME)
    url = signin.sign_out_everywhere(visit.ports, visit.ticket, visit.real_now)
    return visit.leave(url, _no_session(visit))


@page(bp, "/signed-out")
def signed_out(visit: Visit) -> Response:
    """Back from the provider, who has forgotten the session too."""
    return visit.show(SignedOutPage())


@page(bp, "/signed-out/everywhere")
def signed_out_everywhere(visit: Visit) -> Response:
    """The same, after signing out everywhere."""
    return visit.show(SignedOutPage(everywhere=True))


def _next(visit: Visit) -> str:
    """Where to go afterwards, in the language in which the sign-in was asked for."""
    wanted = safe_next(visit.query("next"))
    language, path = i18n.of_path(wanted)
    return wanted if language else f"/{visit.language}{path if path != HOME else ''}"


def _finished(visit: Visit) -> signin.Finished:
    return signin.finish(
        visit.ports,
        browser=visit.cookie(SIGN_IN_COOKIE),
        state=visit.query("state"),
        code=visit.query("code"),
        now=visit.real_now,
    )


def _session_cookie(visit: Visit, ticket: Ticket) -> str:
    return set_cookie(SESSION_COOKIE, ticket.text, visit.site)


def _no_session(visit: Visit) -> str:
    return set_cookie(SESSION_COOKIE, "", visit.site, 0)
