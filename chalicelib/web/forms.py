"""The application form: a service model's JSON Schema and texts as fields, and back to answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from chalicelib.domain.errors import Fault
from chalicelib.domain.services.forms import FieldTexts, Form
from chalicelib.web.faults import fault_text
from chalicelib.web.i18n import Language

Kind = Literal["text", "email", "tel", "number", "date", "textarea", "radios", "checkbox", "shown"]
# Names of inputs: the answers apart from the page's own fields.
PREFIX = "answer."
_LONG_TEXT = 300
_FEW_LETTERS = 30
_NO: dict[str, JsonValue] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One choice of a field."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field as it is asked. `shows_with` is the choice of its parent that asks for it."""

    name: str
    id: str
    kind: Kind
    label: str
    hint: str = ""
    value: str = ""
    error: str = ""
    options: tuple[OptionView, ...] = ()
    autocomplete: str = ""
    max_length: int | None = None
    narrow: bool = False
    shows_with: str = ""
    children: tuple["FieldView", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """Fields under one heading."""

    id: str
    title: str
    fields: tuple[FieldView, ...]


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
    views = {name: _field(form, name, language, typed, found.get(name)) for name in form.order}
    asked = {name for name in form.order if not _parent(form, name)}
    return tuple(
        GroupView(
            id=group.id,
            title=group.title.in_(language),
            fields=tuple(_with_children(form, views, f) for f in group.fields if f in asked),
        )
        for group in form.groups
    )


def errors(fields: Sequence[GroupView]) -> tuple[ErrorView, ...]:
    """The summary of errors, in the order of the form."""
    flat = [f for group in fields for field in group.fields for f in (field, *field.children)]
    return tuple(ErrorView(field=f.id, text=f.error) for f in flat if f.error)


def answers(
    form: Form, posted: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, JsonValue]:
    """What was posted as typed values. `known` is what sign-in says, by `prefill`'s names: where
    the schema is read only, only that counts. Empty fields and fields not asked are left out."""
    given = dict[str, JsonValue]()
    for name in form.order:
        schema, texts = form.properties.get(name, _NO), form.texts[name]
        raw = posted.get(PREFIX + name, "").strip()
        if schema.get("readOnly"):
            raw = known.get(texts.prefill or "", "")
        if raw and _is_asked(texts, posted):
            given[name] = _typed(raw, schema)
    return given


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
    options = form.texts[name].options if name in form.texts else {}
    if isinstance(value, bool):
        return yes if value else "–"
    text = options.get(str(value))
    return text.in_(language) if text else str(value)


def _is_asked(texts: FieldTexts, posted: Mapping[str, str]) -> bool:
    if texts.when is None:
        return True
    answer = posted.get(PREFIX + texts.when.field, "").strip()
    return answer in {_as_posted(value) for value in texts.when.values}


def _typed(raw: str, schema: Mapping[str, JsonValue]) -> JsonValue:
    """Raw text that is not of the schema's type stays text, and the schema refuses it."""
    if schema.get("type") == "boolean":
        return raw == "true" if raw in {"true", "false"} else raw
    if schema.get("type") == "integer" and raw.lstrip("-").isascii() and raw.lstrip("-").isdigit():
        return int(raw) if len(raw) < _FEW_LETTERS else raw
    return raw.replace("\r\n", "\n")


def _field(
    form: Form, name: str, language: Language, typed: Mapping[str, str], fault: Fault | None
) -> FieldView:
    texts, schema = form.texts[name], form.properties.get(name, _NO)
    kind, label = _kind(schema), texts.label.in_(language)
    limit = schema.get("maxLength")
    return FieldView(
        name=PREFIX + name,
        id=name,
        kind=kind,
        label=label,
        hint=texts.hint.in_(language) if texts.hint else "",
        value=typed.get(PREFIX + name, ""),
        error=fault_text(fault, label, kind, language) if fault else "",
        options=_options(schema, texts, language),
        autocomplete=texts.autocomplete or "",
        max_length=limit if isinstance(limit, int) else None,
        narrow=isinstance(limit, int) and limit <= _FEW_LETTERS,
        shows_with=_as_posted(texts.when.values[0]) if texts.when else "",
    )


def _kind(schema: Mapping[str, JsonValue]) -> Kind:
    if schema.get("readOnly"):
        return "shown"
    if "enum" in schema:
        return "radios"
    by_type: dict[object, Kind] = {"boolean": "checkbox", "integer": "number", "number": "number"}
    if schema.get("type") in by_type:
        return by_type[schema.get("type")]
    if schema.get("format") in {"email", "date"}:
        return "email" if schema.get("format") == "email" else "date"
    limit = schema.get("maxLength")
    return "textarea" if isinstance(limit, int) and limit > _LONG_TEXT else "text"


def _options(
    schema: Mapping[str, JsonValue], texts: FieldTexts, language: Language
) -> tuple[OptionView, ...]:
    choices = schema.get("enum")
    values = [str(value) for value in choices] if isinstance(choices, list) else []
    return tuple(OptionView(value=v, text=texts.options[v].in_(language)) for v in values)


def _parent(form: Form, name: str) -> str:
    """The field of choices inside which this one is asked: where one choice asks for it."""
    when = form.texts[name].when
    inside = when and len(when.values) == 1 and "enum" in form.properties.get(when.field, _NO)
    return when.field if when and inside else ""


def _with_children(form: Form, views: Mapping[str, FieldView], name: str) -> FieldView:
    from dataclasses import replace

    inside = tuple(view for child, view in views.items() if _parent(form, child) == name)
    return replace(views[name], children=inside) if inside else views[name]


def _as_posted(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value
