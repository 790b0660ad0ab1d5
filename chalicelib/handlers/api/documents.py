"""Documents: a link for those who may read one, the check for everybody."""

import re
from datetime import date
from typing import Literal

from chalice import Blueprint

from chalicelib.domain.access import OFFICIALS
from chalicelib.domain.errors import Fault, Invalid
from chalicelib.domain.ids import CaseNumber, DocumentId
from chalicelib.domain.services.language import Text
from chalicelib.handlers.api.call import Call
from chalicelib.handlers.api.models import Moment, Said
from chalicelib.handlers.api.operations import CITIZENS, operation
from chalicelib.usecases import documents
from chalicelib.usecases.documents import UNKNOWN, Verdict, Verification

bp = Blueprint(__name__)

_DIGEST = re.compile(r"[0-9a-f]{64}")


class DocumentLink(Said):
    """Where to download the document until `expires_at`; anybody who has the address may."""

    id: DocumentId
    kind: str
    url: str
    expires_at: Moment
    digest: str
    size: int


class VerificationView(Said):
    """Whether the administration issued the document. Names no person.

    `digest` is the SHA-256 of the file in hexadecimal; `file` compares it with the one asked
    about. `forged`: a statement that is not ours, or that the record contradicts.
    """

    verdict: Verdict
    document: DocumentId | None = None
    kind: Literal["result", "refusal"] | None = None
    title: Text | None = None
    issued_on: date | None = None
    issuer: Text | None = None
    case_number: CaseNumber | None = None
    digest: str | None = None
    size: int | None = None
    file: Literal["same", "different"] | None = None


@operation(
    bp, "GET", "/documents/{id}", DocumentLink, roles=CITIZENS | OFFICIALS, problems=(404,)
)  # fmt: skip
def link_document(call: Call, id: str) -> DocumentLink:  # noqa: A002 - the name in the path
    """A link that lives two minutes. That an official took it is journalled."""
    link = documents.link(call.ports, call.principal, DocumentId(id), call.now)
    return DocumentLink(
        id=link.document.id,
        kind=link.document.kind,
        url=link.url,
        expires_at=link.expires,
        digest=link.document.digest,
        size=link.document.size,
    )


@operation(
    bp, "GET", "/documents/{id}/verification", VerificationView, query=("token", "digest"),
    problems=(404, 422),
)  # fmt: skip
def verify_document(call: Call, id: str) -> VerificationView:  # noqa: A002
    """Checks a document by its id, and the token of its QR code if that is given too."""
    digest = _digest(call)
    token = call.query("token")
    found = documents.verify_id(call.ports, DocumentId(id))
    if token is not None:
        stated = documents.verify_token(call.ports, token)
        found = stated if stated in (found, UNKNOWN) else documents.FORGED
    return _view(found, digest)


@operation(
    bp, "GET", "/verification", VerificationView, query=("token", "digest"), problems=(422,)
)  # fmt: skip
def verify_token(call: Call) -> VerificationView:
    """Checks a document by the token of its QR code alone."""
    digest = _digest(call)
    token = call.query("token")
    if token is None:
        raise Invalid([Fault(field="token", code="required")])
    return _view(documents.verify_token(call.ports, token), digest)


def _digest(call: Call) -> str | None:
    digest = call.query("digest")
    if digest is not None and not _DIGEST.fullmatch(digest.lower()):
        raise Invalid([Fault(field="digest", code="pattern")])
    return digest.lower() if digest else None


def _view(found: Verification, digest: str | None) -> VerificationView:
    facts = found.facts
    if facts is None:
        return VerificationView(verdict=found.verdict)
    compared: Literal["same", "different"] = "same" if digest == facts.digest else "different"
    return VerificationView(
        verdict=found.verdict,
        document=facts.id,
        kind=facts.kind,
        title=facts.title,
        issued_on=facts.issued_on,
        issuer=facts.issuer,
        case_number=facts.number,
        digest=facts.digest,
        size=facts.size,
        file=compared if digest else None,
    )
