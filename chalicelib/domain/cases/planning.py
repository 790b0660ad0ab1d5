"""When a phase's milestones are, and how long an execution may sleep."""

from datetime import datetime, timedelta
from math import ceil

from chalicelib.domain import deadlines
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases.state import Case, Planned
from chalicelib.domain.services.language import Milestone, Phase, ServiceModel

# A wait never lasts longer: a lost wake-up costs at most this, and reconcile finds it earlier.
LONGEST_WAIT = timedelta(days=30)
# An automatic phase that shows nothing for so long has lost its execution.
AUTOMATIC_GRACE = timedelta(minutes=15)
# Longer than the longest pause between two retries of a machine (an hour).
RETRY_GRACE = timedelta(hours=2)


def plan(
    phase: Phase, tier: str, opened_at: datetime, calendar: Calendar
) -> tuple[datetime | None, tuple[Planned, ...]]:
    """The phase's due moment and its milestones, in order (UTC)."""
    term = phase.term_for(tier)
    due_at = deadlines.due(opened_at, term, calendar).due if term else None
    planned = [
        Planned(
            kind=milestone.kind,
            at=_moment(milestone, opened_at, due_at, calendar),
            to=milestone.to,
            outcome=milestone.outcome,
        )
        for milestone in phase.milestones
    ]
    return due_at, tuple(sorted(planned, key=lambda milestone: milestone.at))


def _moment(
    milestone: Milestone, opened_at: datetime, due_at: datetime | None, calendar: Calendar
) -> datetime:
    if milestone.before is not None and due_at is not None:
        return max(opened_at, deadlines.before(due_at, milestone.before, calendar))
    if milestone.at is not None:
        return deadlines.due(opened_at, milestone.at, calendar).due
    return due_at or opened_at


def wake_at(case: Case, now: datetime) -> datetime:
    """By when something must have moved; reconcile looks at what is past it."""
    phase = case.phase
    if phase is None or phase.outcome is not None:
        return now + AUTOMATIC_GRACE
    milestone = phase.next_milestone
    if case.trouble is not None:
        return now + (LONGEST_WAIT if case.trouble.state == "desk" else RETRY_GRACE)
    if milestone is None:
        return now + AUTOMATIC_GRACE if phase.due_at is None else phase.due_at + LONGEST_WAIT
    return milestone.at


def wait_seconds(case: Case, model: ServiceModel, now: datetime, calendar: Calendar) -> int:
    """How long the execution sleeps next: to the open phase's milestone, or the next phase's."""
    return max(1, ceil((_next_moment(case, model, now, calendar) - now).total_seconds()))


def _next_moment(case: Case, model: ServiceModel, now: datetime, calendar: Calendar) -> datetime:
    latest = now + LONGEST_WAIT
    phase = case.phase
    if phase is not None and phase.outcome is None:
        milestone = phase.next_milestone
        return min(milestone.at, latest) if milestone else latest
    following = model.first
    if phase is not None and phase.outcome is not None:
        after = model.phase(phase.id).outcomes[phase.outcome].next
        if after is None:
            return now
        following = after
    _, planned = plan(model.phase(following), case.tier, now, calendar)
    return min([latest, *(milestone.at for milestone in planned)])
