"""Who is in charge of a phase: given by its rule, by the head, or passed on from the absent."""

from collections.abc import Mapping, Sequence
from datetime import date

from chalicelib.domain.access import Principal, require, require_office
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.phases import current
from chalicelib.domain.cases.state import AssignedBecause, Case, Official, PhaseState
from chalicelib.domain.errors import Fault, Invalid, NotPossible
from chalicelib.domain.ids import PhaseId, SubjectId
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.phases import LED
from chalicelib.domain.staff.choosing import (
    Post,
    able,
    answering,
    can_take,
    instead,
    least_loaded,
    same_as_before,
)
from chalicelib.domain.staff.members import Member, Staff

Load = Mapping[SubjectId, int]


def post_of(case: Case, phase: Phase) -> Post:
    """What the task of the phase asks of an official: with four eyes, that they decided none of the
    others."""
    others = (one.by for one in case.decided if one.phase != phase.id)
    return Post(
        unit=case.unit_in_charge,
        role=phase.role,
        barred=frozenset(others if phase.four_eyes else ()),
    )


def task_of(case: Case, model: ServiceModel) -> tuple[PhaseState, Phase] | None:
    """The open phase if officials lead it, and what the model says of it."""
    state = case.phase
    if not case.is_open or state is None or state.outcome is not None:
        return None
    phase = model.phase(state.id)
    return (state, phase) if phase.kind in LED else None


def given_by_rule(
    case: Case, model: ServiceModel, staff: Staff, day: date, load: Load
) -> list[e.Event]:
    """To whom the rule of the phase gives a task that nobody has; nothing where it waits in the
    queue of the unit, or nobody can take it."""
    task = task_of(case, model)
    if task is None or task[0].assignee is not None:
        return []
    phase, post = task[1], post_of(case, task[1])
    before = [one.by for one in reversed(case.decided)]
    if phase.assign == "same-as-before":
        return _given(phase.id, same_as_before(staff, post, day, before), "same-as-before")
    if phase.assign == "least-loaded":
        return _given(phase.id, least_loaded(staff, post, day, load), "least-loaded")
    return []


def passed_on(case: Case, model: ServiceModel, staff: Staff, day: date) -> list[e.Event]:
    """The task of somebody who is absent or has left goes to who stands in, else back to the unit.
    Whoever nobody knows as an official is left alone."""
    task = task_of(case, model)
    if task is None or task[0].assignee is None:
        return []
    member = staff.find(task[0].assignee.subject)
    if member is None or member.is_present(day):
        return []
    substitute = instead(staff, member, post_of(case, task[1]), day)
    given = _given(task[1].id, substitute, "stands-in")
    return given or [e.TaskReleased(phase=task[1].id)]


def is_unattended(case: Case, model: ServiceModel, staff: Staff, day: date) -> bool:
    """Whether an official must act and none is there: neither the one in charge, nor anybody who
    could take the task."""
    task = task_of(case, model)
    if task is None:
        return False
    member = staff.find(task[0].assignee.subject) if task[0].assignee else None
    if member is not None and member.is_present(day):
        return False
    return not able(staff, post_of(case, task[1]), day)


def assign(
    case: Case,
    model: ServiceModel,
    phase: PhaseId | None,
    to: SubjectId,
    principal: Principal,
    staff: Staff,
    day: date,
) -> list[e.Event]:
    """The head of the unit in charge gives the task to somebody, whoever has it now.

    Raises Forbidden, NotFound, NotPossible, Invalid (`official`: who cannot take it, and why).
    """
    require(principal, "head-of-unit")
    require_office(principal, {case.unit_in_charge})
    task = task_of(case, model)
    if task is None:
        raise NotPossible(case=case.number)
    state = current(case, phase or task[0].id)
    member, post = staff.find(to), post_of(case, task[1])
    if member is None or not can_take(staff, member, post, day):
        raise Invalid([Fault(field="official", code=_why_not(member, post, day))])
    if state.assignee is not None and state.assignee.subject == to:
        return []
    by = Official(subject=principal.subject, name=principal.name)
    return [e.TaskAssigned(phase=state.id, official=_official(member), because="ordered", by=by)]


def addressed(events: Sequence[e.Event], case: Case, staff: Staff, day: date) -> list[e.Event]:
    """The same, with the escalations to the head naming who that is today."""
    head = answering(staff, case.unit_in_charge, day)
    return [_addressed(event, head) for event in events]


def escalates(events: Sequence[e.Event]) -> bool:
    """Whether anything is passed on to the head of a unit."""
    return any(isinstance(one, e.MilestoneReached) and one.milestone == "escalation"
               for one in events)  # fmt: skip


def _addressed(event: e.Event, head: Member | None) -> e.Event:
    if head is None or not escalates([event]):
        return event
    return event.model_copy(update={"official": _official(head)})


def _given(phase: PhaseId, member: Member | None, because: AssignedBecause) -> list[e.Event]:
    if member is None:
        return []
    return [e.TaskAssigned(phase=phase, official=_official(member), because=because)]


def _official(member: Member) -> Official:
    return Official(subject=member.subject, name=member.name)


def _why_not(member: Member | None, post: Post, day: date) -> str:
    if member is not None and member.subject in post.barred:
        return "four-eyes"
    if member is not None and not member.is_present(day):
        return "absent"
    return "not-of-unit"
