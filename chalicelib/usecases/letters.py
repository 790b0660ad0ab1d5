"""What the documents of a case say: from the record to the data of their templates."""

from collections.abc import Callable
from datetime import date, datetime

from pydantic import ValidationError

from chalicelib.domain.cases.state import Case
from chalicelib.domain.documents import Issuance, Municipality, Verification, verify_url
from chalicelib.domain.documents.acts import act
from chalicelib.domain.documents.certificates import permanent_address
from chalicelib.domain.documents.refusals import refusal
from chalicelib.domain.documents.source import Source
from chalicelib.domain.errors import NotFound, NotPossible
from chalicelib.domain.ids import DocumentId, PhaseId
from chalicelib.domain.journal import Entry
from chalicelib.domain.services.language import ServiceModel
from chalicelib.ports import Ports
from chalicelib.usecases.papers import Answers, Papers

_LETTERS: dict[str, Callable[[Source], dict[str, object]]] = {
    "act": act,
    "certificate-permanent-address": permanent_address,
    "refusal": refusal,
}


def template_of(model: ServiceModel, phase: PhaseId) -> str:
    """The template of a phase: its own, or that of the result which it names."""
    named = str(model.phase(phase).template)
    return next((str(one.template) for one in model.results if one.id == named), named)


def letter(
    ports: Ports,
    papers: Papers,
    case: Case,
    model: ServiceModel,
    phase: PhaseId,
    document: DocumentId,
    evidence: Answers,
    now: datetime,
) -> dict[str, object]:
    """The data of the phase's template; `evidence` is what was asked just now.

    Raises NotFound (a template without a letter, a fact that there is not) and NotPossible
    (`document-incomplete`: something that the law wants was not written).
    """
    template = template_of(model, phase)
    make = _LETTERS.get(template)
    if make is None:
        raise NotFound("no-such-template", template=template)
    issued = ports.calendar.local_date(now)
    shared = _shared(ports, case, model, document, template, issued)
    source = _source(ports, papers, case, model, phase, evidence, issued, shared)
    try:
        return make(source)
    except ValidationError as error:
        raise NotPossible("document-incomplete", template=template) from error


def _source(
    ports: Ports,
    papers: Papers,
    case: Case,
    model: ServiceModel,
    phase: PhaseId,
    evidence: Answers,
    issued: date,
    shared: dict[str, object],
) -> Source:
    decided, paid = papers.decided, _last(papers, "payment-confirmed")
    by = decided.data.get("by") if decided else None
    return Source(
        case=case,
        model=model,
        phase=phase,
        applicant=papers.applicant,
        answers=papers.answers,
        evidence=papers.evidence | evidence,
        decision=papers.decision,
        decided_as=_outcome(model, decided, case),
        decided_by=str(by.get("name")) if isinstance(by, dict) else "",
        paid_on=ports.calendar.local_date(paid.at) if paid else None,
        applied_on=ports.calendar.local_date(case.filed_at),
        issued=issued,
        office=ports.administration.office.in_(case.language),
        shared=shared,
    )


def _last(papers: Papers, event: str) -> Entry | None:
    return next((entry for entry in reversed(papers.entries) if entry.event == event), None)


def _outcome(model: ServiceModel, decided: Entry | None, case: Case) -> str:
    if decided is None:
        return ""
    try:
        outcomes = model.phase(str(decided.data.get("phase"))).outcomes
    except NotFound:
        return ""
    outcome = outcomes.get(str(decided.data.get("outcome")))
    return outcome.title.in_(case.language) if outcome else ""


def _shared(
    ports: Ports,
    case: Case,
    model: ServiceModel,
    document: DocumentId,
    template: str,
    issued: date,
) -> dict[str, object]:
    us, language = ports.administration, case.language
    token = ports.attestation.sign(
        Issuance(
            document=document, number=case.number, template=template, issued=issued, issuer=us.code
        ).claims()
    )
    return {
        "id": document,
        "outgoing_number": f"{case.number}-{len(case.documents) + 1}",
        "case_number": case.number,
        "issued": issued,
        "place": us.place.in_(language),
        "municipality": Municipality(
            name=us.name.in_(language),
            unit=us.unit(case.unit).in_(language),
            address=us.address.in_(language),
            above=us.above.in_(language),
            contacts=f"{us.phone} · {us.email}",
        ),
        "verification": Verification(
            url=verify_url(ports.base_url, token),
            address=f"{ports.base_url.split('://')[-1]}/verify",
        ),
        "legal_grounds": tuple(ground.title.in_(language) for ground in model.legal_grounds),
        "warning": us.notice.in_(language) if us.notice else "",
        "demonstration": ports.time_is_moved,
    }
