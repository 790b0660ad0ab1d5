"""Documents that were issued: a link for those who may read one, and the check that is for all."""

from datetime import date, datetime, timedelta
from typing import Literal

from chalicelib.domain.access import Principal, require_sight, serves
from chalicelib.domain.cases import deciding
from chalicelib.domain.cases.state import Case, DocumentKind, IssuedDocument
from chalicelib.domain.documents import Issuance
from chalicelib.domain.errors import Forged, NotFound
from chalicelib.domain.ids import CaseNumber, DocumentId
from chalicelib.domain.services.language import ServiceModel, Text
from chalicelib.domain.values import Value
from chalicelib.ports import Ports
from chalicelib.usecases.changing import change, model_of

# Long enough to begin a download, too short to be passed on.
LINK_LASTS = timedelta(minutes=2)
DOWNLOADED = "Изтегляне на документ"

Verdict = Literal["genuine", "unknown", "forged"]


class Link(Value):
    """Where to download a document until `expires` (UTC)."""

    document: IssuedDocument
    url: str
    expires: datetime


class Facts(Value):
    """What anybody may know of an issued document. `issued_on` is a day of the administration."""

    id: DocumentId
    kind: DocumentKind
    title: Text
    number: CaseNumber
    issued_on: date
    issuer: Text
    digest: str
    size: int


class Verification(Value):
    """Whether a document is genuine; the facts only if it is."""

    verdict: Verdict
    facts: Facts | None = None


UNKNOWN = Verification(verdict="unknown")
FORGED = Verification(verdict="forged")


def link(ports: Ports, principal: Principal, document: DocumentId, now: datetime) -> Link:
    """A short-lived link for the applicant or an official of the unit.

    That an official took it is journalled before they have it. Raises NotFound,
    StorageUnavailable, Busy.
    """
    case, issued = _issued(ports, document)
    require_sight(principal, applicant=case.applicant, units=case.units)
    if serves(principal, case.units):
        change(
            ports,
            case.id,
            principal.actor,
            now,
            lambda case, model: deciding.view_private(case, principal, DOWNLOADED),
        )
    title = _title(model_of(ports, case), issued).in_(issued.language)
    url = ports.documents.link(
        issued.key, f"{title} {case.number}.pdf", int(LINK_LASTS.total_seconds())
    )
    return Link(document=issued, url=url, expires=now + LINK_LASTS)


def verify_id(ports: Ports, document: DocumentId) -> Verification:
    """Whether a document with this id was issued. Raises Busy."""
    try:
        case, issued = _issued(ports, document)
    except NotFound:
        return UNKNOWN
    return Verification(verdict="genuine", facts=_facts(ports, case, issued))


def verify_token(ports: Ports, token: str) -> Verification:
    """What the statement in a QR code is worth: it must be ours, and the record must agree.

    Raises Busy, SealUnavailable.
    """
    try:
        stated = Issuance.from_claims(ports.verifier(token, ports.attestation.keys()))
    except Forged:
        return FORGED
    found = verify_id(ports, stated.document)
    if found.facts is None:
        return UNKNOWN
    agrees = (stated.number, stated.issued, stated.issuer) == (
        found.facts.number,
        found.facts.issued_on,
        ports.administration.code,
    )
    return found if agrees else FORGED


def _issued(ports: Ports, document: DocumentId) -> tuple[Case, IssuedDocument]:
    record = ports.records.document(document)
    if record is None:
        raise NotFound(what="document")
    case = ports.cases.load(record.case)
    for issued in case.documents:
        if issued.id == document:
            return case, issued
    raise NotFound(what="document")


def _facts(ports: Ports, case: Case, issued: IssuedDocument) -> Facts:
    return Facts(
        id=issued.id,
        kind=issued.kind,
        title=_title(model_of(ports, case), issued),
        number=case.number,
        issued_on=ports.calendar.local_date(issued.issued_at),
        issuer=ports.administration.name,
        digest=issued.digest,
        size=issued.size,
    )


def _title(model: ServiceModel, issued: IssuedDocument) -> Text:
    titles = (result.title for result in model.results if result.template == issued.template)
    return next(titles, model.title)
