"""A calendar that changed after due dates were promised: the promise stays unless the change
favours the citizen, and the journal says so."""

from datetime import datetime

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.movable import is_decided
from chalicelib.domain.cases.replanning import favours, recount, replan, warnings
from chalicelib.domain.cases.state import Case
from chalicelib.domain.deadlines.clock import stands
from chalicelib.domain.services.language import ServiceModel


def reconsider(case: Case, model: ServiceModel, now: datetime, calendar: Calendar) -> list[e.Event]:
    """What the calendar changes; nothing where all was counted by it, or would end alike.

    A term that has not begun, or stands, is left alone: it will be counted by the calendar of
    the day on which it runs. Raises OutsideCalendar.
    """
    due = case.due
    if due is None or due.provisional or not case.is_open or is_decided(case, model):
        return []
    promised = due.deadline
    stopped = case.clock is not None and stands(case.clock)
    if stopped or calendar.version in (promised.calendar, due.weighed):
        return []
    counted = recount(case, due, promised.term, calendar)
    gains = favours(case, due, counted, now, calendar)
    holds = due.model_copy(update={"deadline": counted if gains else promised})
    plan = replan(case, model, holds, calendar, now)
    if counted.due == promised.due and plan is None:
        return []
    event = e.DueReconsidered(
        calendar=calendar.version,
        promised=promised.date,
        counted=counted.date,
        deadline=counted if gains else None,
        milestones=warnings(case, model, counted, now, calendar) if gains else None,
        plan=plan,
    )
    return [event]
