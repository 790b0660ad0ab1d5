"""The public check of a document. It names no person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from chalicelib.web.forms import ErrorView
from chalicelib.web.pages.common import Status
from chalicelib.web.rendering import Page

Verdict = Literal["genuine", "unknown", "altered", "malformed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyPage(Page):
    """Asks for a document's number, or for the digest of a file."""

    template: ClassVar[str] = "portal/verify.html"

    typed: str = ""
    digest: str = ""
    errors: tuple[ErrorView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedFacts:
    """What the record says of a document that was issued."""

    id: str
    kind: str
    case_number: str
    issued_on: date
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictPage(Page):
    """Whether the document is genuine. `comparison` is set once a digest was compared."""

    template: ClassVar[str] = "portal/verdict.html"

    verdict: Verdict
    checked_at: datetime
    facts: IssuedFacts | None = None
    token: str = ""
    digest: str = ""
    comparison: Literal["", "same", "different", "malformed"] = ""
    status: Status | None = None
