"""What can happen to the term of a case."""

from datetime import datetime
from typing import Literal

from chalicelib.domain.cases.happened import Happened
from chalicelib.domain.cases.state import Official, Planned, Replanned
from chalicelib.domain.deadlines import Deadline, Extension
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.language import Text


class ClockStopped(Happened):
    """The term of the case stands still (suspension), or will begin anew (interruption)."""

    kind: Literal["clock-stopped"] = "clock-stopped"
    phase: PhaseId
    stop: Literal["suspension", "interruption"]
    stopped_at: datetime
    ground: Text
    deadline: Deadline


class ClockResumed(Happened):
    """The term of the case runs on, or anew."""

    kind: Literal["clock-resumed"] = "clock-resumed"
    resumed_at: datetime
    deadline: Deadline
    milestones: tuple[Planned, ...] = ()


class TermExtended(Happened):
    """The term of the case was extended, and with it the open phase, where it ended with it."""

    kind: Literal["term-extended"] = "term-extended"
    extension: Extension
    deadline: Deadline
    milestones: tuple[Planned, ...] = ()
    plan: Replanned | None = None
    by: Official


class CaseReopened(Happened):
    """A closed case goes on, in that phase, and its term begins anew."""

    kind: Literal["case-reopened"] = "case-reopened"
    phase: PhaseId
    deadline: Deadline
    milestones: tuple[Planned, ...] = ()
    by: Official
