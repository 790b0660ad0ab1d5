"""Errors as RFC 9457 problems. `type` is `/problems/<code>` and stays as it is for ever."""

import json
from typing import Any

from chalice import Response

from chalicelib.domain.errors import (
    Conflict,
    Fault,
    Forbidden,
    Forged,
    Invalid,
    KeyReused,
    NotFound,
    NotPossible,
    NotSignedIn,
    Refused,
    Superseded,
    TryAgain,
    ZagoraError,
)
from chalicelib.domain.values import Value
from chalicelib.handlers.body import TooLarge
from chalicelib.handlers.problem_texts import words
from chalicelib.web.faults import fault_text
from chalicelib.web.i18n import Language

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "5"  # seconds


class Malformed(Refused):
    """The request cannot be read."""

    code = "malformed"


class UnsupportedType(Refused):
    """The body is of a kind that is not taken here."""

    code = "unsupported-media-type"


class FieldFault(Value):
    """One thing wrong with the input. `code` is stable, `detail` is for people."""

    field: str
    code: str
    detail: str


class Problem(Value):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[FieldFault, ...] | None = None


# The first that fits decides.
_STATUSES: tuple[tuple[type[ZagoraError], int], ...] = (
    (Invalid, 422),
    (KeyReused, 422),
    (TooLarge, 413),
    (UnsupportedType, 415),
    (NotSignedIn, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
    (NotPossible, 409),
    (Superseded, 409),
    (Malformed, 400),
    (Forged, 400),
    (Refused, 400),
    (TryAgain, 503),
)


def status_of(error: ZagoraError) -> int:
    """The HTTP status of an error."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def problem(error: ZagoraError, language: Language) -> Problem:
    """What the caller is told: nothing of it is about how we are built."""
    code, title, detail = words(error, language)
    faults = error.faults if isinstance(error, Invalid) else None
    return Problem(
        type=f"/problems/{code}",
        title=title,
        status=status_of(error),
        detail=detail,
        errors=tuple(_fault(f, language) for f in faults) if faults is not None else None,
    )


def _fault(fault: Fault, language: Language) -> FieldFault:
    label = fault.field or "–"
    return FieldFault(
        field=fault.field, code=fault.code, detail=fault_text(fault, label, "", language)
    )


def answer(error: ZagoraError, language: Language, *, token_sent: bool = False) -> Response:
    """The problem as a response; `token_sent` tells an invalid token from none (RFC 6750, 3.1)."""
    told = problem(error, language)
    headers: dict[str, Any] = {
        "Content-Type": MEDIA_TYPE,
        "Content-Language": language,
        "Cache-Control": "no-store",
    }
    if isinstance(error, NotSignedIn):
        why = ', error="invalid_token"' if token_sent else ""
        headers["WWW-Authenticate"] = f'Bearer realm="zagora"{why}'
    if isinstance(error, TryAgain):
        headers["Retry-After"] = RETRY_AFTER
    body = json.dumps(told.model_dump(mode="json", exclude_none=True), ensure_ascii=False)
    return Response(body=body, status_code=told.status, headers=headers)
