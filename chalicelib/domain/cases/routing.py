"""What every function of a state machine answers, and a wake-up says: only what the record says."""

from datetime import datetime

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases.planning import wait_seconds
from chalicelib.domain.cases.state import Case
from chalicelib.domain.ids import CaseId, CaseNumber, PhaseId
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.values import Value

AGAIN = "again"


class Reply(Value):
    """The input and output of every task of a machine. `wait` is in seconds.

    The number is for people who look at an execution or at the logs.
    """

    case: CaseId
    number: CaseNumber
    generation: int
    phase: PhaseId
    outcome: str | None
    wait: int


def reply(
    case: Case, model: ServiceModel, generation: int, now: datetime, calendar: Calendar
) -> Reply:
    """Where the case stands, for its execution."""
    return Reply(
        case=case.id,
        number=case.number,
        generation=generation,
        phase=resume_phase(case, model),
        outcome=_outcome(case),
        wait=wait_seconds(case, model, now, calendar),
    )


def _outcome(case: Case) -> str | None:
    if case.resume_at is not None:
        return None
    if case.phase is not None and case.phase.outcome is not None:
        return case.phase.outcome
    if case.trouble is not None and case.trouble.state == "again":
        return AGAIN
    return None


def resume_phase(case: Case, model: ServiceModel) -> PhaseId:
    """Where a new execution starts: where the case was sent, the recorded phase, or the first."""
    return case.resume_at or (case.phase.id if case.phase else model.first)
