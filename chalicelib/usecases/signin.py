"""Signing in and out, and who is asking."""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.access import Principal
from chalicelib.domain.errors import Forged, NotSignedIn, TryAgain
from chalicelib.domain.sessions import SECRET_BYTES, Session, Ticket, secret
from chalicelib.domain.signin import Attempt, principal_of, safe_next
from chalicelib.domain.values import Value
from chalicelib.ports import Ports
from chalicelib.usecases import staffing

# Pages of ours to which the provider may send the browser back.
SIGNED_OUT = "/signed-out"
SIGNED_OUT_EVERYWHERE = "/signed-out/everywhere"


class Finished(Value):
    """A sign-in that succeeded: the new ticket, and where the person wanted to go."""

    ticket: Ticket
    principal: Principal
    next: str


def start(ports: Ports, browser: str, to: str | None, now: datetime) -> str:
    """Begins a sign-in for the browser that knows this secret; the provider's address.

    `to` is where to go afterwards; anything but a path of ours becomes home. Raises Busy.
    """
    attempt = Attempt(
        state=new_secret(ports),
        nonce=new_secret(ports),
        verifier=new_secret(ports),
        next=safe_next(to),
        started_at=now,
    )
    ports.sessions.begin(browser, attempt)
    return ports.identity.authorization_url(attempt)


def finish(ports: Ports, browser: str, state: str, code: str, now: datetime) -> Finished:
    """The provider sent the browser back: a new session, whatever cookie the browser had.

    Raises Forged (`sign-in-state`: not begun in this browser, too late, or used before; or the
    code or token is not good), Forbidden (`egn-missing`, `egn-invalid`), Busy.
    """
    attempt = ports.sessions.take(browser, state)
    if attempt is None or not attempt.lives(now):
        raise Forged("sign-in-state")
    claims = ports.identity.exchange(code, attempt, now)
    principal = principal_of(claims, ports.subject)
    ticket = Ticket(secret=new_secret(ports), subject=principal.subject)
    ports.sessions.start(ticket, Session(principal=principal, created_at=now, seen_at=now))
    with suppress(TryAgain):  # the staff is known from elsewhere too: nobody waits for it
        staffing.meet(ports, principal)
    return Finished(ticket=ticket, principal=principal, next=attempt.next)


def session_of(ports: Ports, ticket: Ticket | None, now: datetime) -> Session | None:
    """The living session of a ticket, now seen; None if there is none. Raises Busy."""
    session = ports.sessions.load(ticket) if ticket else None
    if ticket is None or session is None or not session.lives(now):
        return None
    seen = session.seen(now)
    if seen is not session:
        _remember(ports, ticket, seen)
    return seen


def _remember(ports: Ports, ticket: Ticket, session: Session) -> None:
    try:
        ports.sessions.seen(ticket, session)
    except TryAgain:
        return  # the next click writes it; a page need not fail for it


def bearer(ports: Ports, token: str, now: datetime) -> Principal:
    """Who bears the token. Raises NotSignedIn, Forbidden (no valid EGN), Busy."""
    if not token:
        raise NotSignedIn
    return principal_of(ports.identity.verify(token, now), ports.subject)


def sign_out(ports: Ports, ticket: Ticket) -> str:
    """Ends this session; the provider's address that ends its own. Raises Busy."""
    ports.sessions.end(ticket)
    return ports.identity.logout_url(SIGNED_OUT)


def sign_out_everywhere(ports: Ports, ticket: Ticket, now: datetime) -> str:
    """Ends all sessions of the ticket's person, whom a living session has proved. Raises Busy."""
    ports.sessions.end_all(ticket.subject, now)
    ports.sessions.end(ticket)
    return ports.identity.logout_url(SIGNED_OUT_EVERYWHERE)


def new_secret(ports: Ports) -> str:
    """Random text that nobody can guess."""
    return secret(ports.chance(SECRET_BYTES))
