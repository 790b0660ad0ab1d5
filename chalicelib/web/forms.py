"""The application form: a service model's JSON Schema and texts as fields to be shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from chalicelib.domain.errors import Fault
from chalicelib.domain.services.forms import Form, Group, Repeats
from chalicelib.web.answering import answers
from chalicelib.web.asking import FieldView, Kind, OptionView, field_view, only_when, parent
from chalicelib.web.faults import fault_text
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.slots import (
    PREFIX,
    ROWS,
    added,
    compacted,
    count,
    own,
    removed,
    slot,
)

__all__ = [
    "PREFIX",
    "FieldView",
    "Kind",
    "OptionView",
    "answers",
    "compacted",
    "own",
]
_ADD = re.compile(r"add\.([a-z][a-z0-9_]{0,40})", re.ASCII)
_REMOVE = re.compile(r"remove\.([a-z][a-z0-9_]{0,40})-([0-9]{1,2})", re.ASCII)
_NO: dict[str, JsonValue] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One of the things that a repeating group asks for. `remove` is the button's value."""

    id: str
    title: str
    fields: tuple[FieldView, ...]
    remove: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """Fields under one heading, or rows of them. `note` says when they are asked; `counter` is
    the name of the input that says how many rows there are; `add` is a button's value."""

    id: str
    title: str
    fields: tuple[FieldView, ...] = ()
    hint: str = ""
    note: str = ""
    rows: tuple[RowView, ...] = ()
    counter: str = ""
    add: str = ""
    one: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorView:
    """A line of the summary of errors: what is wrong, and the field that it leads to."""

    field: str
    text: str


def groups(
    form: Form, language: Language, typed: Mapping[str, str], faults: Sequence[Fault] = ()
) -> tuple[GroupView, ...]:
    """The form with what was typed (or is known) and what is wrong with it."""
    found = {fault.field: fault for fault in faults}
    return tuple(_group(form, group, language, typed, found) for group in form.groups)


def after_button(form: Form, posted: Mapping[str, str], action: str) -> dict[str, str] | None:
    """What is in the form after `add.heirs` or `remove.heirs-0`; None for every other button."""
    if (asked := _ADD.fullmatch(action)) is not None:
        return added(form, posted, asked[1])
    if (asked := _REMOVE.fullmatch(action)) is not None:
        return removed(form, posted, asked[1], int(asked[2]))
    return None


def _group(
    form: Form,
    group: Group,
    language: Language,
    typed: Mapping[str, str],
    found: Mapping[str, Fault],
) -> GroupView:
    view = GroupView(
        id=group.id,
        title=group.title.in_(language),
        hint=group.hint.in_(language) if group.hint else "",
        note=only_when(form, group.when, language) if group.when else "",
    )
    if group.repeats is None:
        return replace(view, fields=_fields(form, group, language, typed, found))
    repeats, rows = group.repeats, count(group.repeats, typed)
    fault = found.get(repeats.into)
    return replace(
        view,
        rows=tuple(_row(form, group, repeats, language, typed, found, n) for n in range(rows)),
        counter=ROWS + repeats.into,
        add=f"add.{repeats.into}" if rows < repeats.at_most else "",
        one=repeats.one.in_(language),
        error=fault_text(fault, view.title, "", language) if fault else "",
    )


def _row(
    form: Form,
    group: Group,
    repeats: Repeats,
    language: Language,
    typed: Mapping[str, str],
    found: Mapping[str, Fault],
    number: int,
) -> RowView:
    own_faults = {
        name: fault
        for name in group.fields
        if (fault := found.get(f"{repeats.into}.{number}.{name}"))
    }
    several = count(repeats, typed) > max(1, repeats.at_least)
    return RowView(
        id=f"{repeats.into}-{number}",
        title=f"{repeats.one.in_(language)} {number + 1}",
        fields=_fields(form, group, language, typed, own_faults, number),
        remove=f"remove.{repeats.into}-{number}" if several else "",
    )


def _fields(
    form: Form,
    group: Group,
    language: Language,
    typed: Mapping[str, str],
    found: Mapping[str, Fault],
    row: int = 0,
) -> tuple[FieldView, ...]:
    views = {
        name: field_view(
            form, name, slot(name, group.repeats, row), language, typed, found.get(name)
        )
        for name in group.fields
    }
    inside = {name: parent(form, name, group) for name in group.fields}
    children = {
        name: tuple(view for child, view in views.items() if inside[child] == name)
        for name in group.fields
    }
    return tuple(
        replace(view, children=children[name]) if children[name] else view
        for name, view in views.items()
        if not inside[name]
    )


def errors(fields: Sequence[GroupView]) -> tuple[ErrorView, ...]:
    """The summary of errors, in the order of the form; a row's errors name the row."""
    found = list[ErrorView]()
    for group in fields:
        if group.error:
            found.append(ErrorView(field=f"group-{group.id}", text=group.error))
        found += [ErrorView(field=f.id, text=f.error) for f in _flat(group.fields)]
        found += [
            ErrorView(field=f.id, text=f"{row.title}: {f.error}")
            for row in group.rows
            for f in _flat(row.fields)
        ]
    return tuple(found)


def _flat(fields: Sequence[FieldView]) -> list[FieldView]:
    return [f for field in fields for f in (field, *field.children) if f.error]


def typed(form: Form, known: Mapping[str, str]) -> dict[str, str]:
    """What the form holds before anybody typed: what sign-in knows."""
    prefilled = {name: form.texts[name].prefill for name in form.order}
    return {PREFIX + name: known.get(what, "") for name, what in prefilled.items() if what}


def fixed(form: Form, known: Mapping[str, str]) -> dict[str, str]:
    """What only sign-in may say, as the form shows it."""
    prefilled = typed(form, known)
    return {
        PREFIX + name: prefilled.get(PREFIX + name, "")
        for name in form.order
        if form.properties.get(name, _NO).get("readOnly")
    }


def answer_text(form: Form, name: str, value: JsonValue, language: Language, yes: str) -> str:
    """An answer in words: the text of the choice, or what was typed."""
    schema = form.properties.get(name, _NO)
    options = form.texts[name].options if name in form.texts else {}
    if isinstance(value, bool):
        no = "–" if "const" in schema else say(language, N_("No"))
        return yes if value else no
    text = options.get(str(value))
    if text is None and schema.get("format") == "date" and isinstance(value, str):
        return _day(value, language)
    return text.in_(language) if text else str(value)


def _day(value: str, language: Language) -> str:
    from datetime import date

    from chalicelib.web import formats

    try:
        return formats.day(date.fromisoformat(value), language)
    except ValueError:
        return value
