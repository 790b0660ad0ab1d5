"""What applicants do with a case that is under way: put it right, withdraw it."""

from collections.abc import Mapping

from pydantic import JsonValue

from chalicelib.domain.access import Principal, require_own
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.phases import current, end_phase
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Fault, Invalid, NotPossible
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.routes import can_be_withdrawn

LONGEST_NOTE = 5000


def may_withdraw(case: Case, model: ServiceModel) -> bool:
    """Whether the applicant may still withdraw: while somebody is waited for, and nothing made."""
    if not case.is_open or case.phase is None or case.phase.outcome is not None:
        return False
    return not case.documents and can_be_withdrawn(model, model.phase(case.phase.id))


def withdraw(case: Case, model: ServiceModel, principal: Principal, note: str) -> list[e.Event]:
    """Ends the case at the applicant's wish. Nothing if it is withdrawn already.

    Raises NotFound (another's case), NotPossible (too late, or the model does not allow it).
    """
    require_own(principal, case.applicant)
    if case.closed_as == "withdrawn":
        return []
    if not may_withdraw(case, model) or case.phase is None:
        raise NotPossible("cannot-be-withdrawn", case=case.number)
    withdrawn = e.ApplicationWithdrawn(private=_noted(note))
    return [withdrawn, *end_phase(case, model, case.phase.id, "withdrawn")]


def awaits_correction(case: Case, model: ServiceModel) -> Phase | None:
    """The correction that the applicant is asked for; None when there is none."""
    if not case.is_open or case.phase is None or case.phase.outcome is not None:
        return None
    phase = model.phase(case.phase.id)
    return phase if phase.kind == "correction" else None


def correct(
    case: Case,
    model: ServiceModel,
    principal: Principal,
    answers: Mapping[str, JsonValue],
    note: str,
) -> list[e.Event]:
    """The applicant puts the application right; `answers` are those that have changed, checked
    against the form before they get here.

    Raises NotFound (another's case), NotPossible (no correction is asked for, or not any more),
    Invalid (nothing was changed and nothing said).
    """
    require_own(principal, case.applicant)
    phase = awaits_correction(case, model)
    if phase is None:
        raise NotPossible("no-correction-asked", case=case.number)
    if not answers and not note.strip():
        raise Invalid([Fault(field="note", code="required")])
    state = current(case, phase.id)
    private: dict[str, JsonValue] = {"answers": dict(answers), **_noted(note)}
    filed = e.CorrectionFiled(phase=state.id, private=private)
    return [filed, *end_phase(case, model, state.id, corrected(phase))]


def corrected(phase: Phase) -> str:
    """How a correction ends that was filed: the outcome that no expiry gives."""
    expiring = {milestone.outcome for milestone in phase.milestones}
    return next(name for name in phase.outcomes if name not in expiring)


def _noted(note: str) -> dict[str, JsonValue]:
    if len(note) > LONGEST_NOTE:
        raise Invalid([Fault(field="note", code="too-long", facts={"limit": LONGEST_NOTE})])
    return {"note": note} if note.strip() else {}
