"""Issuing a document: ask the registers, render, seal, store, record."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.cases import automatic
from chalicelib.domain.cases.events import Event
from chalicelib.domain.cases.routing import Reply
from chalicelib.domain.cases.state import Case, DocumentKind, IssuedDocument
from chalicelib.domain.documents.acts import is_refused
from chalicelib.domain.ids import CHANCE_BYTES, DocumentId, PhaseId, new
from chalicelib.domain.journal import SYSTEM
from chalicelib.domain.services.language import ServiceModel
from chalicelib.ports import Ports
from chalicelib.ports.cases import DocumentRecord
from chalicelib.usecases import letters
from chalicelib.usecases.changing import Beside, change
from chalicelib.usecases.papers import Answers, Papers, papers_of
from chalicelib.usecases.registers import ask_registers, obtained
from chalicelib.usecases.running import by_itself
from chalicelib.usecases.walking import Step


def issue_document(ports: Ports, step: Step, now: datetime) -> Reply:
    """Runs a document phase. Raises what `running.by_itself` does."""
    return by_itself(
        ports, step, now, lambda case, model: _issue(ports, case, model, step.phase, now)
    )


def _issue(ports: Ports, case: Case, model: ServiceModel, phase: PhaseId, now: datetime) -> Case:
    papers = papers_of(ports, case)
    answers = ask_registers(ports, case, model, phase, papers)
    document = _make(ports, papers, case, model, phase, answers, now)

    def decide(case: Case, model: ServiceModel) -> Sequence[Event]:
        recorded = obtained(case, model, phase, answers)
        return [*recorded, *automatic.issue(case, model, phase, document)]

    record = DocumentRecord(id=document.id, case=case.id, number=case.number)
    return change(ports, case.id, SYSTEM, now, decide, Beside(document=record))


def _make(
    ports: Ports,
    papers: Papers,
    case: Case,
    model: ServiceModel,
    phase: PhaseId,
    answers: Answers,
    now: datetime,
) -> IssuedDocument:
    document_id = _document_id(case, phase)
    template = letters.template_of(model, phase)
    refuses = template == "refusal" or is_refused(model, phase)
    kind: DocumentKind = "refusal" if refuses else "result"
    data = letters.letter(ports, papers, case, model, phase, document_id, answers, now)
    content = ports.renderer.render(template, data, case.language)
    sealed = ports.seal.seal(content, reason=model.title.in_(case.language), at=now)
    digest = hashlib.sha256(sealed).hexdigest()
    # The digest is in the name: a second run never writes over what the first one recorded.
    key = f"documents/{case.id}/{document_id}-{digest[:16]}.pdf"
    ports.documents.put(key, sealed, digest)
    return IssuedDocument(
        id=document_id,
        kind=kind,
        template=template,
        language=case.language,
        digest=digest,
        size=len(sealed),
        key=key,
        issued_at=now,
    )


def _document_id(case: Case, phase: PhaseId) -> DocumentId:
    """The same at every run of the same phase: the effect's key."""
    opened_at = case.phase.opened_at if case.phase else case.filed_at
    seed = hashlib.sha256(f"{case.id}|{phase}|{opened_at.isoformat()}".encode()).digest()
    return DocumentId(new(opened_at, seed[:CHANCE_BYTES]))
