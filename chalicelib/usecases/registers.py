"""Asking registers what a phase needs: announced before, kept after, never asked twice."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import JsonValue

from chalicelib.domain.cases import automatic
from chalicelib.domain.cases.events import Event
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotFound, RegisterUnavailable, ZagoraError
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.journal import SYSTEM
from chalicelib.domain.population import CallContext
from chalicelib.domain.registers import QUESTIONS
from chalicelib.domain.services.language import Evidence, ServiceModel
from chalicelib.ports import Ports
from chalicelib.usecases.changing import change
from chalicelib.usecases.papers import Answers, Papers, papers_of


def gather(ports: Ports, case: Case, model: ServiceModel, phase: PhaseId, now: datetime) -> Case:
    """All that an open phase asks: on the record before, and the answers after.

    What an earlier run of the phase recorded is not asked again. Raises RegisterUnavailable,
    NotPossible (erased personal data, or the case has left the phase), NotFound (phases other
    than `register`).
    """
    if not _missing(case, model, phase):
        return case
    announced = change(
        ports, case.id, SYSTEM, now, lambda c, m: automatic.ask_evidence(c, m, phase)
    )
    answers = ask_registers(ports, announced, model, phase, papers_of(ports, announced))
    return change(ports, case.id, SYSTEM, now, lambda c, m: obtained(c, m, phase, answers))


def ask_registers(
    ports: Ports, case: Case, model: ServiceModel, phase: PhaseId, papers: Papers
) -> Answers:
    """Every answer that the phase needs, by evidence: the recorded one where there is one.

    Writes nothing: announce with `automatic.ask_evidence` before, record with `obtained` after.
    A register phase takes "we know nothing of it" for an answer (`found: false`). Raises as
    `gather` does; `source` is among the facts of an error.
    """
    known = _known(papers)
    recorded = {name: papers.evidence[name] for name in case.evidence if name in papers.evidence}
    return {
        name: recorded[name]
        if name in recorded
        else _ask(ports, case, model, phase, model.source(name), known)
        for name in model.phase(phase).evidence
    }


def obtained(case: Case, model: ServiceModel, phase: PhaseId, answers: Answers) -> Sequence[Event]:
    """What puts the answers on the record; nothing for those that are there."""
    return [
        event
        for name, answer in answers.items()
        for event in automatic.obtain(case, model, phase, name, answer)
    ]


def _missing(case: Case, model: ServiceModel, phase: PhaseId) -> set[str]:
    return {str(name) for name in model.phase(phase).evidence} - set(case.evidence)


def _known(papers: Papers) -> Answers:
    person = papers.applicant
    return {**papers.answers, "person.egn": person.egn, "person.name": person.name}


def _ask(
    ports: Ports,
    case: Case,
    model: ServiceModel,
    phase: PhaseId,
    evidence: Evidence,
    known: Answers,
) -> JsonValue:
    about = {key: known.get(fact) for key, fact in evidence.asks_about.items()}
    asked = {key: str(value) for key, value in about.items() if value not in (None, "")}
    try:
        answer = ports.registers.ask(
            evidence.source, evidence.ask, asked, _context(ports, case, model, evidence)
        )
    except ZagoraError as error:
        error.facts.setdefault("source", evidence.source)
        if isinstance(error, NotFound) and model.phase(phase).kind == "register":
            return {"found": False}
        raise
    question = QUESTIONS[f"{evidence.source}/{evidence.ask}"]
    if answer.get(question.about) != asked.get(question.needs):
        raise RegisterUnavailable("register-answered-for-another", source=evidence.source)
    return answer


def _context(ports: Ports, case: Case, model: ServiceModel, evidence: Evidence) -> CallContext:
    return CallContext(
        service=model.service,
        case_number=case.number,
        administration=ports.administration.name.bg,
        purpose=evidence.purpose.bg,
        legal_ground=evidence.legal_ground.bg,
    )
