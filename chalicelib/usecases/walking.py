"""What state machines ask: open a phase, apply its clock, deliver. Repeating any is harmless."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.cases import automatic, phases
from chalicelib.domain.cases.events import Event
from chalicelib.domain.cases.evolve import evolve_all
from chalicelib.domain.cases.routing import Reply, reply
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Superseded
from chalicelib.domain.ids import CaseId, CaseNumber, PhaseId
from chalicelib.domain.journal import SYSTEM
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.values import Value
from chalicelib.ports import Ports
from chalicelib.ports.cases import Execution
from chalicelib.usecases import assigning, following
from chalicelib.usecases.changing import Decide, change, model_of


class Step(Value):
    """Which execution asks, and about which phase. `token` is there when it goes to sleep."""

    case: CaseId
    generation: int
    phase: PhaseId
    number: CaseNumber | None = None
    token: str = ""
    desk: bool = False


def walk(ports: Ports, step: Step, now: datetime, decide: Decide) -> Reply:
    """Applies a decision for the execution that walks the case. Raises Superseded."""
    require_newest(ports, step)
    return _reply(ports, advance(ports, step, now, decide), step, now)


def advance(ports: Ports, step: Step, now: datetime, decide: Decide) -> Case:
    """Changes the case for an execution that comes to a phase. Raises Superseded.

    The one before may have gone on after the newest was told where the case stands. It walks no
    more, so the newest, which knows an old place, hands the case on instead of leaving it alone.
    """
    try:
        return change(ports, step.case, SYSTEM, now, decide)
    except Superseded:
        case = ports.cases.load(step.case)
        if case.is_open:
            following.restart(ports, case, step.generation, now)
        raise


def require_newest(ports: Ports, step: Step) -> Execution:
    """The execution that asks. Raises Superseded when another one has taken over."""
    newest = ports.execution_records.execution(step.case)
    if newest is None or newest.generation != step.generation:
        raise Superseded(case=step.case, generation=step.generation)
    return newest


def _reply(ports: Ports, case: Case, step: Step, now: datetime) -> Reply:
    return reply(case, model_of(ports, case), step.generation, now, ports.calendar)


def open_phase(ports: Ports, step: Step, now: datetime) -> None:
    """Opens the phase (or the exception desk), keeps the token, and wakes at once if it is over.

    The token is stored before the case is read, and wake-ups read the token after the case was
    written: whoever comes second sees the other, so no outcome is missed.
    """
    newest = require_newest(ports, step)

    def decide(case: Case, model: ServiceModel) -> Sequence[Event]:
        if step.desk:
            return automatic.to_desk(case, model, step.phase)
        opened = phases.open_phase(case, model, step.phase, now, ports.calendar)
        return [*opened, *assigning.given(ports, case, model, opened, now)]

    advance(ports, step, now, decide)
    execution = _store_token(ports, newest, step, now)
    answer = _reply(ports, ports.cases.load(step.case), step, now)
    if answer.outcome is not None:
        ports.executions.wake(step.token, answer)
        ports.execution_records.forget_token(execution)


def _store_token(ports: Ports, execution: Execution, step: Step, now: datetime) -> Execution:
    sleeps = {"phase": step.phase, "token": step.token, "at": now}
    execution = execution.model_copy(update=sleeps)
    if not ports.execution_records.put_execution(execution, over=step.generation):
        raise Superseded(case=step.case, generation=step.generation)
    return execution


def run_clock(ports: Ports, step: Step, now: datetime) -> Reply:
    """Applies the milestones that are due and answers like a wake-up.

    An execution that has walked long enough hands the case on to a new one: raises Superseded.
    """

    def tick(case: Case, model: ServiceModel) -> Sequence[Event]:
        return assigning.addressed(ports, case, phases.tick(case, model, now), now)

    newest = require_newest(ports, step)
    if newest.token:  # it is awake: whoever knocked there would find nobody and send another
        ports.execution_records.forget_token(newest)
    case = change(ports, step.case, SYSTEM, now, tick)
    if case.is_open and not phases.has_ended(case) and following.is_spent(newest, case, now):
        following.restart(ports, case, newest.generation, now)
        raise Superseded(case=step.case, generation=step.generation)
    return _reply(ports, case, step, now)


def deliver_result(ports: Ports, step: Step, now: datetime) -> Reply:
    """Delivers the result in the portal: it is there once the record says so."""

    def decide(case: Case, model: ServiceModel) -> Sequence[Event]:
        begun = automatic.begin(case, model, step.phase, now, ports.calendar)
        if not begun and phases.has_ended(case):
            return []
        return [*begun, *automatic.deliver(evolve_all(case, begun, now), model, step.phase)]

    return walk(ports, step, now, decide)
