"""By when a case must have moved, and how long its execution may sleep."""

from datetime import datetime, timedelta
from math import ceil

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases.evolve import evolve_all
from chalicelib.domain.cases.phases import next_phase, opening
from chalicelib.domain.cases.state import Case
from chalicelib.domain.services.language import ServiceModel

# A wait never lasts longer: a lost wake-up costs at most this, and reconcile finds it earlier.
LONGEST_WAIT = timedelta(days=30)
# An automatic phase that shows nothing for so long has lost its execution.
AUTOMATIC_GRACE = timedelta(minutes=15)
# Longer than the longest pause between two retries of a machine (an hour).
RETRY_GRACE = timedelta(hours=2)


def wake_at(case: Case, now: datetime) -> datetime:
    """By when something must have moved; reconcile looks at what is past it."""
    phase = case.phase
    if phase is None or phase.outcome is not None or case.resume_at is not None:
        return now + AUTOMATIC_GRACE
    moments = [planned.at for planned in case.planned[:1]]
    if case.trouble is not None:
        if case.trouble.state != "desk":
            return now + RETRY_GRACE
        return min([now + LONGEST_WAIT, *moments])
    if phase.due_at is None and not phase.milestones:  # it runs by itself
        return now + AUTOMATIC_GRACE
    return min(moments, default=(phase.due_at or now) + LONGEST_WAIT)


def wait_seconds(case: Case, model: ServiceModel, now: datetime, calendar: Calendar) -> int:
    """How long the execution sleeps next: to the open phase's milestone, or the next phase's."""
    return max(1, ceil((_next_moment(case, model, now, calendar) - now).total_seconds()))


def _next_moment(case: Case, model: ServiceModel, now: datetime, calendar: Calendar) -> datetime:
    latest = now + LONGEST_WAIT
    if case.phase is not None and case.phase.outcome is None and case.resume_at is None:
        return min([latest, *(planned.at for planned in case.planned)])
    after = next_phase(case, model)
    if after is None:
        return now
    opened = evolve_all(case, opening(case, model.phase(after), model, now, calendar), now)
    return min([latest, *(planned.at for planned in opened.planned)])
