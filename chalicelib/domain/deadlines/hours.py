"""Terms in hours and in working hours: they end at an instant.

Hours are those that really pass: in the night in which an hour is missing, and in the one in
which an hour happens twice, a day has 23 and 25 of them. Working hours pass only while the
administration is open.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines.clock import Stop
from chalicelib.domain.deadlines.legs import Leg, stop_steps
from chalicelib.domain.deadlines.office import add_office_time, office_time
from chalicelib.domain.deadlines.steps import Step
from chalicelib.domain.deadlines.walking import DAY, passed
from chalicelib.domain.services.words import Term

NOTHING = timedelta(0)


def count_hours(start: datetime, term: Term, stops: Sequence[Stop], calendar: Calendar) -> Leg:
    """The leg of a term in hours; what was not spent when the clock stopped runs on after it."""
    here, left = start, timedelta(hours=term.amount)
    steps: list[Step] = []
    used = 0
    for stop in stops:
        if stop.at > _end(here, left, term, calendar):
            break
        steps += _between(here, stop.at, term, calendar)
        left -= min(left, _spent(here, stop.at, term, calendar))
        steps += stop_steps(stop, int(left.total_seconds()), calendar)
        here = max(here, stop.until or stop.at)
        used += 1
    end = _end(here, left, term, calendar)
    steps += _between(here, end, term, calendar)
    steps.append(_added(end, term, int(left.total_seconds()) if used else None, calendar))
    day = calendar.local_date(end)
    return Leg(end, day, exact=True, steps=steps, unused=tuple(stops[used:]))


def _end(here: datetime, left: timedelta, term: Term, calendar: Calendar) -> datetime:
    if term.unit == "working-hours":
        return add_office_time(here, left, calendar)
    return here + left


def _spent(here: datetime, at: datetime, term: Term, calendar: Calendar) -> timedelta:
    if term.unit == "working-hours":
        return office_time(here, at, calendar)
    return max(NOTHING, at - here)


def _between(here: datetime, end: datetime, term: Term, calendar: Calendar) -> list[Step]:
    first, last = calendar.local_date(here), calendar.local_date(end)
    if term.unit == "working-hours":
        return list(passed(first - DAY, last, calendar))
    return [
        Step(date=day, code="clock-changed", count=change)
        for day in (first + DAY * offset for offset in range((last - first).days + 1))
        if (change := _change(day, here, end, calendar))
    ]


def _change(day: date, here: datetime, end: datetime, calendar: Calendar) -> int:
    """By how many seconds the wall clock is moved on a day (forward: more), in a stretch."""
    midnight, next_midnight = calendar.midnight(day), calendar.midnight(day + DAY)
    earlier, later = max(here, midnight), min(end, next_midnight)
    zone = calendar.zone
    before, after = earlier.astimezone(zone).utcoffset(), later.astimezone(zone).utcoffset()
    return int((after - before).total_seconds()) if before is not None and after is not None else 0


def _added(end: datetime, term: Term, rest: int | None, calendar: Calendar) -> Step:
    day = calendar.local_date(end)
    if rest is not None:
        return Step(date=day, code="rest-counted", at=end, count=rest)
    code = "working-hours-added" if term.unit == "working-hours" else "hours-added"
    return Step(date=day, code=code, at=end, count=term.amount, term=term)
