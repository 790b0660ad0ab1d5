"""How one field is asked: which kind of input it is, and when it is asked at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from chalicelib.domain.errors import Fault
from chalicelib.domain.services.forms import Condition, FieldTexts, Form, Group
from chalicelib.web.faults import fault_text
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.slots import DATE_PARTS, PREFIX

Kind = Literal[
    "text",
    "email",
    "tel",
    "number",
    "decimal",
    "date",
    "textarea",
    "radios",
    "select",
    "checkbox",
    "shown",
]
_LONG_TEXT = 300
_FEW_LETTERS = 30
# More choices than these are too long to read down.
_MOST_RADIOS = 8
_NO: dict[str, JsonValue] = {}
_PARTS = {"day": N_("Day"), "month": N_("Month"), "year": N_("Year")}


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One choice of a field."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """Day, month or year of a date."""

    name: str
    id: str
    label: str
    value: str


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
    parts: tuple[PartView, ...] = ()


def field_view(
    form: Form,
    name: str,
    place: str,
    language: Language,
    typed: Mapping[str, str],
    fault: Fault | None,
) -> FieldView:
    """A field at a place (`slots.slot`), with what was typed there and what is wrong with it."""
    texts, schema = form.texts[name], form.properties.get(name, _NO)
    kind, label = _kind(form, name, schema), texts.label.in_(language)
    limit, value = schema.get("maxLength"), typed.get(PREFIX + place, "")
    return FieldView(
        name=PREFIX + place,
        id=place,
        kind=kind,
        label=label,
        hint=_hint(form, name, texts, language),
        value=value,
        error=fault_text(fault, label, kind, language) if fault else "",
        options=_options(schema, texts, language, kind),
        autocomplete=texts.autocomplete or "",
        max_length=limit if isinstance(limit, int) else None,
        narrow=isinstance(limit, int) and limit <= _FEW_LETTERS,
        shows_with=as_posted(texts.when.values[0]) if texts.when else "",
        parts=_parts(place, typed, value, language) if kind == "date" else (),
    )


def parent(form: Form, name: str, group: Group) -> str:
    """The radio buttons inside which a field is asked, where one choice of the same group asks."""
    when = form.texts[name].when
    if when is None or len(when.values) != 1 or when.field not in group.fields:
        return ""
    kind = _kind(form, when.field, form.properties.get(when.field, _NO))
    return when.field if kind == "radios" else ""


def only_when(form: Form, when: Condition, language: Language) -> str:
    """When something is asked, in words."""
    question = form.texts[when.field].label.in_(language) if when.field in form.texts else ""
    if _kind(form, when.field, form.properties.get(when.field, _NO)) == "checkbox":
        marked = N_("Only if you marked “%(question)s”.")
        unmarked = N_("Only if you did not mark “%(question)s”.")
        return say(language, marked if when.equals else unmarked, question=question)
    answers = say(language, N_("” or “")).join(_words(form, when, language))
    told = N_("Only if you answered “%(answers)s” to “%(question)s”.")
    return say(language, told, answers=answers, question=question)


def as_posted(value: str | bool) -> str:
    """A value as a browser sends it."""
    return str(value).lower() if isinstance(value, bool) else value


def _words(form: Form, when: Condition, language: Language) -> list[str]:
    options = form.texts[when.field].options if when.field in form.texts else {}
    yes_no = {"true": say(language, N_("Yes")), "false": say(language, N_("No"))}
    values = [as_posted(value) for value in when.values]
    return [options[v].in_(language) if v in options else yes_no.get(v, v) for v in values]


def _hint(form: Form, name: str, texts: FieldTexts, language: Language) -> str:
    """The hint; and, where the field is not inside its radio buttons, when it is asked."""
    hint = texts.hint.in_(language) if texts.hint else ""
    group = next(one for one in form.groups if name in one.fields)
    if texts.when is None or parent(form, name, group):
        return hint
    return f"{only_when(form, texts.when, language)} {hint}".strip()


def _kind(form: Form, name: str, schema: Mapping[str, JsonValue]) -> Kind:
    if schema.get("readOnly"):
        return "shown"
    if isinstance(choices := schema.get("enum"), list):
        return "radios" if len(choices) <= _MOST_RADIOS else "select"
    if schema.get("type") == "boolean":
        return "radios" if _wants_answer(form, name, schema) else "checkbox"
    if schema.get("type") in {"integer", "number"}:
        return "number" if schema.get("type") == "integer" else "decimal"
    if schema.get("format") in {"email", "date"}:
        return "email" if schema.get("format") == "email" else "date"
    limit = schema.get("maxLength")
    return "textarea" if isinstance(limit, int) and limit > _LONG_TEXT else "text"


def _wants_answer(form: Form, name: str, schema: Mapping[str, JsonValue]) -> bool:
    """A box need not be marked; where yes or no has to be said, it is asked with two buttons."""
    return "const" not in schema and name in set(_required(form.json_schema))


def _required(schema: JsonValue) -> list[str]:
    """Every name that is required somewhere, also under `then` and in lists."""
    parts = schema if isinstance(schema, list) else []
    if isinstance(schema, dict):
        names = schema.get("required")
        own = [str(name) for name in names] if isinstance(names, list) else []
        return own + [n for part in schema.values() for n in _required(part)]
    return [name for part in parts for name in _required(part)]


def _options(
    schema: Mapping[str, JsonValue], texts: FieldTexts, language: Language, kind: Kind
) -> tuple[OptionView, ...]:
    choices = schema.get("enum")
    values = [str(value) for value in choices] if isinstance(choices, list) else []
    found = [OptionView(value=v, text=texts.options[v].in_(language)) for v in values]
    if kind == "select":
        found.insert(0, OptionView(value="", text=say(language, N_("Choose"))))
    if kind == "radios" and not values:
        yes, no = say(language, N_("Yes")), say(language, N_("No"))
        found = [OptionView(value="true", text=yes), OptionView(value="false", text=no)]
    return tuple(found)


def _parts(
    place: str, typed: Mapping[str, str], value: str, language: Language
) -> tuple[PartView, ...]:
    """The first part has the field's own id: the summary of errors leads there."""
    known = dict(zip(reversed(DATE_PARTS), value.split("-"), strict=False)) if value else {}
    return tuple(
        PartView(
            name=f"{PREFIX}{place}.{part}",
            id=place if number == 0 else f"{place}.{part}",
            label=say(language, _PARTS[part]),
            value=typed.get(f"{PREFIX}{place}.{part}", "") or known.get(part, ""),
        )
        for number, part in enumerate(DATE_PARTS)
    )
