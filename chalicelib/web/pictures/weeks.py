"""How many tasks come to each desk in each week, as columns."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.services.words import Text
from chalicelib.domain.simulation.report import Load
from chalicelib.web.pictures import drawing
from chalicelib.web.pictures.words import said

_LABELS, _ROW, _WIDE = 300.0, 74.0, 9.0
_ROOM = 44.0
_FILL = "#1d4f91"
_WEEK = timedelta(weeks=1)


def weeks_svg(
    model: ServiceModel, loads: Sequence[Load], language: Language, units: Mapping[str, Text]
) -> str:
    """The picture of at least one desk; all desks have one scale."""
    first = min(week for load in loads for week in load.weeks)
    last = max(week for load in loads for week in load.weeks)
    highest = max(load.busiest for load in loads)
    title = f"{said('load', language)}: {model.title.in_(language)}"
    names = [_name(load, language, units) for load in loads]
    about = "; ".join(f"{name}: {load.busiest}" for name, load in zip(names, loads, strict=True))
    parts: list[str] = []
    for number, (load, name) in enumerate(zip(loads, names, strict=True)):
        bottom = _ROW * (number + 1)
        lines = drawing.lines_of(name, 34)
        parts.append(drawing.text(lines, 8, bottom - 34, 13, anchor="start"))
        parts += _columns(load, [(w - first) // _WEEK for w in load.weeks], bottom, highest)
    count = (last - first) // _WEEK + 1
    height = _ROW * len(loads) + 26
    for number in range(0, count, 4):
        x = _LABELS + _WIDE * number
        day = first + _WEEK * number
        if number % 8 == 0:
            parts.append(drawing.text([f"{day:%d.%m.%y}"], x, height - 12, 10, anchor="start"))
    width = _LABELS + _WIDE * count + 90
    return drawing.document(f"weeks-{model.service}", title, about, width, height, parts)


def _columns(load: Load, places: Sequence[int], bottom: float, highest: int) -> Iterator[str]:
    for place, tasks in zip(places, load.weeks.values(), strict=True):
        height = _ROOM * tasks / highest
        yield (
            f'<rect x="{_LABELS + _WIDE * place:.1f}" y="{bottom - height:.1f}"'
            f' width="{_WIDE - 2:.1f}" height="{height:.1f}" fill="{_FILL}"/>'
        )
    right = _LABELS + _WIDE * (max(places) + 1)
    yield (
        f'<path d="M{_LABELS:.1f} {bottom:.1f} H{right:.1f}" stroke="{drawing.GREY}"'
        ' stroke-width="1"/>'
    )
    yield drawing.text([f"max {load.busiest}"], right + 6, bottom - 8, 11, anchor="start")


def _name(load: Load, language: Language, units: Mapping[str, Text]) -> str:
    unit = units.get(load.unit)
    role = said(f"role.{load.role}", language)
    return f"{unit.in_(language) if unit else load.unit}, {role}"
