"""Where a term begins."""

from datetime import datetime

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines.clock import Clock
from chalicelib.domain.deadlines.grounds import ground_of
from chalicelib.domain.deadlines.steps import Step
from chalicelib.domain.deadlines.walking import DAY


def arrival(start: datetime, clock: Clock, calendar: Calendar) -> tuple[datetime, list[Step]]:
    """The instant from which a term counts, and the steps that say so. Under the cut-off rule
    what comes when the office has closed is held to come when it opens again."""
    here, steps = start, []
    if clock.rule.cut_off and (opens := _next_opening(start, calendar)):
        here = opens
        day, ground = calendar.local_date(opens), ground_of("arrived-later")
        steps = [Step(date=day, code="arrived-later", at=start, ground=ground)]
    if clock.term.unit not in ("hours", "working-hours") and clock.term.amount:
        day, ground = calendar.local_date(here), ground_of("start-day-excluded")
        steps = [*steps, Step(date=day, code="start-day-excluded", ground=ground)]
    return here, steps


def _next_opening(start: datetime, calendar: Calendar) -> datetime | None:
    """None for what comes in time: before the closing of a working day."""
    day = calendar.local_date(start)
    if not calendar.is_working(day):
        return calendar.opening(calendar.next_working(day))
    if start > calendar.closing(day):
        return calendar.opening(calendar.next_working(day + DAY))
    return None
