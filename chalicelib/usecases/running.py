"""Phases that run by themselves: begun once, done once, and what stops them is on the record."""

from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.domain.cases import automatic, phases
from chalicelib.domain.cases.events import Event
from chalicelib.domain.cases.evolve import evolve_all
from chalicelib.domain.cases.routing import Reply, reply
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotPossible, Superseded, ZagoraError
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.journal import SYSTEM
from chalicelib.domain.services.language import ServiceModel
from chalicelib.ports import Ports
from chalicelib.usecases.changing import change, model_of
from chalicelib.usecases.papers import facts_of, papers_of
from chalicelib.usecases.registers import ask_registers, obtained
from chalicelib.usecases.walking import Step, advance, require_newest

Work = Callable[[Case, ServiceModel], Case]


def by_itself(ports: Ports, step: Step, now: datetime, work: Work) -> Reply:
    """Runs a phase to its end. Whatever it did before a crash is recognised, not done again.

    Raises Superseded; whatever stops it otherwise is put on the record first, and raised.
    """
    require_newest(ports, step)
    case = _begin(ports, step, now)
    model = model_of(ports, case)
    if not phases.has_ended(case):
        try:
            case = work(case, model)
        except (Superseded, NotPossible) as error:
            case = ports.cases.load(step.case)
            if _is_still_in(case, step.phase):  # else another run of this step was faster
                _record_trouble(ports, step, error, now)
                raise
        except ZagoraError as error:
            _record_trouble(ports, step, error, now)
            raise
    return reply(case, model, step.generation, now, ports.calendar)


def run_phase(ports: Ports, step: Step, now: datetime) -> Reply:
    """Asks what the phase asks of registers, and ends it as its conditions say."""
    return by_itself(
        ports, step, now, lambda case, model: _choose(ports, case, model, step.phase, now)
    )


def _choose(ports: Ports, case: Case, model: ServiceModel, phase: PhaseId, now: datetime) -> Case:
    papers = papers_of(ports, case)
    answers = ask_registers(ports, case, model, phase, papers)
    facts = facts_of(papers, case, answers)

    def decide(case: Case, model: ServiceModel) -> Sequence[Event]:
        recorded = obtained(case, model, phase, answers)
        return [*recorded, *automatic.choose(case, model, phase, facts)]

    return change(ports, case.id, SYSTEM, now, decide)


def _is_still_in(case: Case, phase: PhaseId) -> bool:
    return case.phase is not None and case.phase.id == phase and not phases.has_ended(case)


def _begin(ports: Ports, step: Step, now: datetime) -> Case:
    def decide(case: Case, model: ServiceModel) -> Sequence[Event]:
        begun = automatic.begin(case, model, step.phase, now, ports.calendar)
        if not begun and phases.has_ended(case):
            return []
        opened = evolve_all(case, begun, now)
        return [*begun, *automatic.ask_evidence(opened, model, step.phase)]

    return advance(ports, step, now, decide)


def _record_trouble(ports: Ports, step: Step, error: ZagoraError, now: datetime) -> None:
    source = str(error.facts.get("source", "zagora"))

    def decide(case: Case, model: ServiceModel) -> Sequence[Event]:
        return automatic.fail(case, step.phase, source, error.code)

    change(ports, step.case, SYSTEM, now, decide)
