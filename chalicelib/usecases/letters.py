"""What the documents of a case say: the data of their templates, from the record."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime

from pydantic import JsonValue

from chalicelib.domain.cases.state import Case
from chalicelib.domain.documents import (
    AddressLines,
    Appeal,
    Authority,
    Issuance,
    Municipality,
    PermanentAddressCertificate,
    Person,
    Refusal,
    Verification,
    verify_url,
)
from chalicelib.domain.errors import NotFound, NotPossible
from chalicelib.domain.ids import DocumentId, PhaseId
from chalicelib.domain.journal import Entry
from chalicelib.domain.population import PopulationRecord
from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.transliteration import to_latin
from chalicelib.domain.values import Value
from chalicelib.ports import Ports

VALID_MONTHS = 6  # Ordinance РД-02-20-6/2012, art. 14


class Applicant(Value):
    """Whom the case is about, from its private part."""

    name: str
    egn: str

    def __repr__(self) -> str:
        return "Applicant()"


class Papers(Value):
    """The journal of a case with what is private in it, by kind of event; read once."""

    entries: tuple[Entry, ...]
    private: dict[str, dict[str, JsonValue]]

    @property
    def applicant(self) -> Applicant:
        """Raises NotPossible once the personal data is erased."""
        person = self.private.get("application-filed", {}).get("person")
        if person is None:
            raise NotPossible("personal-data-erased")
        return Applicant.model_validate(person)


class Source(Value):
    """Everything that a letter is made from."""

    case: Case
    model: ServiceModel
    papers: Papers
    evidence: dict[str, JsonValue]
    decided_by: str
    paid_on: date | None
    applied_on: date
    office: str
    shared: dict[str, object]

    @property
    def language(self) -> Language:
        """The document's."""
        return self.case.language

    @property
    def answers(self) -> dict[str, JsonValue]:
        """What the applicant wrote."""
        answers = self.papers.private.get("application-filed", {}).get("answers")
        return answers if isinstance(answers, dict) else {}


def papers_of(ports: Ports, case: Case) -> Papers:
    """Reads them. Raises Busy."""
    entries = tuple(ports.cases.journal(case.id))
    kinds = {entry.seq: entry.event for entry in entries}
    private = {
        kinds[seq]: {name: opening.value for name, opening in named.items()}
        for seq, named in ports.cases.openings(case.id).items()
        if seq in kinds  # another run of this step may write between the two reads
    }
    return Papers(entries=entries, private=private)


def letter(
    ports: Ports,
    papers: Papers,
    case: Case,
    model: ServiceModel,
    phase: PhaseId,
    document: DocumentId,
    evidence: dict[str, JsonValue],
    now: datetime,
) -> dict[str, object]:
    """The data of the phase's template. Raises NotFound for a template without a letter."""
    template = str(model.phase(phase).template)
    make = _LETTERS.get(template)
    if make is None:
        raise NotFound("no-such-template", template=template)
    return make(_source(ports, papers, case, model, template, document, evidence, now))


def _source(
    ports: Ports,
    papers: Papers,
    case: Case,
    model: ServiceModel,
    template: str,
    document: DocumentId,
    evidence: dict[str, JsonValue],
    now: datetime,
) -> Source:
    deciders = [e.data.get("by") for e in papers.entries if e.data.get("decides")]
    by = deciders[-1] if deciders else None
    paid = [entry.at for entry in papers.entries if entry.event == "payment-confirmed"]
    issued = ports.calendar.local_date(now)
    shared = _shared(ports, case, model, document, template, issued)
    return Source(
        case=case,
        model=model,
        papers=papers,
        evidence=evidence,
        decided_by=str(by.get("name")) if isinstance(by, dict) else "",
        paid_on=ports.calendar.local_date(paid[-1]) if paid else None,
        applied_on=ports.calendar.local_date(case.filed_at),
        office=ports.administration.office.in_(case.language),
        shared=shared,
    )


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
    }


def _certificate(source: Source) -> dict[str, object]:
    record = PopulationRecord.model_validate(source.evidence["permanent-address"])
    written: Callable[[str], str] = to_latin if source.language == "en" else str
    names = record.names
    if source.language == "en" and record.names_latin is not None:
        names = record.names_latin
    return PermanentAddressCertificate.model_validate(
        {
            **source.shared,
            "person": Person(names=str(names), identifier=record.egn),
            "address": _address(record, written),
            "since": record.permanent_address.since,
            "purpose": _purpose(source),
            "valid_until": months_later(_date(source.shared["issued"]), VALID_MONTHS),
            "fee": source.case.order.amount if source.case.order.amount.amount else None,
            "fee_paid": source.paid_on,
        }
    ).data()


def _address(record: PopulationRecord, written: Callable[[str], str]) -> AddressLines:
    address = record.permanent_address
    return AddressLines(
        district=written(address.district.name),
        municipality=written(address.municipality.name),
        settlement=written(address.settlement.name),
        area=written(address.city_area.name),
        street=written(address.street.name),
        number=written(address.number),
        entrance=written(address.entrance),
        floor=written(address.floor),
        apartment=written(address.apartment),
    )


def _purpose(source: Source) -> str:
    chosen = str(source.answers.get("purpose", ""))
    if chosen == "other":
        return str(source.answers.get("purpose_other", ""))
    options = source.model.form.texts["purpose"].options
    return options[chosen].in_(source.language) if chosen in options else ""


def _refusal(source: Source) -> dict[str, object]:
    person = source.papers.applicant
    decision = source.papers.private.get("phase-ended", {})
    appeal, language = source.model.appeal, source.language
    days = {"bg": f"{appeal.term.amount} дни", "en": f"{appeal.term.amount} days"}
    return Refusal.model_validate(
        {
            **source.shared,
            "person": Person(names=person.name, identifier=person.egn),
            "subject": source.model.title.in_(language),
            "applied": source.applied_on,
            "facts": str(decision.get("facts", "")),
            "grounds": str(decision.get("grounds", "")),
            "appeal": Appeal(
                body=appeal.body.in_(language),
                term=days[language],
                ground=appeal.ground.in_(language),
            ),
            "authority": Authority(office=source.office, name=source.decided_by),
        }
    ).data()


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("a letter is dated")
    return value


_LETTERS: dict[str, Callable[[Source], dict[str, object]]] = {
    "certificate-permanent-address": _certificate,
    "refusal": _refusal,
}
