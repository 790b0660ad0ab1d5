"""Walking over the calendar: working days, months, and the days that a count passes by."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines.grounds import ground_of
from chalicelib.domain.deadlines.steps import Step, StepCode

DAY = timedelta(days=1)
MONTHS_A_YEAR = 12
_SKIPPED: dict[str, StepCode] = {
    "weekend": "weekend-skipped",
    "holiday": "holiday-skipped",
    "day-off": "day-off-skipped",
}


def nth_working(day: date, amount: int, calendar: Calendar) -> date:
    """The working day so many after a day (itself for none). Raises OutsideCalendar."""
    while amount:
        day += DAY
        amount -= calendar.is_working(day)
    return day


def working_days(after: date, upto: date, calendar: Calendar) -> int:
    """How many days work, the first day excluded and the last included."""
    days = (after + DAY * offset for offset in range(1, (upto - after).days + 1))
    return sum(calendar.is_working(day) for day in days)


def add_months(day: date, months: int, calendar: Calendar) -> date:
    """The day of the same number so many months on (or back), or that month's last day (Civil
    Procedure Code, art. 60 (2) and (3)). Raises OutsideCalendar."""
    years, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    if not calendar.first_year <= years <= calendar.last_year:
        raise calendar.outside(str(years))
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def passed(after: date, upto: date, calendar: Calendar) -> Iterator[Step]:
    """A step for each unusual day, the first day excluded; a weekend day that follows a weekend
    day joins its step."""
    held: Step | None = None
    for offset in range(1, (upto - after).days + 1):
        step = _unusual(after + DAY * offset, calendar)
        if held and step and held.code == step.code == "weekend-skipped":
            held = held.model_copy(update={"until": step.date})
            continue
        if held:
            yield held
        held = step
    if held:
        yield held


def _unusual(day: date, calendar: Calendar) -> Step | None:
    kind = calendar.kind(day)
    if kind == "working":
        return None
    code = "weekend-counted" if kind == "declared-working" else _SKIPPED[kind]
    name = calendar.name(day) if kind in ("holiday", "day-off") else None
    return Step(date=day, code=code, name=name, ground=ground_of(code))
