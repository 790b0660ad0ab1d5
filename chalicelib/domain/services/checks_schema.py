"""The JSON Schema of a form: it takes nothing unknown and nothing without end."""

import re
from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from chalicelib.domain.services.findings import Finding, Place, alternatives
from chalicelib.domain.services.forms import Form, Group, Repeats

Schema = Mapping[str, JsonValue]
PLACE: Place = ("form", "json_schema")
_LARGEST = 2**53 - 1  # RFC 7493, 2.2
# A repetition of a repetition, as in `(a+)+`: some texts would be tried for hours.
_SLOW = re.compile(r"\((?:\?:)?[^()]*[+*}][^()]*\)(?:[+*]|\{\d*,)")


def schema_findings(form: Form) -> Iterator[Finding]:
    """What is required, how long answers may be, and the lists of repeating groups."""
    yield from _object(PLACE, form.json_schema, _asked(form, None), form)
    for index, group in enumerate(form.groups):
        if group.repeats is not None:
            yield from _list(("form", "groups", index, "repeats"), group, group.repeats, form)
    yield from _walk(PLACE, form.json_schema)


def _asked(form: Form, group: Group | None) -> list[str]:
    """The names that may be required: of the whole form, or of a repeating group."""
    if group is not None:
        return list(group.fields)
    inside = {name for one in form.groups if one.repeats for name in one.fields}
    lists = [str(one.repeats.into) for one in form.groups if one.repeats]
    return [name for name in form.properties if name not in inside] + lists


def _object(place: Place, schema: Schema, names: list[str], form: Form) -> Iterator[Finding]:
    if schema.get("additionalProperties") is not False:
        hint = "add additionalProperties: false"
        yield Finding(place=place, what="the form takes fields that nobody knows", hint=hint)
    sometimes = {name for name, texts in form.texts.items() if texts.when}
    sometimes |= {name for g in form.groups if g.when and not g.repeats for name in g.fields}
    sometimes |= {str(g.repeats.into) for g in form.groups if g.when and g.repeats}
    required = schema.get("required")
    for name in required if isinstance(required, list) else []:
        where = (*place, "required")
        if name not in names:
            hint = alternatives(str(name), names)
            yield Finding(place=where, what=f"no field '{name}'", hint=hint)
        elif name in sometimes:
            what = f"'{name}' is always required, but only sometimes asked"
            yield Finding(place=where, what=what, hint="require it under then:")


def _list(place: Place, group: Group, repeats: Repeats, form: Form) -> Iterator[Finding]:
    properties = form.json_schema.get("properties")
    lists = properties if isinstance(properties, dict) else {}
    schema = lists.get(repeats.into)
    if not isinstance(schema, dict) or schema.get("type") != "array":
        what = f"'{repeats.into}' is no list in the schema"
        hint = "add it with type: array and items:"
        yield Finding(place=(*place, "into"), what=what, hint=hint)
        return
    where: Place = (*PLACE, "properties", repeats.into)
    limits = (("minItems", repeats.at_least, "at_least"), ("maxItems", repeats.at_most, "at_most"))
    for word, number, said in limits:
        if schema.get(word, 0) != number:
            what = f"{said} of '{group.id}' is {number}, and the schema says otherwise"
            yield Finding(place=where, what=what, hint=f"write {word}: {number}")
    if repeats.at_least > repeats.at_most:
        what = "at least more than at most"
        yield Finding(place=(*place, "at_least"), what=what, hint="swap the two")
    yield from _object((*where, "items"), form.items(repeats), _asked(form, group), form)
    if repeats.into in form.order:
        what = f"'{repeats.into}' is a field as well"
        yield Finding(place=(*place, "into"), what=what, hint="name the list otherwise")


def _walk(place: Place, schema: JsonValue) -> Iterator[Finding]:
    """Every part of the schema: references stay inside, patterns work, texts have an end."""
    if isinstance(schema, list):
        for index, part in enumerate(schema):
            yield from _walk((*place, index), part)
    if isinstance(schema, int | float) and not abs(schema) <= _LARGEST:
        what = "a number that JSON does not carry"
        yield Finding(place=place, what=what, hint=f"write one up to {_LARGEST}")
    if not isinstance(schema, dict):
        return
    if not str(schema.get("$ref", "#")).startswith("#"):
        where = (*place, "$ref")
        yield Finding(place=where, what="a schema from elsewhere", hint="write it out here")
    yield from _pattern((*place, "pattern"), schema.get("pattern"))
    yield from _unending(place, schema)
    for word, part in schema.items():
        yield from _walk((*place, word), part)


def _pattern(place: Place, pattern: JsonValue) -> Iterator[Finding]:
    if not isinstance(pattern, str):
        return
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        hint = "write it as https://docs.python.org/3/library/re.html says"
        yield Finding(place=place, what=f"not a pattern: {error}", hint=hint)
    if _SLOW.search(pattern):
        what = "a pattern that may take for ever"
        hint = "repeat nothing that has a repetition in it"
        yield Finding(place=place, what=what, hint=hint)


def _unending(place: Place, schema: Schema) -> Iterator[Finding]:
    if schema.get("type") == "string" and not _ends(schema):
        what = f"'{place[-1]}' may be as long as anybody likes"
        yield Finding(place=place, what=what, hint="add maxLength:")
    if schema.get("type") == "array" and not isinstance(schema.get("maxItems"), int):
        what = f"'{place[-1]}' may have as many as anybody likes"
        yield Finding(place=place, what=what, hint="add maxItems:")


def _ends(schema: Schema) -> bool:
    short = {"date"}  # a format that allows no other length
    fixed = {"enum", "const"} & schema.keys()
    return bool(fixed) or schema.get("format") in short or "maxLength" in schema
