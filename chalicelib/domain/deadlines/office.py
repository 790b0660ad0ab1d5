"""Time in which the administration is open."""

from datetime import UTC, date, datetime, timedelta

from chalicelib.domain.calendar import Calendar

DAY = timedelta(days=1)
NOTHING = timedelta(0)


def add_office_time(start: datetime, amount: timedelta, calendar: Calendar) -> datetime:
    """The instant (UTC) by which so much office time has passed; at the closing of a day rather
    than the opening of the next. Nothing added outside office hours is the next opening."""
    day = calendar.local_date(start)
    while True:
        opens, closes = _hours(day, calendar)
        here = max(start.astimezone(UTC), opens)
        if here <= closes and here + amount <= closes:
            return here + amount
        amount -= max(NOTHING, closes - here)
        day += DAY


def office_time(after: datetime, upto: datetime, calendar: Calendar) -> timedelta:
    """How much office time passes between two instants; none when the second comes first."""
    day, last = calendar.local_date(after), calendar.local_date(upto)
    total = NOTHING
    while day <= last:
        opens, closes = _hours(day, calendar)
        total += max(NOTHING, min(upto, closes) - max(after, opens))
        day += DAY
    return total


def take_office_time(end: datetime, amount: timedelta, calendar: Calendar) -> datetime:
    """The latest instant (UTC) from which so much office time passes to the end."""
    day = calendar.local_date(end)
    while True:
        opens, closes = _hours(day, calendar)
        here = min(end.astimezone(UTC), closes)
        if here >= opens and here - amount >= opens:
            return here - amount
        amount -= max(NOTHING, here - opens)
        day -= DAY


def _hours(day: date, calendar: Calendar) -> tuple[datetime, datetime]:
    """Opening and closing; on a day that does not work the office closes before it opens."""
    if not calendar.is_working(day):
        return calendar.closing(day), calendar.opening(day)
    return calendar.opening(day), calendar.closing(day)
