"""The term of a case: when it begins, stops, runs on, is extended, and what comes at its end."""

from datetime import datetime

from chalicelib.domain import deadlines
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.evolve import evolve_all
from chalicelib.domain.cases.state import Case, Planned
from chalicelib.domain.deadlines import Deadline, Stop
from chalicelib.domain.deadlines.clock import resumed, stands, stopped
from chalicelib.domain.services.language import Phase, ServiceModel


def term_of(case: Case, model: ServiceModel, now: datetime, calendar: Calendar) -> Deadline:
    """The case's deadline, were it to arrive now. The term that was promised at filing holds,
    even if the case has moved to a version in which it is longer."""
    if case.due is not None:
        return deadlines.due(now, case.due.deadline.term, calendar)
    fee = model.fee(case.tier, case.delivery, calendar.local_date(case.filed_at))
    return deadlines.due(now, fee.term, calendar)


def arrive(model: ServiceModel, deadline: Deadline, calendar: Calendar) -> e.ApplicationArrived:
    """The term begins to run, at the start of the deadline."""
    return e.ApplicationArrived(
        arrived_at=deadline.start,
        deadline=deadline,
        milestones=milestones(model, deadline, deadline.start, calendar),
    )


def milestones(
    model: ServiceModel, deadline: Deadline, now: datetime, calendar: Calendar
) -> tuple[Planned, ...]:
    """The warnings before silence, and silence; nothing where silence does nothing by itself.
    A warning whose moment has passed comes at once."""
    if model.silence.next is None:
        return ()
    warnings = [
        max(now, deadlines.before(deadline.due, warning, calendar))
        for warning in model.silence.warnings
    ]
    planned = [Planned(kind="warning", at=at, to="head-of-unit") for at in sorted(warnings)]
    return (*planned, Planned(kind="silence", at=deadline.due))


def turn(
    case: Case, phase: Phase, model: ServiceModel, now: datetime, calendar: Calendar
) -> list[e.Event]:
    """What the opening of a phase does to the term: it begins, runs on, or stops."""
    events = _arrival(case, phase, model, now, calendar)
    case = evolve_all(case, events, now)
    stops = stop_of(model, phase)
    if case.clock is not None and stands(case.clock) and case.clock.stops[-1].kind != stops:
        events += _resumption(case, model, now, calendar)
        case = evolve_all(case, events[-1:], now)
    if stops and case.clock is not None and not stands(case.clock):
        events += _stop(case, phase, model, now, calendar)
    return events


def stop_of(model: ServiceModel, phase: Phase) -> str | None:
    """Whether a phase suspends or interrupts the term. Where an application arrives once it is
    complete, every correction interrupts: the term runs from the last of them."""
    if phase.kind == "correction" and model.arrival == "complete":
        return "interruption"
    return {"suspended": "suspension", "interrupted": "interruption"}.get(phase.clock)


def _arrival(
    case: Case, phase: Phase, model: ServiceModel, now: datetime, calendar: Calendar
) -> list[e.Event]:
    waits = model.arrival != "complete" or phase.kind in {"payment", "correction"}
    if case.arrived_at is not None or waits:
        return []
    return [arrive(model, term_of(case, model, now, calendar), calendar)]


def _resumption(
    case: Case, model: ServiceModel, now: datetime, calendar: Calendar
) -> list[e.Event]:
    """From the end of the phase that stopped it, not from when its execution got on."""
    if case.clock is None:
        return []
    on = (case.phase.ended_at if case.phase else None) or now
    on = max(on, case.clock.stops[-1].at)
    deadline = deadlines.running(resumed(case.clock, on), calendar)
    planned = milestones(model, deadline, now, calendar)
    return [e.ClockResumed(resumed_at=on, deadline=deadline, milestones=planned)]


def _stop(
    case: Case, phase: Phase, model: ServiceModel, now: datetime, calendar: Calendar
) -> list[e.Event]:
    """Nothing once the term has passed: what is late stays late."""
    ground = phase.clock_ground or model.legal_grounds[0].title
    kind = stop_of(model, phase)
    if case.clock is None or kind is None:
        return []
    stop = Stop.model_validate({"kind": kind, "at": now, "ground": ground})
    deadline = deadlines.running(stopped(case.clock, stop), calendar)
    if deadline.stopped_at is None:
        return []
    event = {"phase": phase.id, "stop": kind, "stopped_at": now}
    return [e.ClockStopped.model_validate({**event, "ground": ground, "deadline": deadline})]
