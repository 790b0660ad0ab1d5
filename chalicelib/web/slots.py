"""Names of inputs: `answer.purpose`, `answer.heirs-0-names`, `answer.born.day`; rows of lists.

A repeating group is posted as one input for each field of each row. `rows.heirs` says how many
rows were shown: a browser sends nothing of a row in which nothing was marked. Whatever is posted,
there are at most `MOST_ROWS`.
"""

import re
from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from chalicelib.domain.services.forms import Form, Group, Repeats

PREFIX = "answer."
ROWS = "rows."
DATE_PARTS = ("day", "month", "year")
MOST_ROWS = 50  # the language allows no more
_INDEX = re.compile(r"[0-9]{1,2}", re.ASCII)
Posted = Mapping[str, str]


def slot(name: str, repeats: Repeats | None = None, row: int = 0) -> str:
    """A field's place: its name, and in a list also which row it is in."""
    return f"{repeats.into}-{row}-{name}" if repeats else name


def inputs(form: Form, group: Group, row: int = 0) -> Iterator[str]:
    """The names of the inputs of a group, or of one of its rows."""
    for name in group.fields:
        place = PREFIX + slot(name, group.repeats, row)
        yield place
        if is_date(form.properties.get(name, {})):
            yield from (f"{place}.{part}" for part in DATE_PARTS)


def is_date(schema: Mapping[str, JsonValue]) -> bool:
    """Whether the field is asked as day, month and year."""
    return schema.get("format") == "date" and not schema.get("readOnly")


def count(repeats: Repeats, posted: Posted) -> int:
    """How many rows there are: at least one to fill in, at most as many as we look at."""
    shown = posted.get(ROWS + repeats.into, "")
    claimed = int(shown) if _INDEX.fullmatch(shown) else 0
    start = f"{PREFIX}{repeats.into}-"
    numbers = [name.removeprefix(start).split("-")[0] for name in posted if name.startswith(start)]
    used = [int(number) + 1 for number in numbers if _INDEX.fullmatch(number)]
    least = max(1, repeats.at_least)
    return min(max([least, claimed, *used]), MOST_ROWS)


def own(form: Form, posted: Posted) -> dict[str, str]:
    """What was posted of this form's inputs, and nothing else."""
    kept = dict[str, str]()
    for group in form.groups:
        rows = count(group.repeats, posted) if group.repeats else 1
        names = [name for row in range(rows) for name in inputs(form, group, row)]
        kept |= {name: posted[name] for name in names if posted.get(name)}
        if group.repeats:
            kept[ROWS + group.repeats.into] = str(rows)
    return kept


def written(form: Form, answers: Mapping[str, JsonValue]) -> dict[str, str]:
    """Answers as the form would have posted them."""
    posted = dict[str, str]()
    for group in form.groups:
        if group.repeats is None:
            posted |= _written(group, answers)
            continue
        rows = answers.get(group.repeats.into)
        rows = rows if isinstance(rows, list) else []
        for number, row in enumerate(rows):
            posted |= _written(group, row if isinstance(row, dict) else {}, number)
        posted[ROWS + group.repeats.into] = str(len(rows))
    return posted


def _written(group: Group, answers: Mapping[str, JsonValue], row: int = 0) -> dict[str, str]:
    return {
        PREFIX + slot(name, group.repeats, row): _text(answers[name])
        for name in group.fields
        if answers.get(name) not in (None, "")
    }


def _text(value: JsonValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def compacted(form: Form, posted: Posted) -> dict[str, str]:
    """The same without empty rows, so that the rows are numbered as the answers are."""
    kept = dict(posted)
    for group in form.groups:
        if group.repeats is not None:
            rows = [row for row in _rows(form, group, posted) if any(row.values())]
            _replace(form, group, group.repeats, kept, rows)
    return kept


def added(form: Form, posted: Posted, into: str) -> dict[str, str]:
    """With one more row, if there may be one more."""
    kept = dict(posted)
    for repeats in _of(form, into):
        rows = count(repeats, posted)
        if rows < repeats.at_most:
            kept[ROWS + into] = str(rows + 1)
    return kept


def removed(form: Form, posted: Posted, into: str, row: int) -> dict[str, str]:
    """Without that row; the others move up. Nothing changes if there is no such row."""
    kept = dict(posted)
    for group in form.groups:
        if group.repeats is not None and group.repeats.into == into:
            rows = _rows(form, group, posted)
            rows = [one for number, one in enumerate(rows) if number != row]
            _replace(form, group, group.repeats, kept, rows)
    return kept


def _of(form: Form, into: str) -> Iterator[Repeats]:
    return (g.repeats for g in form.groups if g.repeats and g.repeats.into == into)


def _rows(form: Form, group: Group, posted: Posted) -> list[dict[str, str]]:
    """What is in each row, by the names that the inputs of the first row have."""
    if group.repeats is None:
        return []
    first = list(inputs(form, group))
    return [
        {
            name: posted.get(place, "").strip() and posted[place]
            for name, place in zip(first, inputs(form, group, row), strict=True)
        }
        for row in range(count(group.repeats, posted))
    ]


def _replace(
    form: Form, group: Group, repeats: Repeats, kept: dict[str, str], rows: list[dict[str, str]]
) -> None:
    for number in range(count(repeats, kept)):
        for name in inputs(form, group, number):
            kept.pop(name, None)
    for number, row in enumerate(rows):
        places = inputs(form, group, number)
        kept |= {place: text for place, text in zip(places, row.values(), strict=True) if text}
    kept[ROWS + repeats.into] = str(max(1, repeats.at_least, len(rows)))
