"""Counting terms: the start day excluded, days that do not work skipped, the end rolled forward."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines.steps import GROUNDS, Deadline, Step, StepCode
from chalicelib.domain.services.words import Term, Text

DAY = timedelta(days=1)
_SKIPPED: dict[str, StepCode] = {
    "weekend": "weekend-skipped",
    "holiday": "holiday-skipped",
    "day-off": "day-off-skipped",
}


def due(start: datetime, term: Term, calendar: Calendar) -> Deadline:
    """When a term that starts at an instant (aware) ends, and why. Raises OutsideCalendar."""
    if term.unit == "hours":
        return _hours(start, term, calendar)
    first = calendar.local_date(start)
    steps = [_step(first, "start-day-excluded")] if term.amount else []
    last = first + DAY * term.amount
    if term.unit == "working-days":
        last = _nth_working(first, term.amount, calendar)
        steps += _days(first + DAY, last, calendar)
    steps.append(_step(last, "counted", count=term.amount))
    end = calendar.next_working(last)
    if end != last:
        steps += [*_days(last, end, calendar), _step(end, "rolled-forward")]
    steps.append(_step(end, "ends"))
    return Deadline(
        start=start,
        term=term,
        calendar=calendar.version,
        due=calendar.last_instant(end),
        date=end,
        steps=tuple(steps),
    )


def before(due_at: datetime, term: Term, calendar: Calendar) -> datetime:
    """An instant (UTC) counted back from a due one: hours exactly; days to the opening hour of
    the day, so that people are reminded when they can do something about it."""
    if term.unit == "hours":
        return due_at - timedelta(hours=term.amount)
    day, left = calendar.local_date(due_at), term.amount
    while left:
        day -= DAY
        if term.unit == "calendar-days" or calendar.is_working(day):
            left -= 1
    return calendar.opening(day)


def _hours(start: datetime, term: Term, calendar: Calendar) -> Deadline:
    end = start + timedelta(hours=term.amount)
    day = calendar.local_date(end)
    return Deadline(
        start=start,
        term=term,
        calendar=calendar.version,
        due=end,
        date=day,
        steps=(_step(day, "hours-added", count=term.amount),),
    )


def _nth_working(day: date, amount: int, calendar: Calendar) -> date:
    while amount:
        day += DAY
        amount -= calendar.is_working(day)
    return day


def _days(first: date, last: date, calendar: Calendar) -> Iterator[Step]:
    """A step for each unusual day; a weekend that follows a weekend day joins its step."""
    held: Step | None = None
    for offset in range((last - first).days + 1):
        step = _unusual(first + DAY * offset, calendar)
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
    if kind == "declared-working":
        return _step(day, "weekend-counted")
    name = None if kind == "weekend" else calendar.name(day)
    return _step(day, _SKIPPED[kind], name=name)


def _step(day: date, code: StepCode, *, name: Text | None = None, count: int | None = None) -> Step:
    return Step(date=day, code=code, name=name, count=count, ground=GROUNDS.get(code))
