"""Opening phases, what their clocks do, how they end."""

from datetime import datetime

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.evolve import evolve_all
from chalicelib.domain.cases.milestones import bound, plan
from chalicelib.domain.cases.state import Asked, Case, Official, PhaseState, Planned
from chalicelib.domain.cases.term import turn
from chalicelib.domain.errors import NotPossible, Superseded
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.language import Phase, ServiceModel, Text
from chalicelib.domain.services.phases import LED, Opinion
from chalicelib.domain.services.routes import SILENCE, can_fall_silent, closing, following


def open_phase(
    case: Case, model: ServiceModel, phase: PhaseId, now: datetime, calendar: Calendar
) -> list[e.Event]:
    """Opens the phase if the case has come to it; nothing if it is open already.

    Raises Superseded when the case is elsewhere: whoever asks walks an old path.
    """
    if case.is_open and phase == next_phase(case, model):
        return opening(case, model.phase(phase), model, now, calendar)
    if case.phase is not None and case.phase.id == phase:
        return []
    raise Superseded(case=case.id, phase=phase)


def has_ended(case: Case) -> bool:
    """Whether the case's phase has its outcome."""
    return case.phase is not None and case.phase.outcome is not None


def next_phase(case: Case, model: ServiceModel) -> PhaseId | None:
    """The phase that comes next by the record; None at the end, or while a phase is open."""
    if case.resume_at is not None:
        return case.resume_at
    if case.phase is None:
        return model.first
    if case.phase.outcome is None:
        return None
    return following(model, case.phase.id, case.phase.outcome)


def opening(
    case: Case, phase: Phase, model: ServiceModel, now: datetime, calendar: Calendar
) -> list[e.Event]:
    """What follows when the phase opens: for the term of the case, and for the phase."""
    turned = turn(case, phase, model, now, calendar)
    after = evolve_all(case, turned, now)
    latest = bound(after, phase, now, after.due)
    due_at, milestones = plan(phase, case.tier, now, calendar, latest)
    opened = e.PhaseOpened(
        phase=phase.id,
        due_at=due_at,
        milestones=milestones,
        by_official=phase.kind in LED,
        may_fall_silent=can_fall_silent(model, phase),
        unit=phase.unit,
        opinions=tuple(_asked(opinion) for opinion in phase.opinions),
        asks=phase.evidence if phase.kind == "register" else (),
    )
    # Nothing to pay, or paid before the execution got here: then nobody would end the phase.
    if phase.kind == "payment" and case.order.status != "due":
        return [*turned, opened, *end_phase(case, model, phase.id, "paid")]
    return [*turned, opened]


def _asked(opinion: Opinion) -> Asked:
    return Asked.model_validate(opinion.model_dump(exclude={"title"}))


def end_phase(
    case: Case,
    model: ServiceModel,
    phase: PhaseId,
    outcome: str,
    private: dict[str, object] | None = None,
    by: Official | None = None,
    reasons: tuple[Text, ...] = (),
) -> list[e.Event]:
    """The end of the phase, and of the case where the model closes it by this outcome."""
    ended = e.PhaseEnded.model_validate(
        {
            "phase": phase,
            "outcome": outcome,
            "decides": by is not None,
            "by": by,
            "reasons": reasons,
            "private": private or {},
        }
    )
    close = closing(model, phase, outcome)
    return [ended, e.CaseClosed(closed_as=close)] if close else [ended]


def current(case: Case, phase: PhaseId) -> PhaseState:
    """The open phase. Raises NotPossible when the case is closed, elsewhere, or past it."""
    if not case.is_open or case.phase is None or case.phase.id != phase:
        raise NotPossible(case=case.number, phase=phase)
    if case.phase.outcome is not None:
        raise NotPossible(case=case.number, phase=phase)
    return case.phase


def tick(case: Case, model: ServiceModel, now: datetime) -> list[e.Event]:
    """Applies every milestone that is due, the earliest first; nothing if none is."""
    if not case.is_open or case.phase is None:
        return []
    events: list[e.Event] = []
    for planned in case.planned:
        if planned.at > now:
            break
        events.append(_reached(case.phase.id, planned, of_term=planned in case.milestones))
        outcome = SILENCE if planned.kind == "silence" else planned.outcome
        if outcome:
            return events + end_phase(case, model, case.phase.id, outcome)
    return events


def _reached(phase: PhaseId, planned: Planned, *, of_term: bool) -> e.MilestoneReached:
    return e.MilestoneReached(
        phase=phase,
        milestone=planned.kind,
        planned_at=planned.at,
        to=planned.to,
        of_term=of_term,
    )
