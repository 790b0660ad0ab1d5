"""Automatic phases: what they record as they go, so that a repetition changes nothing."""

from datetime import datetime

from pydantic import JsonValue

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.phases import current, end_phase, open_phase
from chalicelib.domain.cases.state import Case, IssuedDocument
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.conditions import Facts
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.routes import chosen


def begin(
    case: Case, model: ServiceModel, phase: PhaseId, now: datetime, calendar: Calendar
) -> list[e.Event]:
    """Opens the phase, or takes up the order to try again. Raises Superseded."""
    opening = open_phase(case, model, phase, now, calendar)
    if opening or case.trouble is None or case.trouble.state == "retrying":
        return opening
    return [e.PhaseResumed(phase=phase)]


def ask_evidence(case: Case, model: ServiceModel, phase: PhaseId) -> list[e.Event]:
    """The look-ups that the phase still needs: on the record before the register is asked."""
    asked = [model.source(name) for name in model.phase(phase).evidence]
    return [
        e.EvidenceAsked(
            evidence=evidence.id,
            source=evidence.source,
            purpose=evidence.purpose.bg,
            legal_ground=evidence.legal_ground.bg,
        )
        for evidence in asked
        if evidence.id not in case.evidence
    ]


def obtain(
    case: Case, model: ServiceModel, phase: PhaseId, name: str, answer: JsonValue
) -> list[e.Event]:
    """The register's answer, kept as a commitment. Nothing if it is there already."""
    current(case, phase)
    if name in case.evidence:
        return []
    source = model.source(name).source
    return [e.EvidenceObtained(evidence=name, source=source, private={"answer": answer})]


def choose(case: Case, model: ServiceModel, phase: PhaseId, facts: Facts) -> list[e.Event]:
    """The phase ends as its conditions say of the facts, with the words of what decided."""
    current(case, phase)
    outcome, reasons = chosen(model.phase(phase), facts)
    return end_phase(case, model, phase, outcome, reasons=reasons)


def fail(
    case: Case, phase: PhaseId, source: str, code: str, *, at_desk: bool = False
) -> list[e.Event]:
    """The phase could not go on; visible until it does."""
    current(case, phase)
    return [e.TroubleMet(phase=phase, source=source, code=code, at_desk=at_desk)]


def to_desk(case: Case, model: ServiceModel, phase: PhaseId) -> list[e.Event]:
    """The retries are used up: a person is needed. Nothing if it is there or ordered again."""
    if case.phase is None or case.phase.id != phase or case.phase.outcome is not None:
        return []
    trouble = case.trouble
    if trouble is not None and trouble.state != "retrying":
        return []
    source, code = (trouble.source, trouble.code) if trouble else ("zagora", "unknown")
    return fail(case, phase, source, code, at_desk=True)


def issue(
    case: Case, model: ServiceModel, phase: PhaseId, document: IssuedDocument
) -> list[e.Event]:
    """The document exists; the phase ends. Raises NotPossible when it has ended already."""
    current(case, phase)
    return [e.DocumentIssued(document=document), *end_phase(case, model, phase, "issued")]


def deliver(case: Case, model: ServiceModel, phase: PhaseId) -> list[e.Event]:
    """The result is delivered where it was wanted; the phase ends."""
    current(case, phase)
    delivered = e.ResultDelivered(delivery=case.delivery)
    return [delivered, *end_phase(case, model, phase, "delivered")]
