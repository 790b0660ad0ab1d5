"""What was answered, as rows to be read: by heading, one thing of a list after another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import JsonValue

from chalicelib.domain.services.forms import Form, Group, Repeats
from chalicelib.web.answering import holds
from chalicelib.web.forms import answer_text
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.pages.common import Row
from chalicelib.web.slots import slot

Answers = Mapping[str, JsonValue]
Section = tuple[str, tuple[Row, ...]]


def sections(form: Form, language: Language, answers: Answers) -> tuple[Section, ...]:
    """A heading with its rows for each group, and for each thing of a repeating one."""
    return tuple(
        found for group in form.groups for found in _sections(form, group, language, answers)
    )


def rows(form: Form, language: Language, answers: Answers) -> tuple[Row, ...]:
    """The same without headings: of a list, each row says which thing it is about."""
    return tuple(
        replace(row, name=f"{title}: {row.name}") if group.repeats else row
        for group in form.groups
        for title, found in _sections(form, group, language, answers)
        for row in found
    )


def _sections(form: Form, group: Group, language: Language, answers: Answers) -> Iterator[Section]:
    if group.repeats is not None:
        yield from _things(form, group, group.repeats, language, answers)
    elif group.when is None or holds(form, group.when, answers):
        yield group.title.in_(language), _rows(form, group, language, answers)


def _things(
    form: Form, group: Group, repeats: Repeats, language: Language, answers: Answers
) -> Iterator[Section]:
    given = answers.get(repeats.into)
    for number, thing in enumerate(given if isinstance(given, list) else []):
        told = thing if isinstance(thing, dict) else {}
        title = f"{repeats.one.in_(language)} {number + 1}"
        yield title, _rows(form, group, language, told, number)


def _rows(
    form: Form, group: Group, language: Language, answers: Answers, number: int = 0
) -> tuple[Row, ...]:
    return tuple(
        Row(
            name=form.texts[name].label.in_(language),
            value=_value(form, name, language, answers),
            change=_change(form, group.repeats, name, number),
        )
        for name in _asked(form, group.fields, answers)
    )


def _asked(form: Form, names: Sequence[str], answers: Answers) -> list[str]:
    return [name for name in names if name in answers or form.texts[name].when is None]


def _value(form: Form, name: str, language: Language, answers: Answers) -> str:
    if name not in answers:
        return "–"
    return answer_text(form, name, answers[name], language, say(language, N_("Yes")))


def _change(form: Form, repeats: Repeats | None, name: str, number: int) -> str:
    fixed = form.properties.get(name, {}).get("readOnly")
    return "" if fixed else slot(name, repeats, number)
