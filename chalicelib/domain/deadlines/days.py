"""Terms in working and calendar days, weeks, months and years: they end with a local day.

A term in weeks, months or years is turned into the calendar days up to the day on which it would
end. So a suspension moves that day by the days for which the clock stood: the law says only that
the clock goes on where it stopped (Administrative Procedure Code, art. 55 (2)), and a month has
no other unspent part that everybody would count alike. Of working days, those that were not spent
carry over. The day of the stop is spent; the day on which the clock goes on does not count, as
no first day does (Civil Procedure Code, art. 60 (5)), so that stopping and going on at once
changes nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines.clock import Stop
from chalicelib.domain.deadlines.grounds import ground_of
from chalicelib.domain.deadlines.legs import Leg, stop_steps
from chalicelib.domain.deadlines.steps import Step
from chalicelib.domain.deadlines.walking import (
    DAY,
    MONTHS_A_YEAR,
    add_months,
    nth_working,
    passed,
    working_days,
)
from chalicelib.domain.services.words import Term

DAYS_A_WEEK = 7


def count_days(start: datetime, term: Term, stops: Sequence[Stop], calendar: Calendar) -> Leg:
    """The leg of a term that ends with a day, moved on to a working one."""
    here = calendar.local_date(start)
    left = _length(here, term, calendar)
    steps: list[Step] = []
    used = 0
    for stop in stops:
        at = calendar.local_date(stop.at)
        end = _end(here, left, term, calendar)
        if at > calendar.next_working(end):
            break
        steps += _passed(here, min(at, end), term, calendar)
        left -= min(left, _spent(here, at, term, calendar))
        steps += stop_steps(stop, left, calendar)
        here = max(here, calendar.local_date(stop.until or stop.at))
        used += 1
    end = _end(here, left, term, calendar)
    steps += _passed(here, end, term, calendar)
    steps += _counted(end, term, calendar.local_date(start)) if not used else [_rest(end, left)]
    last = calendar.next_working(end)
    if last != end:
        steps += [*passed(end - DAY, last, calendar), _rolled(last)]
    return Leg(
        calendar.last_instant(last), last, exact=False, steps=steps, unused=tuple(stops[used:])
    )


def _length(here: date, term: Term, calendar: Calendar) -> int:
    """In days: working ones of a term in working days, else calendar ones."""
    if term.unit == "weeks":
        return term.amount * DAYS_A_WEEK
    if term.unit in ("months", "years"):
        months = term.amount * (MONTHS_A_YEAR if term.unit == "years" else 1)
        return (add_months(here, months, calendar) - here).days
    return term.amount


def _spent(here: date, at: date, term: Term, calendar: Calendar) -> int:
    if term.unit == "working-days":
        return working_days(here, at, calendar)
    return max(0, (at - here).days)


def _end(here: date, left: int, term: Term, calendar: Calendar) -> date:
    if term.unit == "working-days":
        return nth_working(here, left, calendar)
    return here + DAY * left


def _passed(here: date, end: date, term: Term, calendar: Calendar) -> list[Step]:
    return list(passed(here, end, calendar)) if term.unit == "working-days" else []


def _counted(end: date, term: Term, first: date) -> list[Step]:
    ground = ground_of("counted", term.unit)
    counted = Step(date=end, code="counted", count=term.amount, term=term, ground=ground)
    if term.unit not in ("months", "years") or end.day == first.day:
        return [counted]
    return [counted, Step(date=end, code="month-end", count=first.day, ground=ground)]


def _rest(end: date, left: int) -> Step:
    return Step(date=end, code="rest-counted", count=left)


def _rolled(last: date) -> Step:
    return Step(date=last, code="rolled-forward", ground=ground_of("rolled-forward"))
