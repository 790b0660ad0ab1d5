"""When people act: officials while the office is open, everybody else at any hour."""

from datetime import datetime, timedelta
from heapq import heapify, heapreplace

from chalicelib.domain import deadlines
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.services.words import Term

_DAY = timedelta(days=1)


def in_office(at: datetime, since: datetime, calendar: Calendar) -> datetime:
    """The office's moment nearest to `at`: on a working day the hour itself, the opening or the
    closing; on any other day, and where the closing is over by `since`, the next opening."""
    day = calendar.local_date(at)
    if calendar.is_working(day):
        moment = min(max(at, calendar.opening(day)), calendar.closing(day))
        if moment >= since:
            return moment
    return calendar.opening(calendar.next_working(day + _DAY))


def working_hours_after(start: datetime, hours: float, calendar: Calendar) -> datetime:
    """When so many hours of office time have passed since an instant."""
    left = timedelta(hours=hours)
    here = in_office(start, start, calendar)
    while True:
        closing = calendar.closing(calendar.local_date(here))
        if closing - here >= left:
            return here + left
        left -= closing - here
        here = calendar.opening(calendar.next_working(calendar.local_date(here) + _DAY))


def length(start: datetime, term: Term, calendar: Calendar) -> timedelta:
    """How long a term that starts at an instant lasts. Raises OutsideCalendar."""
    return deadlines.due(start, term, calendar).due - start


class Desk:
    """A role of a unit: so many people, each of whom does one task after the other."""

    def __init__(self, people: int, since: datetime) -> None:
        self._free = [since] * people
        heapify(self._free)

    def work(self, now: datetime, hours: float, calendar: Calendar) -> datetime:
        """When a task that came now is done by whoever is free first."""
        done = working_hours_after(max(now, self._free[0]), hours, calendar)
        heapreplace(self._free, done)
        return done


class Desks:
    """The desks of an administration; those that are not named have people enough."""

    def __init__(self, staff: dict[str, int], since: datetime) -> None:
        self._desks = {name: Desk(people, since) for name, people in staff.items()}

    def work(self, name: str, now: datetime, hours: float, calendar: Calendar) -> datetime:
        """When a task of a desk can be done at the earliest."""
        desk = self._desks.get(name)
        return desk.work(now, hours, calendar) if desk else now
