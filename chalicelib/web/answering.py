"""From what was posted to answers of the schema's types; what is not asked is left out."""

import re
from collections.abc import Mapping

from pydantic import JsonValue

from chalicelib.domain.services.forms import Condition, Form, Group
from chalicelib.web.slots import DATE_PARTS, PREFIX, Posted, compacted, count, is_date, slot

Schema = Mapping[str, JsonValue]
Answers = dict[str, JsonValue]
_INTEGER = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_DECIMAL = re.compile(r"(-?[0-9]{1,12})[.,]([0-9]{1,6})", re.ASCII)
_PART = re.compile(r"[0-9]{1,4}", re.ASCII)
_YEAR = 4
_NO: dict[str, JsonValue] = {}


def answers(form: Form, posted: Posted, known: Mapping[str, str]) -> Answers:
    """What was posted as typed values. `known` is what sign-in says, by `prefill`'s names: where
    the schema is read only, only that counts. Empty fields, empty rows and what is not asked are
    left out."""
    given, posted = Answers(), compacted(form, posted)
    for group in form.groups:
        if group.when is not None and not holds(form, group.when, given):
            continue
        if group.repeats is None:
            given |= _fields(form, group, posted, known, given)
        elif rows := _rows(form, group, posted, known, given):
            given[group.repeats.into] = rows
    return given


def holds(form: Form, when: Condition, given: Mapping[str, JsonValue]) -> bool:
    """Whether something is asked after these answers. A box that is not marked says no."""
    if form.properties.get(when.field, _NO).get("type") == "boolean":
        given = {when.field: False, **given}
    return when.holds(given)


def _rows(
    form: Form, group: Group, posted: Posted, known: Mapping[str, str], before: Answers
) -> list[JsonValue]:
    repeats = group.repeats
    if repeats is None:
        return []
    rows = range(count(repeats, posted))
    found = [_fields(form, group, posted, known, before, row) for row in rows]
    # An empty row that has to be there is looked into, so that each of its fields is asked for.
    least = repeats.at_least if form.items(repeats).get("required") else 0
    return [row for number, row in enumerate(found) if row or number < least]


def _fields(
    form: Form,
    group: Group,
    posted: Posted,
    known: Mapping[str, str],
    before: Answers,
    row: int = 0,
) -> Answers:
    given = Answers()
    for name in group.fields:
        schema, texts = form.properties.get(name, _NO), form.texts[name]
        place = slot(name, group.repeats, row)
        asked = texts.when is None or holds(form, texts.when, {**before, **given})
        raw = (
            known.get(texts.prefill or "", "")
            if schema.get("readOnly")
            else raw_of(posted, place, schema)
        )
        if raw and asked:
            given[name] = typed_value(raw, schema)
    return given


def raw_of(posted: Posted, place: str, schema: Schema) -> str:
    """What was typed into a field, a date as ISO 8601 writes it."""
    whole = posted.get(PREFIX + place, "").strip()
    if not is_date(schema):
        return whole
    parts = [posted.get(f"{PREFIX}{place}.{part}", "").strip() for part in DATE_PARTS]
    return _date(parts) if any(parts) else whole


def _date(parts: list[str]) -> str:
    """What is no date stays as it was typed, and the schema refuses it."""
    if all(_PART.fullmatch(part) for part in parts) and len(parts[-1]) == _YEAR:
        day, month, year = map(int, parts)
        return f"{year:04}-{month:02}-{day:02}"
    return ".".join(parts)


def typed_value(raw: str, schema: Schema) -> JsonValue:
    """Raw text that is not of the schema's type stays text, and the schema refuses it."""
    kind = schema.get("type")
    if kind == "boolean":
        return raw == "true" if raw in {"true", "false"} else raw
    number = raw.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if kind in {"integer", "number"} and _INTEGER.fullmatch(number):
        return int(number)
    if kind == "number" and (parts := _DECIMAL.fullmatch(number)):
        return float(f"{parts[1]}.{parts[2]}")
    return raw.replace("\r\n", "\n")
