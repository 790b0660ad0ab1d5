"""What several pages show, and the pages that belong to nobody in particular."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from chalicelib.web.rendering import Page

Tone = Literal["done", "late", "wait", "off", "plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How something stands, as a coloured word."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A due date with the sentences that explain it; provisional until the term has begun."""

    day: date
    steps: tuple[str, ...]
    provisional: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A name and a value; `change` is the field to go back to."""

    name: str
    value: str
    change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A line of a timeline. What lies ahead has no time yet."""

    title: str
    at: datetime | None = None
    text: str = ""
    state: Literal["past", "now", "ahead"] = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document to download; `size` in bytes."""

    id: str
    title: str
    issued_at: datetime
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """An entry of the journal as people read it."""

    seq: int
    at: datetime
    who: str
    what: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """Any error: what happened, what to do, and a reference for those who help."""

    template: ClassVar[str] = "error.html"

    status: int
    title: str
    advice: str
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSignedInPage(Page):
    """Says that signing in comes next and where; `continue_path` starts it."""

    template: ClassVar[str] = "sign-in.html"

    continue_path: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOutPage(Page):
    """After signing out."""

    template: ClassVar[str] = "signed-out.html"

    everywhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityPage(Page):
    """The accessibility statement (Directive (EU) 2016/2102)."""

    template: ClassVar[str] = "accessibility.html"

    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyPage(Page):
    """What is done with personal data, in short."""

    template: ClassVar[str] = "privacy.html"
