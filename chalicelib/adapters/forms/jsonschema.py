"""Form rules by JSON Schema (Draft 2020-12), every fault at once, in our catalogue's codes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from chalicelib.domain.errors import Fault

if TYPE_CHECKING:
    from jsonschema import ValidationError

# What the schema's keyword means to somebody who filled the form in.
_CODES = {
    "maxLength": "too-long",
    "minLength": "too-short",
    "maximum": "too-big",
    "minimum": "too-small",
    "pattern": "pattern",
    "enum": "not-offered",
    "minItems": "too-few",
    "maxItems": "too-many",
    "uniqueItems": "repeated",
    "type": "wrong-type",
}
_LONGEST_NAME = 60
_DEEPEST = 3
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
# Control characters (but for line ends and tabs), half characters, and marks that turn text round.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class JsonSchemaRules:
    """`ports.forms.FormRules`; the library is loaded at the first check."""

    def faults(
        self, schema: Mapping[str, JsonValue], answers: Mapping[str, JsonValue]
    ) -> tuple[Fault, ...]:
        """Every fault at once, one a field; none if the answers are right. A field of a list is
        called `heirs.0.name`. Of a list that is too long only that is said."""
        crowded = dict(_crowded(schema, answers))
        kept = {name: [] if name in crowded else value for name, value in answers.items()}
        unfit = [Fault(field=name, code="characters") for name in _unfit(kept)]
        others = [f for f in _faults(schema, kept) if f.field.split(".")[0] not in crowded]
        found = {f.field: f for f in reversed([*crowded.values(), *unfit, *others])}
        return tuple(sorted(found.values(), key=lambda fault: _place(schema, fault.field)))


def _crowded(
    schema: Mapping[str, JsonValue], answers: Mapping[str, JsonValue]
) -> Iterator[tuple[str, Fault]]:
    """Lists with more things than the form has room for: not worth looking into."""
    for name, one in _properties(schema).items():
        most, given = one.get("maxItems"), answers.get(name)
        if isinstance(most, int) and isinstance(given, list) and len(given) > most:
            yield name, Fault(field=name, code="too-many", facts={"limit": most})


def _properties(schema: Mapping[str, JsonValue]) -> dict[str, dict[str, JsonValue]]:
    found = schema.get("properties")
    items = found.items() if isinstance(found, dict) else ()
    return {name: one for name, one in items if isinstance(one, dict)}


def _place(schema: Mapping[str, JsonValue], field: str) -> tuple[int, ...]:
    """Where a field is in the form: as the schema has it, one thing of a list after another."""
    name, _, rest = field.partition(".")
    order = list(_properties(schema))
    first = order.index(name) if name in order else len(order)
    number, _, inner = rest.partition(".")
    if not number.isdecimal():
        return (first,)
    items = _properties(schema).get(name, {}).get("items")
    return (first, int(number), *(_place(items, inner) if isinstance(items, dict) else ()))


def _faults(schema: Mapping[str, JsonValue], answers: Mapping[str, JsonValue]) -> Iterator[Fault]:
    from jsonschema import Draft202012Validator, FormatChecker

    checker = FormatChecker(formats=("date",))
    checker.checks("email")(lambda text: not isinstance(text, str) or bool(_EMAIL.fullmatch(text)))
    for error in Draft202012Validator(
        _spelled_out(dict(schema)), format_checker=checker
    ).iter_errors(dict(answers)):
        yield from _fault(error)


def _fault(error: "ValidationError") -> Iterator[Fault]:
    field = _named(error.absolute_path)
    if error.validator == "required":
        yield from _missing(error)
    elif error.validator == "additionalProperties":
        allowed = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        for name in _names(error):
            if name not in allowed:
                yield Fault(field=_named([*error.absolute_path, name]), code="not-asked")
    elif error.validator == "not":  # not asked under these circumstances
        yield Fault(field=field, code="not-asked")
    else:
        yield Fault(field=field, code=_code(error), facts=_facts(error))


def _spelled_out(schema: JsonValue) -> Any:
    """The schema with `false` as `not: {}`: of the first the library does not say where it was."""
    if schema is False:
        return {"not": {}}
    if isinstance(schema, list):
        return [_spelled_out(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {"const", "enum", "default", "additionalProperties", "uniqueItems"}
    return {
        word: value if word in kept or word.endswith("Only") else _spelled_out(value)
        for word, value in schema.items()
    }


def _missing(error: "ValidationError") -> Iterator[Fault]:
    wanted = error.validator_value
    for name in wanted if isinstance(wanted, list) else ():
        if name not in _names(error):
            yield Fault(field=_named([*error.absolute_path, name]), code="required")


def _names(error: "ValidationError") -> list[str]:
    """The names of the object that is at fault."""
    return list(error.instance) if isinstance(error.instance, dict) else []


def _code(error: "ValidationError") -> str:
    if error.validator == "minLength" and not error.instance:
        return "required"
    if error.validator == "const":
        return "must-accept" if error.validator_value is True else "not-offered"
    if error.validator == "format":
        return f"format.{error.validator_value}"
    return _CODES.get(str(error.validator), "wrong-value")


def _facts(error: "ValidationError") -> dict[str, str | int]:
    limit = error.validator_value
    limits = {"maxLength", "minLength", "maximum", "minimum", "maxItems", "minItems"}
    return {"limit": limit} if error.validator in limits and isinstance(limit, int) else {}


def _unfit(value: JsonValue, place: tuple[object, ...] = ()) -> Iterator[str]:
    if isinstance(value, str) and _UNFIT.search(value):
        yield _named(place)
    inner = value.items() if isinstance(value, dict) else ()
    for step, one in enumerate(value) if isinstance(value, list) else inner:
        yield from _unfit(one, (*place, step))


def _named(place: Iterable[object]) -> str:
    """A place as a field's name, as far as the form goes: a list, a number, a field in it."""
    return ".".join(_short(step) for step in list(place)[:_DEEPEST])[:_LONGEST_NAME]


def _short(name: object) -> str:
    """A field's name as it may be repeated in an answer and a log."""
    return _UNFIT.sub("?", str(name))[:_LONGEST_NAME]
