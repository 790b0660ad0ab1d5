"""How an operation is declared: once, for the router, for the gate and for the description.

@operation(bp, "GET", "/cases/{number}", CaseView, roles=EVERYBODY, problems=(404,))
def show_case(call: Call, number: str) -> CaseView: ...
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal

from chalice import Blueprint, Response
from pydantic import BaseModel

from chalicelib.domain.access import OFFICIALS, Role, require
from chalicelib.domain.errors import NotFound, TryAgain, ZagoraError
from chalicelib.domain.ids import is_case_number
from chalicelib.handlers import problems
from chalicelib.handlers.api.call import Call
from chalicelib.handlers.api.models import Located
from chalicelib.handlers.functions import log_fault, log_trouble, logger
from chalicelib.handlers.metrics import count

PREFIX = "/api/v1"
CREATED = 201
CITIZENS: frozenset[Role] = frozenset({"citizen"})
HEADS: frozenset[Role] = frozenset({"head-of-unit"})
DESK: frozenset[Role] = frozenset({"head-of-unit", "administrator"})
EVERYBODY: frozenset[Role] = CITIZENS | OFFICIALS | DESK

# What a name in a path can be; anything else names nothing, and is not looked for.
_NAMES: dict[str, Callable[[str], object]] = {
    "number": is_case_number,
    "id": re.compile(r"[0-9a-hjkmnp-tv-z]{26}").fullmatch,
    "code": re.compile(r"[a-z0-9-]{1,64}").fullmatch,
}

View = Callable[..., BaseModel]
Method = Literal["GET", "POST"]
Key = Literal["required", "optional", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operation of the interface. `roles` None: it is public. `problems` beside the usual."""

    method: Method
    path: str
    view: View
    answers: type[BaseModel]
    status: int = 200
    body: type[BaseModel] | None = None
    roles: frozenset[Role] | None = None
    key: Key = "none"
    query: tuple[str, ...] = ()
    problems: tuple[int, ...] = ()
    cache: str = "no-store"
    media: str = "application/json"

    @property
    def name(self) -> str:
        """Its `operationId`."""
        return self.view.__name__


OPERATIONS: list[Operation] = []


def operation(
    bp: Blueprint, method: Method, path: str, answers: type[BaseModel], **more: Any
) -> Callable[[View], View]:
    """Registers an operation; `more` are the fields of Operation."""

    def register(view: View) -> View:
        declared = Operation(method=method, path=path, view=view, answers=answers, **more)
        OPERATIONS.append(declared)

        @wraps(view)
        def answer(**names: str) -> Response:
            return respond(declared, Call(bp.current_request), names)

        # No content types: which one is taken is said here, as a problem.
        bp.route(f"{PREFIX}{path}", methods=[method], content_types=[])(answer)
        return view

    return register


def respond(declared: Operation, call: Call, names: dict[str, str]) -> Response:
    """The operation's answer, or the problem; never an exception."""
    keys = {"operation": declared.name, "correlation_id": call.correlation}
    number = names.get("number", "")
    if is_case_number(number):
        keys["case_number"] = number
    logger.structure_logs()
    logger.append_keys(**keys)
    try:
        response = _response(declared, _run(declared, call, names))
    except ZagoraError as error:
        response = _refused(call, error)
    except Exception as error:  # the caller gets a problem, whatever went wrong
        log_fault("failed", error)
        count("Faults", code="error")
        response = problems.answer(ZagoraError(), call.language)
    response.headers["X-Correlation-Id"] = call.correlation
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _run(declared: Operation, call: Call, names: dict[str, str]) -> BaseModel:
    if declared.roles is not None:
        require(call.principal, *declared.roles)
    for name, value in names.items():
        if not _NAMES[name](value):
            raise NotFound(what=name)
    return declared.view(call, **names)


def _response(declared: Operation, answer: BaseModel) -> Response:
    logger.info("done", status=declared.status)
    headers: dict[str, Any] = {
        "Content-Type": declared.media,
        "Cache-Control": declared.cache,
        "Vary": "Authorization, Accept-Language",
    }
    if isinstance(answer, Located):
        headers["Location"] = answer.links.self_
    body = answer.model_dump_json(by_alias=True)
    return Response(body=body, status_code=declared.status, headers=headers)


def _refused(call: Call, error: ZagoraError) -> Response:
    status = problems.status_of(error)
    if isinstance(error, TryAgain):
        log_trouble("failed", error)
    else:
        logger.info("refused", code=error.code, status=status)
    if isinstance(error, TryAgain) or status == 500:
        count("Faults", code=error.code)
    sent = bool(call.header("authorization"))
    return problems.answer(error, call.language, token_sent=sent)
