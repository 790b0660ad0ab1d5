"""The public check of a document: by the QR code's token, by its number, by its file's digest."""

import hmac
import re
from typing import Literal

from chalice import Blueprint, Response

from chalicelib.domain.ids import DocumentId
from chalicelib.handlers.http import page
from chalicelib.handlers.visit import Visit
from chalicelib.usecases import documents
from chalicelib.usecases.documents import Facts, Verification
from chalicelib.web.forms import ErrorView
from chalicelib.web.i18n import N_, say
from chalicelib.web.pages.verify import IssuedFacts, Verdict, VerdictPage, VerifyPage

bp = Blueprint(__name__)

# What a signed statement of ours looks like; anything else was cut off or never was one.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,2000}\.[A-Za-z0-9_-]{1,4000}\.[A-Za-z0-9_-]{1,1000}")
_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{26}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SEPARATORS = re.compile(r"[\s-]+")
_LONGEST = 200
_WRONG_ID = N_("The number of a document has 26 letters and digits")

Comparison = Literal["", "same", "different", "malformed"]


@page(bp, "/verify")
def check_document(visit: Visit) -> Response:
    """`t`: the token of the QR code, or `id`: the number; `digest`: the file's, if at hand."""
    token, typed = visit.query("t"), visit.query("id")[:_LONGEST]
    if token:
        return _by_token(visit, token)
    if not typed.strip():
        return visit.show(VerifyPage(digest=visit.query("digest")[:_LONGEST]))
    number = _SEPARATORS.sub("", typed).lower()
    if not _ID.fullmatch(number):
        wrong = ErrorView(field="id", text=say(visit.language, _WRONG_ID))
        return visit.show(VerifyPage(typed=typed, errors=(wrong,)), status=422)
    return _answer(visit, documents.verify_id(visit.ports, DocumentId(number)))


def _by_token(visit: Visit, token: str) -> Response:
    if not _TOKEN.fullmatch(token):
        return visit.show(VerdictPage(verdict="malformed", checked_at=visit.now))
    return _answer(visit, documents.verify_token(visit.ports, token), token)


def _answer(visit: Visit, found: Verification, token: str = "") -> Response:
    digest = _SEPARATORS.sub("", visit.query("digest")[:_LONGEST]).lower()
    comparison = _compared(digest, found.facts)
    content = VerdictPage(
        verdict=_verdict(found, comparison),
        checked_at=visit.now,
        facts=_facts(visit, found.facts) if found.facts else None,
        token=token,
        digest=digest,
        comparison=comparison,
    )
    return visit.show(content)


def _verdict(found: Verification, comparison: Comparison) -> Verdict:
    if found.verdict == "forged" or comparison == "different":
        return "altered"
    return "genuine" if found.verdict == "genuine" else "unknown"


def _compared(digest: str, facts: Facts | None) -> Comparison:
    if not digest or facts is None:
        return ""
    if not _DIGEST.fullmatch(digest):
        return "malformed"
    return "same" if hmac.compare_digest(digest, facts.digest) else "different"


def _facts(visit: Visit, facts: Facts) -> IssuedFacts:
    return IssuedFacts(
        id=facts.id,
        kind=facts.title.in_(visit.language),
        case_number=facts.number,
        issued_on=facts.issued_on,
        digest=facts.digest,
        size=facts.size,
    )
