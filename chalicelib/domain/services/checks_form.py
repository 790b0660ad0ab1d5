"""The form: every field has a place, texts, and a rule; every choice has its words."""

from collections.abc import Iterator

from pydantic import JsonValue

from chalicelib.domain.services.checks_schema import schema_findings
from chalicelib.domain.services.findings import Finding, Place, alternatives
from chalicelib.domain.services.forms import Condition, FieldTexts, Form


def form_findings(form: Form) -> Iterator[Finding]:
    """Every field is once in a group, has texts, and is in the schema; conditions make sense."""
    known = set(form.properties)
    yield from schema_findings(form)
    yield from _groups(form, known)
    for name, texts in form.texts.items():
        place: Place = ("form", "texts", name)
        if name not in known:
            yield Finding(place=place, what=f"no field '{name}'", hint=alternatives(name, known))
            continue
        yield from _options((*place, "options"), texts, form.properties[name])
        if texts.when is not None:
            yield from _condition((*place, "when"), f"'{name}'", texts.when, name, form)
    for name in form.order:
        if name in known and name not in form.texts:
            what = f"the field '{name}' has no texts"
            yield Finding(place=("form", "texts"), what=what, hint="add its label")


def _groups(form: Form, known: set[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, group in enumerate(form.groups):
        where: Place = ("form", "groups", index)
        if not group.fields:
            yield Finding(place=where, what=f"'{group.id}' asks nothing", hint="leave it out")
        elif group.when is not None:
            what = f"the group '{group.id}'"
            yield from _condition((*where, "when"), what, group.when, group.fields[0], form)
        for number, name in enumerate(group.fields):
            place: Place = (*where, "fields", number)
            if name not in known:
                hint = alternatives(name, known)
                yield Finding(place=place, what=f"no field '{name}'", hint=hint)
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


def _condition(
    place: Place, asked: str, when: Condition, first: str, form: Form
) -> Iterator[Finding]:
    """What is asked sometimes depends on a field before it, of the same list or of none."""
    order, other = form.order, when.field
    if other not in order or (first in order and order.index(other) >= order.index(first)):
        what = f"{asked} depends on '{other}', which is not asked before it"
        yield Finding(place=(*place, "field"), what=what, hint=alternatives(other, order))
        return
    if (several := _list_of(form, other)) and several != _list_of(form, first):
        what = f"{asked} depends on '{other}', which is asked several times"
        hint = "ask it in the same group, or depend on something else"
        yield Finding(place=(*place, "field"), what=what, hint=hint)
    yield from _values(place, when, form)


def _values(place: Place, when: Condition, form: Form) -> Iterator[Finding]:
    possible = _possible(form.properties.get(when.field, {}))
    word = "one_of" if when.one_of else "equals"
    for value in when.values if possible else ():
        if not any(type(value) is type(one) and value == one for one in possible):
            what, hint = (
                f"'{when.field}' is never that",
                alternatives(str(value), map(str, possible)),
            )
            yield Finding(place=(*place, word), what=what, hint=hint)


def _possible(schema: dict[str, JsonValue]) -> list[str | bool]:
    """The answers that there are to a question; none if anything may be answered."""
    if schema.get("type") == "boolean":
        return [True, False]
    enum = schema.get("enum")
    return list(map(str, enum)) if isinstance(enum, list) else []


def _list_of(form: Form, name: str) -> str | None:
    """The repeating group in which a field is asked."""
    return next((str(g.id) for g in form.groups if g.repeats and name in g.fields), None)
