"""A term that runs undisturbed, and counting back from a due date."""

from datetime import UTC, date, datetime, timedelta

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines.clock import Clock, Rule
from chalicelib.domain.deadlines.days import DAYS_A_WEEK
from chalicelib.domain.deadlines.office import take_office_time
from chalicelib.domain.deadlines.running import running
from chalicelib.domain.deadlines.steps import Deadline
from chalicelib.domain.deadlines.walking import DAY, MONTHS_A_YEAR, add_months
from chalicelib.domain.services.words import Term

_PLAIN = Rule()


def due(start: datetime, term: Term, calendar: Calendar, rule: Rule = _PLAIN) -> Deadline:
    """When a term that starts at an instant (aware) ends, and why. Raises OutsideCalendar."""
    return running(Clock(start=start, term=term, rule=rule), calendar)


def before(due_at: datetime, term: Term, calendar: Calendar) -> datetime:
    """An instant (UTC) counted back from a due one: hours exactly; days, weeks, months and years
    to the opening hour of the day, so that people are reminded when they can do something about
    it."""
    if term.unit == "hours":
        return due_at.astimezone(UTC) - timedelta(hours=term.amount)
    if term.unit == "working-hours":
        return take_office_time(due_at, timedelta(hours=term.amount), calendar)
    return calendar.opening(_day_before(due_at, term, calendar))


def _day_before(due_at: datetime, term: Term, calendar: Calendar) -> date:
    day, left = calendar.local_date(due_at), term.amount
    if term.unit in ("months", "years"):
        return add_months(day, -left * (MONTHS_A_YEAR if term.unit == "years" else 1), calendar)
    if term.unit != "working-days":
        return day - DAY * left * (DAYS_A_WEEK if term.unit == "weeks" else 1)
    while left:
        day -= DAY
        left -= calendar.is_working(day)
    return day
