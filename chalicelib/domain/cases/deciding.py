"""What officials do with a case: claim, release, decide, send round again."""

from datetime import datetime

from pydantic import JsonValue

from chalicelib.domain.access import Principal, require, require_office
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.assigning import post_of
from chalicelib.domain.cases.consulting import require_opinions
from chalicelib.domain.cases.phases import current, end_phase
from chalicelib.domain.cases.state import Case, Official, PhaseState
from chalicelib.domain.errors import Conflict, Fault, Forbidden, Invalid, NotPossible
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.phases import LED
from chalicelib.domain.values import Value

LONGEST_TEXT = 5000
_MISSING = {"checklist": "not-all-checked", "documents": "not-all-seen"}


class Decision(Value):
    """What an official decides on a phase (None: the current one).

    `facts` and `grounds` may hold personal data. `checked` are the items of the checklist that
    the official has ticked off, `seen` the documents that are at hand.
    """

    phase: PhaseId | None = None
    outcome: str
    facts: str = ""
    grounds: str = ""
    checked: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


def official(principal: Principal) -> Official:
    """The principal as a person in charge."""
    return Official(subject=principal.subject, name=principal.name)


def _task(
    case: Case, model: ServiceModel, phase: PhaseId | None, principal: Principal
) -> PhaseState:
    require_office(principal, case.units)
    if case.phase is None:
        raise NotPossible(case=case.number)
    state = current(case, phase or case.phase.id)
    planned = model.phase(state.id)
    if planned.kind not in LED:
        raise NotPossible(case=case.number, phase=state.id)
    require_office(principal, {case.unit_in_charge})
    allowed = principal.has("head-of-unit") or (
        planned.role is not None and principal.has(planned.role)
    )
    if not allowed:
        raise Forbidden(needs=str(planned.role))
    return state


def _require_other_eyes(case: Case, phase: Phase, principal: Principal) -> None:
    if principal.subject in post_of(case, phase).barred:
        raise Conflict("four-eyes", case=case.number)


def claim(
    case: Case, model: ServiceModel, phase: PhaseId | None, principal: Principal
) -> list[e.Event]:
    """Takes the task. Taking one's own again changes nothing; another's is a Conflict, and so is
    one that needs other eyes than those that decided before."""
    state = _task(case, model, phase, principal)
    _require_other_eyes(case, model.phase(state.id), principal)
    if state.assignee is None:
        return [e.TaskClaimed(phase=state.id, official=official(principal))]
    if state.assignee.subject == principal.subject:
        return []
    raise Conflict("claimed-by-another", official=state.assignee.name)


def release(
    case: Case, model: ServiceModel, phase: PhaseId | None, principal: Principal
) -> list[e.Event]:
    """Gives the task back: one's own, or, as head of unit, anybody's."""
    state = _task(case, model, phase, principal)
    if state.assignee is None:
        return []
    if state.assignee.subject != principal.subject and not principal.has("head-of-unit"):
        raise Conflict("claimed-by-another", official=state.assignee.name)
    return [e.TaskReleased(phase=state.id)]


def decide(
    case: Case, model: ServiceModel, decision: Decision, principal: Principal, now: datetime
) -> list[e.Event]:
    """Ends a phase that an official leads, by an outcome of the model.

    Raises Conflict when it is somebody else's task, needs other eyes, or opinions are missing,
    NotPossible when it
    has ended, Invalid when the outcome is unknown or lacks what the model wants for it.
    """
    state = _task(case, model, decision.phase, principal)
    if state.assignee is None:
        raise Conflict("not-claimed", case=case.number)
    if state.assignee.subject != principal.subject:
        raise Conflict("claimed-by-another", official=state.assignee.name)
    _require_other_eyes(case, model.phase(state.id), principal)
    faults = _faults(model.phase(state.id), decision)
    if faults:
        raise Invalid(faults)
    require_opinions(state, now)
    private: dict[str, object] = {
        name: text
        for name, text in (("facts", decision.facts), ("grounds", decision.grounds))
        if text.strip()
    }
    return end_phase(case, model, state.id, decision.outcome, private, by=official(principal))


def _faults(phase: Phase, decision: Decision) -> list[Fault]:
    outcome = phase.outcomes.get(decision.outcome)
    if outcome is None:
        return [Fault(field="outcome", code="not-offered")]
    texts: dict[str, str] = {"facts": decision.facts, "grounds": decision.grounds}
    done = {
        "facts": bool(decision.facts.strip()),
        "grounds": bool(decision.grounds.strip()),
        "checklist": {item.id for item in phase.checklist} <= set(decision.checked),
        "documents": set(phase.documents) <= set(decision.seen),
    }
    missing = [
        Fault(field=name, code=_MISSING.get(name, "required"))
        for name in outcome.requires
        if not done[name]
    ]
    long = [
        Fault(field=name, code="too-long", facts={"limit": LONGEST_TEXT})
        for name, text in texts.items()
        if len(text) > LONGEST_TEXT
    ]
    return missing + long


def order_retry(case: Case, principal: Principal) -> list[e.Event]:
    """Sends an automatic phase from the exception desk round again."""
    require(principal, "head-of-unit", "administrator")
    if not principal.has("administrator"):
        require_office(principal, case.units)
    if case.phase is None or case.trouble is None or case.trouble.state != "desk":
        raise NotPossible(case=case.number)
    return [e.RetryOrdered(phase=case.phase.id)]


def view_private(case: Case, principal: Principal, purpose: str) -> list[e.Event]:
    """An official opens the personal data: it is on the record before it is on the screen."""
    require_office(principal, case.units)
    return [e.PersonalDataViewed(official=official(principal), purpose=purpose)]


def decision_texts(openings: dict[str, JsonValue]) -> tuple[str, str]:
    """Facts and grounds of a decision, from its opened private part."""
    return str(openings.get("facts", "")), str(openings.get("grounds", ""))
