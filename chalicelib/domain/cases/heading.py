"""What the head of a unit does with a case beside deciding: extend its term, reopen it."""

from datetime import datetime

from chalicelib.domain.access import Principal, require, require_office
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.deciding import LONGEST_TEXT, official
from chalicelib.domain.cases.replanning import replan
from chalicelib.domain.cases.state import Case, Due, Replanned
from chalicelib.domain.cases.term import milestones, term_of
from chalicelib.domain.deadlines import Deadline, Extension, ExtensionLimit, objections, running
from chalicelib.domain.deadlines.clock import extended
from chalicelib.domain.errors import Fault, Invalid, NotPossible
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.phases import LED

# What nobody has decided about cannot be taken up again.
FINAL = frozenset({"unpaid", "withdrawn", "forwarded"})


def may_extend(case: Case, model: ServiceModel, now: datetime, calendar: Calendar) -> bool:
    """Whether the model allows it, and the term runs and was not extended too often."""
    if model.extension is None or case.clock is None or not case.is_open or case.documents:
        return False
    limit = ExtensionLimit(times=model.extension.times, longest=model.extension.by)
    return not objections(case.clock, _extension(model, now), limit, calendar)


def extend(
    case: Case,
    model: ServiceModel,
    principal: Principal,
    reason: str,
    now: datetime,
    calendar: Calendar,
) -> list[e.Event]:
    """Extends the term as far as the model says, for a reason that the applicant is told.

    Raises Forbidden, NotFound (another unit), NotPossible (no extension, too late, too often),
    Invalid (no reason).
    """
    _require_head(case, principal)
    _require_reason(reason)
    if not may_extend(case, model, now, calendar) or case.clock is None:
        raise NotPossible("cannot-be-extended", case=case.number)
    extension = _extension(model, now)
    deadline = running(extended(case.clock, extension), calendar)
    stands = deadline.stopped_at is not None
    planned = () if stands else milestones(model, deadline, now, calendar)
    return [
        e.TermExtended(
            extension=extension,
            deadline=deadline,
            milestones=planned,
            plan=_longer(case, model, deadline, now, calendar),
            by=official(principal),
            private={"reason": reason},
        )
    ]


def _longer(
    case: Case, model: ServiceModel, deadline: Deadline, now: datetime, calendar: Calendar
) -> Replanned | None:
    """The open phase, where it was due no later than its case and now may be."""
    if case.phase is None or case.due is None or case.phase.due_at != case.due.deadline.due:
        return None
    return replan(case, model, Due(deadline=deadline, provisional=False), calendar, now)


def phases_to_reopen_at(case: Case, model: ServiceModel) -> tuple[PhaseId, ...]:
    """Where a closed case could go on; nowhere while it is open, or when nobody decided it."""
    if case.is_open or case.closed_as in FINAL:
        return ()
    return tuple(phase.id for phase in model.phases if phase.kind in LED)


def reopen(
    case: Case,
    model: ServiceModel,
    principal: Principal,
    phase: PhaseId,
    reason: str,
    now: datetime,
    calendar: Calendar,
) -> list[e.Event]:
    """A closed case goes on in a phase that an official leads, under a new term.

    For what a court sent back, or what turned out wrong. Raises Forbidden, NotFound (another
    unit), NotPossible (it is open, or was never decided), Invalid (no reason, no such phase).
    """
    _require_head(case, principal)
    _require_reason(reason)
    if case.is_open or case.closed_as in FINAL:
        raise NotPossible("cannot-be-reopened", case=case.number)
    if phase not in phases_to_reopen_at(case, model):
        raise Invalid([Fault(field="phase", code="not-offered")])
    deadline = term_of(case, model, now, calendar)
    return [
        e.CaseReopened(
            phase=phase,
            deadline=deadline,
            milestones=milestones(model, deadline, now, calendar),
            by=official(principal),
            private={"reason": reason},
        )
    ]


def _extension(model: ServiceModel, now: datetime) -> Extension:
    if model.extension is None:
        raise NotPossible("cannot-be-extended")
    return Extension(at=now, term=model.extension.by, ground=model.extension.ground)


def _require_head(case: Case, principal: Principal) -> None:
    require(principal, "head-of-unit")
    require_office(principal, case.units)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid([Fault(field="reason", code="required")])
    if len(reason) > LONGEST_TEXT:
        raise Invalid([Fault(field="reason", code="too-long", facts={"limit": LONGEST_TEXT})])
