"""When a phase is due, and when its milestones are: never after the case, whose term may end on a
day before all those that the phases' own terms, each moved on to a working day, would come to."""

from datetime import datetime

from chalicelib.domain import deadlines
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases.state import Case, Due, Planned
from chalicelib.domain.deadlines.clock import stands
from chalicelib.domain.services.language import Milestone, Phase

# What officials do themselves. Others have all of their time: payers, applicants, the world.
_WITHIN_THE_CASE = frozenset({"human", "joint"})


def bound(case: Case, phase: Phase, opened_at: datetime, due: Due | None) -> datetime | None:
    """The moment after which an official's phase is not due: when the case is, while its clock
    runs and it has no answer yet. A case that was late when the phase opened bounds nothing: then
    the phase has its own term, or whom it asks would have no time at all."""
    if phase.kind not in _WITHIN_THE_CASE or due is None or due.provisional:
        return None
    if case.clock is None or stands(case.clock):
        return None
    started = case.clock.start
    answered = any(one.issued_at >= started for one in case.documents)
    return due.deadline.due if not answered and due.deadline.due > opened_at else None


def plan(
    phase: Phase,
    tier: str,
    opened_at: datetime,
    calendar: Calendar,
    latest: datetime | None = None,
) -> tuple[datetime | None, tuple[Planned, ...]]:
    """The phase's due moment, at the `latest` then, and its milestones, in order (UTC).

    What comes before the due moment follows it. An expiry has all of the phase's own term: it
    takes a decision, and reminds nobody.
    """
    term = phase.term_for(tier)
    own = deadlines.due(opened_at, term, calendar).due if term else None
    due_at = min(own, latest) if own and latest else own
    planned = [
        Planned(
            kind=milestone.kind,
            at=_moment(milestone, opened_at, own if milestone.outcome else due_at, calendar),
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
