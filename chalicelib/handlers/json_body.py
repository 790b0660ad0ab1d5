"""JSON that everybody reads alike (RFC 7493, I-JSON), into the model that says what is wanted."""

import json
from typing import Any, NoReturn, TypeVar

from chalice.app import Request
from pydantic import BaseModel, JsonValue, ValidationError

from chalicelib.domain.errors import Fault, Invalid
from chalicelib.handlers.body import limited_body
from chalicelib.handlers.problems import Malformed, UnsupportedType

JSON = "application/json"
_DEEPEST = 20
_LARGEST = 2**53 - 1  # beyond it, other readers see another number
_MOST_FAULTS = 50
_LONGEST_NAME = 60
_CODES = {
    "missing": "required",
    "extra_forbidden": "not-asked",
    "string_too_long": "too-long",
    "string_too_short": "too-short",
    "string_pattern_mismatch": "pattern",
    "literal_error": "not-offered",
    "enum": "not-offered",
    "characters": "characters",
}

M = TypeVar("M", bound=BaseModel)


def read_json(request: Request, model: type[M]) -> M:
    """Raises UnsupportedType, TooLarge, Malformed, and Invalid with every fault."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:
        raise UnsupportedType
    value = parse(limited_body(request))
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise Invalid(_faults(error)) from None


def parse(body: bytes) -> dict[str, JsonValue]:
    """One JSON object: UTF-8, no name twice, no NaN, no number or depth that others cannot read.

    Raises Malformed.
    """
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse)
        _check(value, 0)
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(value, dict):
        raise Malformed
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError("not a number in JSON")


def _check(value: object, depth: int) -> None:
    """Raises ValueError. Half characters are no text."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, dict):
        for name, inner in value.items():
            _check(name, depth)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)
    else:
        _check_scalar(value)


def _check_scalar(value: object) -> None:
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, int | float) and not abs(value) <= _LARGEST:  # NaN fits nowhere
        raise ValueError("too large a number")


def _faults(error: ValidationError) -> list[Fault]:
    found = error.errors(include_url=False, include_input=False)
    return [_fault(one["loc"], one["type"], one.get("ctx", {})) for one in found[:_MOST_FAULTS]]


def _fault(place: tuple[int | str, ...], kind: str, context: dict[str, Any]) -> Fault:
    field = ".".join(str(part) for part in place)[:_LONGEST_NAME]
    visible = "".join(c if c.isprintable() else "?" for c in field)
    wrong = "wrong-type" if kind.endswith("_type") else "wrong-value"
    limit = context.get("max_length", context.get("min_length"))
    facts: dict[str, str | int] = {"limit": limit} if isinstance(limit, int) else {}
    return Fault(field=visible, code=_CODES.get(kind, wrong), facts=facts)
