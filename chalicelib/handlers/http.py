"""How pages are served: in each language, with form tokens checked, errors as pages.

@page(bp, "/cases/{number}")
def show_case(visit: Visit, number: str) -> Response:
    view = viewing.my_case(visit.ports, visit.principal, number)
    return visit.show(CasePage(...))
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Literal
from urllib.parse import quote

from chalice import Blueprint, Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.access import Principal
from chalicelib.domain.errors import NotSignedIn, TryAgain, ZagoraError
from chalicelib.handlers.body import FORM
from chalicelib.handlers.functions import log_fault, log_trouble, logger
from chalicelib.handlers.visit import Visit
from chalicelib.usecases import signin
from chalicelib.web import i18n
from chalicelib.web.faults import error_text
from chalicelib.web.pages.common import ErrorPage

View = Callable[..., Response]
Method = Literal["GET", "POST"]
_RETRY_AFTER = "30"  # seconds


def page(bp: Blueprint, path: str, method: Method = "GET") -> Callable[[View], View]:
    """Serves a page at the path and in each language. The view gets a Visit first."""
    methods = ["GET", "HEAD"] if method == "GET" else [method]
    types: dict[str, Any] = {"content_types": [FORM]} if method == "POST" else {}

    def register(view: View) -> View:
        @wraps(view)
        def answer(**names: str) -> Response:
            visit = Visit(bp.current_request, wiring.ports(), wiring.site(), *_times())
            logger.structure_logs()  # a container serves one person after another
            logger.append_keys(correlation_id=visit.reference)
            response = _answered(visit, view, names)
            if visit.request.method == "HEAD":
                response.body = ""
            return response

        for prefix in ("", *(f"/{language}" for language in i18n.LANGUAGES)):
            place = f"{prefix}{path}" if path != "/" or not prefix else prefix
            bp.route(place, methods=methods, **types)(answer)
        return answer

    return register


def bearer(request: Request) -> Principal:
    """Who calls the machine interface. Raises NotSignedIn, Forbidden, Busy.

    Cookies do not count there, so no foreign site can call it in somebody's name.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    given = token.strip() if scheme.lower() == "bearer" else ""
    return signin.bearer(wiring.ports(), given, wiring.real_now())


def _times() -> tuple[datetime, datetime]:
    """The application's, and the real one: they differ only in demonstrations. While the table is
    away, the real one for both: the page says so itself."""
    real = wiring.real_now()
    try:
        return wiring.now(), real
    except TryAgain:
        return real, real


def _answered(visit: Visit, view: View, names: dict[str, str]) -> Response:
    try:
        if visit.request.method == "POST":
            visit.check_form()
        return view(visit, **names)
    except NotSignedIn:
        return _to_sign_in(visit)
    except ZagoraError as error:
        if isinstance(error, TryAgain):
            log_trouble("page failed", error)
        return failed(visit, error)
    except Exception as error:  # the reader gets a page, whatever went wrong
        log_fault("page failed", error)
        return failed(visit, ZagoraError())


def _to_sign_in(visit: Visit) -> Response:
    return visit.go(f"/signin?next={quote(visit.page, safe='')}")


def failed(visit: Visit, error: ZagoraError) -> Response:
    """The page that says what happened and what to do."""
    text = error_text(error)
    content = ErrorPage(
        status=text.status,
        title=i18n.say(visit.language, text.title),
        advice=i18n.say(visit.language, text.advice),
        reference=visit.reference,
    )
    response = _shown(visit, content)
    if isinstance(error, TryAgain):
        response.headers["Retry-After"] = _RETRY_AFTER
    return response


def _shown(visit: Visit, content: ErrorPage) -> Response:
    try:
        return visit.show(content, status=content.status)
    except TryAgain:  # the table is away: then nobody is signed in on this page
        visit.session = None
        return visit.show(content, status=content.status)
