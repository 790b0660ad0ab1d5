"""The phases of a typical case over the days of the calendar, those that do not work shaded."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.simulation.report import Bar
from chalicelib.web.pictures import drawing
from chalicelib.web.pictures.colours import COLOURS
from chalicelib.web.pictures.words import said

_LABELS, _ROW, _TOP, _RIGHT = 300.0, 44.0, 46.0, 110.0
_WIDEST, _LEAST = 28.0, 1.5
_MONTH = 58.0
_ROOM = 900.0
_DAY = timedelta(days=1)
_SHADE, _DUE = "#e8ebed", "#b10e1e"
# Names of days under the bar need room.
_FOR_DAYS, _FOR_WEEKS = 16.0, 6.0


def gantt_svg(
    model: ServiceModel,
    bars: Sequence[Bar],
    due: datetime | None,
    calendar: Calendar,
    language: Language,
) -> str:
    """The picture of at least one bar; `due` is when the answer was due (UTC)."""
    first = calendar.local_date(bars[0].opened)
    ends = (
        [bar.ended for bar in bars] + [bar.due for bar in bars if bar.due] + ([due] if due else [])
    )
    days = (max(calendar.local_date(end) for end in ends) - first).days + 1
    scale = _Scale(first, days, calendar)
    height = _TOP + _ROW * len(bars) + 24
    title = f"{said('typical', language)}: {model.title.in_(language)}"
    rows = [_told(model, bar, calendar, language) for bar in bars]
    parts = [*_days(scale, height)]
    for number, bar in enumerate(bars):
        parts += _row(model, bar, _TOP + _ROW * number, scale, language)
    if due:
        parts += _due(scale.at(due), height, f"{said('due', language)}: {_date(due, calendar)}")
    width = _LABELS + scale.width * days + _RIGHT
    name = f"gantt-{model.service}"
    return drawing.document(name, title, "; ".join(rows), width, height, parts)


class _Scale:
    """Where a moment lies, from the left."""

    def __init__(self, first: date, days: int, calendar: Calendar) -> None:
        self.first, self.days, self.calendar = first, days, calendar
        self.width = max(_LEAST, min(_WIDEST, _ROOM / days))

    def day(self, number: int) -> float:
        return _LABELS + self.width * number

    def at(self, moment: datetime) -> float:
        since = moment - self.calendar.midnight(self.first)
        return _LABELS + self.width * (since / _DAY)


def _days(scale: _Scale, height: float) -> Iterator[str]:
    named_to = 0.0
    for number in range(scale.days):
        day, x = scale.first + _DAY * number, scale.day(number)
        if not scale.calendar.is_working(day):
            yield (
                f'<rect x="{x:.1f}" y="{_TOP - 6:.1f}" width="{scale.width:.1f}"'
                f' height="{height - _TOP:.1f}" fill="{_SHADE}"/>'
            )
        if (number == 0 or day.day == 1) and x >= named_to:
            lines, named_to = [f"{day:%m.%Y}"], x + _MONTH
            yield drawing.text(lines, x + 2, 12, 12, anchor="start", bold=True)
        named = scale.width >= _FOR_DAYS or (scale.width >= _FOR_WEEKS and day.weekday() == 0)
        if named:
            yield drawing.text([str(day.day)], x + scale.width / 2, 29, 10, colour=drawing.GREY)


def _row(
    model: ServiceModel, bar: Bar, y: float, scale: _Scale, language: Language
) -> Iterator[str]:
    phase = model.phase(bar.phase)
    fill, border = COLOURS[phase.kind]
    lines = drawing.lines_of(phase.title.in_(language), 34)[:2]
    middle = y + (_ROW - 10) / 2
    first = middle - (len(lines) - 1) * 13 * 1.25 / 2
    yield drawing.text(lines, 8, first, 13, anchor="start")
    yield (
        f'<path d="M0 {y + _ROW - 5:.1f} H{_LABELS + scale.width * scale.days:.1f}"'
        f' stroke="{drawing.RULE}" stroke-width="0.5"/>'
    )
    start, end = scale.at(bar.opened), scale.at(bar.ended)
    dash = ' stroke-dasharray="5 3"' if phase.clock != "runs" else ""
    yield (
        f'<rect x="{start:.1f}" y="{y + 6:.1f}" width="{max(4.0, end - start):.1f}"'
        f' height="{_ROW - 22:.1f}" rx="3" fill="{fill}" stroke="{border}"'
        f' stroke-width="1.5"{dash}/>'
    )
    opened, ended = (_date(moment, scale.calendar) for moment in (bar.opened, bar.ended))
    said_days = opened if opened == ended else f"{opened} – {ended}"
    yield drawing.text([said_days], max(end, start + 4) + 6, middle, 11, anchor="start")


def _due(x: float, height: float, said_: str) -> Iterator[str]:
    yield (
        f'<path d="M{x:.1f} {_TOP - 6:.1f} V{height - 18:.1f}" stroke="{_DUE}"'
        ' stroke-width="2" stroke-dasharray="2 3"/>'
    )
    yield drawing.text([said_], x, height - 8, 11, anchor="middle", bold=True, colour=_DUE)


def _told(model: ServiceModel, bar: Bar, calendar: Calendar, language: Language) -> str:
    title = model.phase(bar.phase).title.in_(language)
    return f"{title}: {_date(bar.opened, calendar)} – {_date(bar.ended, calendar)}"


def _date(moment: datetime, calendar: Calendar) -> str:
    return f"{calendar.local_date(moment):%d.%m.%Y}"
