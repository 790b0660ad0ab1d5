"""When a phase is due, and when its milestones are."""

from datetime import datetime

from chalicelib.domain import deadlines
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases.state import Planned
from chalicelib.domain.services.language import Milestone, Phase


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
