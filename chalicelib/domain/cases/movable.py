"""What speaks against moving a case to another version of its service."""

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from pydantic import JsonValue

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases.state import Case, PhaseState
from chalicelib.domain.errors import Invalid
from chalicelib.domain.services.flow import graph, reached
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.routes import following

Reason = Literal[
    "closed",
    "already-there",
    "decided",
    "runs-by-itself",
    "another-service",
    "no-such-phase",
    "phase-of-another-kind",
    "outcome-gone",
    "opinions-changed",
    "another-unit",
    "tier-gone",
    "new-question",
    "evidence-missed",
    "silence-worse",
    "went-on",
    "due-kept",
    "due-earlier",
    "no-due",
]
_DECIDING = frozenset({"human", "joint", "correction", "outside"})
# What silence means, the citizen's best first.
_SILENCES = ("approve", "none", "refuse")


def stays_because(case: Case, old: ServiceModel, to: int) -> Iterator[Reason]:
    """Why there is nothing to move, or not now."""
    if not case.is_open:
        yield "closed"
    if case.model_version == to:
        yield "already-there"
    if is_decided(case, old):
        yield "decided"
    state = case.phase
    # It is over in seconds, or it is at the exception desk and a person sees to it.
    runs = state is not None and not old.phase(state.id).waits and state.outcome is None
    if runs or case.resume_at is not None:
        yield "runs-by-itself"


def is_decided(case: Case, model: ServiceModel) -> bool:
    """Whether nobody has anything to decide any more (a call for corrections decides nothing)."""
    state = case.phase
    if case.result is None or state is None:
        return False
    start = following(model, state.id, state.outcome) if state.outcome else state.id
    ahead = reached(graph(model, silence=False), start) if start else frozenset[str]()
    return not any(phase.id in ahead and phase.kind in _DECIDING for phase in model.phases)


def speaks_against(
    case: Case, old: ServiceModel, new: ServiceModel, calendar: Calendar
) -> Iterator[Reason]:
    """Why the case must not go on under the other version."""
    if new.service != case.service:
        yield "another-service"
    if new.unit != case.unit:
        yield "another-unit"
    if case.phase is not None:
        yield from _against_phase(case.phase, old, new)
    try:
        new.fee(case.tier, case.delivery, calendar.local_date(case.filed_at))
    except Invalid:
        yield "tier-gone"
    if _required(new) - set(old.form.properties):
        yield "new-question"
    if _SILENCES.index(new.silence.effect) > _SILENCES.index(old.silence.effect):
        yield "silence-worse"


def _against_phase(state: PhaseState, old: ServiceModel, new: ServiceModel) -> Iterator[Reason]:
    phases = {phase.id: phase for phase in new.phases}
    before, after = old.phase(state.id), phases.get(state.id)
    if after is None:
        yield "no-such-phase"
        return
    if before.kind != after.kind:
        yield "phase-of-another-kind"
    if (_coming(state) & set(before.outcomes)) - set(after.outcomes):
        yield "outcome-gone"
    if state.outcome is None and before.opinions != after.opinions:
        yield "opinions-changed"
    ahead = reached(graph(new), state.id)
    if _asked(new) - _asked(old) - _asked(new, ahead):
        yield "evidence-missed"


def _coming(state: PhaseState) -> set[str]:
    """The outcome of the phase, or those that come by themselves."""
    planned = {one.outcome for one in state.milestones if one.outcome and not one.done}
    return {state.outcome} if state.outcome is not None else planned


def _asked(model: ServiceModel, phases: Collection[str] | None = None) -> set[str]:
    """What is asked of registers, in some phases or in all."""
    some = [phase for phase in model.phases if phases is None or phase.id in phases]
    return {str(name) for phase in some for name in phase.evidence}


def _required(model: ServiceModel) -> set[str]:
    """What every applicant must answer: this one was not asked it."""
    schema: Mapping[str, JsonValue] = model.form.json_schema
    required = schema.get("required")
    return {str(name) for name in required} if isinstance(required, list) else set()
