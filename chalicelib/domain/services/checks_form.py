"""The form: every field has a place, texts, and a rule; every choice has its words."""

from collections.abc import Iterator

from pydantic import JsonValue

from chalicelib.domain.services.findings import Finding, Place, alternatives
from chalicelib.domain.services.forms import FieldTexts, Form


def form_findings(form: Form) -> Iterator[Finding]:
    """Every field is once in a group, has texts, and is in the schema; conditions make sense."""
    known = set(form.properties)
    yield from _schema(form)
    yield from _groups(form, known)
    for name, texts in form.texts.items():
        place: Place = ("form", "texts", name)
        if name not in known:
            yield Finding(place=place, what=f"no field '{name}'", hint=alternatives(name, known))
            continue
        yield from _options((*place, "options"), texts, form.properties[name])
        yield from _condition((*place, "when"), name, texts, form)
    for name in form.order:
        if name in known and name not in form.texts:
            what = f"the field '{name}' has no texts"
            yield Finding(place=("form", "texts"), what=what, hint="add its label")


def _schema(form: Form) -> Iterator[Finding]:
    place: Place = ("form", "json_schema")
    if form.json_schema.get("additionalProperties") is not False:
        hint = "add additionalProperties: false"
        yield Finding(place=place, what="the form takes fields that nobody knows", hint=hint)
    required = form.json_schema.get("required")
    for name in required if isinstance(required, list) else []:
        if name not in form.properties:
            hint = alternatives(str(name), form.properties)
            yield Finding(place=(*place, "required"), what=f"no field '{name}'", hint=hint)
        elif (texts := form.texts.get(str(name))) and texts.when:
            what = f"'{name}' is always required, but only sometimes asked"
            yield Finding(place=(*place, "required"), what=what, hint="require it under then:")


def _groups(form: Form, known: set[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, group in enumerate(form.groups):
        for number, name in enumerate(group.fields):
            place: Place = ("form", "groups", index, "fields", number)
            if name not in known:
                yield Finding(
                    place=place, what=f"no field '{name}'", hint=alternatives(name, known)
                )
            if name in seen:
                yield Finding(place=place, what=f"'{name}' is asked twice", hint="leave one out")
            seen.add(name)
    for name in sorted(known - seen):
        what = f"the field '{name}' is never asked"
        yield Finding(place=("form", "groups"), what=what, hint="put it into a group")


def _options(place: Place, texts: FieldTexts, schema: dict[str, JsonValue]) -> Iterator[Finding]:
    enum = schema.get("enum")
    values = [str(value) for value in enum] if isinstance(enum, list) else []
    for value in values:
        if value not in texts.options:
            yield Finding(place=place, what=f"the choice '{value}' has no text", hint="add it")
    for value in texts.options:
        if value not in values:
            hint = alternatives(value, values)
            yield Finding(place=(*place, value), what=f"no choice '{value}'", hint=hint)


def _condition(place: Place, name: str, texts: FieldTexts, form: Form) -> Iterator[Finding]:
    if texts.when is None:
        return
    order = form.order
    other = texts.when.field
    if other not in order or (name in order and order.index(other) >= order.index(name)):
        what = f"'{name}' depends on '{other}', which is not asked before it"
        yield Finding(place=(*place, "field"), what=what, hint=alternatives(other, order))
        return
    enum = form.properties.get(other, {}).get("enum")
    if isinstance(enum, list) and texts.when.equals not in enum:
        hint = alternatives(str(texts.when.equals), map(str, enum))
        yield Finding(place=(*place, "equals"), what=f"'{other}' is never that", hint=hint)
