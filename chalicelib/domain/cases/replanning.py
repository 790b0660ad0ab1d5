"""Counting again what was promised: a promise stays unless another one favours the citizen."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from chalicelib.domain import deadlines
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import term as terms
from chalicelib.domain.cases.milestones import bound, plan
from chalicelib.domain.cases.state import Case, Due, PhaseState, Planned, Replanned
from chalicelib.domain.deadlines import Clock, Deadline
from chalicelib.domain.deadlines.clock import resumed, stands
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.routes import can_fall_silent
from chalicelib.domain.services.words import Term

# Their terms are the citizen's own: later is better. All other terms bind the administration.
_CITIZENS = frozenset({"payment", "correction"})


def recount(case: Case, due: Due, term: Term, calendar: Calendar) -> Deadline:
    """The due date of another term, or by another calendar, over all that has happened to the
    clock. Raises OutsideCalendar."""
    if case.clock is None:
        return deadlines.due(due.deadline.start, term, calendar)
    return deadlines.running(case.clock.model_copy(update={"term": term}), calendar)


def favours(case: Case, due: Due, counted: Deadline, now: datetime, calendar: Calendar) -> bool:
    """Whether the other due date favours the citizen: an answer earlier, and still to come (a
    due date that has passed would only let silence speak at once). Where the term does not run
    yet, or stands, it is weighed as if it ran on now."""
    if due.provisional:
        promised = deadlines.due(now, due.deadline.term, calendar)
        return deadlines.due(now, counted.term, calendar).due < promised.due
    if case.clock is not None and stands(case.clock):
        return _on(case.clock, counted, now, calendar) < _on(
            case.clock, due.deadline, now, calendar
        )
    return now < counted.due < due.deadline.due


def _on(clock: Clock, deadline: Deadline, now: datetime, calendar: Calendar) -> datetime:
    on = resumed(clock.model_copy(update={"term": deadline.term}), now)
    return deadlines.running(on, calendar).due


def warnings(
    case: Case, model: ServiceModel, deadline: Deadline, now: datetime, calendar: Calendar
) -> tuple[Planned, ...] | None:
    """What comes at the end of the term by the model; None where it stays as it is. Silence that
    would fall at once is not taken over."""
    if case.clock is None or stands(case.clock):
        return None
    planned = _carried(terms.milestones(model, deadline, now, calendar), case.milestones)
    late = any(one.kind == "silence" and not one.done and one.at <= now for one in planned)
    return None if late or planned == case.milestones else planned


def replan(
    case: Case, model: ServiceModel, due: Due | None, calendar: Calendar, now: datetime
) -> Replanned | None:
    """The open phase by the model, the calendar and when the case is due now; None where it stays
    as it is. What takes time from the citizen is not taken over."""
    state = case.phase
    if state is None or state.outcome is not None or not model.phase(state.id).waits:
        return None
    phase = model.phase(state.id)
    latest = bound(case, phase, state.opened_at, due)
    due_at, planned = plan(phase, case.tier, state.opened_at, calendar, latest)
    milestones = _carried(planned, state.milestones)
    worse = phase.kind in _CITIZENS and _sooner(due_at, state.due_at)
    earlier = _sooner(_expiry(milestones), _expiry(state.milestones))
    late = any(one.kind == "expiry" and one.at <= now for one in milestones if not one.done)
    kept = worse or earlier or late
    new = Replanned(
        due_at=state.due_at if kept else due_at,
        milestones=state.milestones if kept else milestones,
        unit=phase.unit,
        may_fall_silent=can_fall_silent(model, phase),
    )
    return None if new == as_it_is(state) else new


def as_it_is(state: PhaseState) -> Replanned:
    """What replanning may change, unchanged."""
    return Replanned(
        due_at=state.due_at,
        milestones=state.milestones,
        unit=state.unit,
        may_fall_silent=state.may_fall_silent,
    )


def restored(state: PhaseState, was: Replanned) -> Replanned:
    """An older plan of the open phase, with what has happened since marked as done."""
    return was.model_copy(update={"milestones": _carried(was.milestones, state.milestones)})


def _carried(planned: Iterable[Planned], before: Iterable[Planned]) -> tuple[Planned, ...]:
    """What has happened does not happen again because its moment was counted anew: as many of
    each kind are done as were."""
    done = Counter((one.kind, one.to) for one in before if one.done)
    found = list[Planned]()
    for one in planned:
        kind = (one.kind, one.to)
        found.append(one.model_copy(update={"done": one.done or done[kind] > 0}))
        done[kind] -= 1
    return tuple(found)


def _sooner(new: datetime | None, old: datetime | None) -> bool:
    return new is not None and (old is None or new < old)


def _expiry(milestones: tuple[Planned, ...]) -> datetime | None:
    return next((one.at for one in milestones if one.kind == "expiry" and not one.done), None)
