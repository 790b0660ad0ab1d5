"""The back office."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from chalicelib.domain.money import Money
from chalicelib.web.forms import ErrorView
from chalicelib.web.pages.common import DocumentView, Due, JournalLine, Row, Status
from chalicelib.web.rendering import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A line of the worklist."""

    number: str
    service: str
    tier: str
    phase: str
    due: datetime | None
    late: bool
    assignee: str = ""
    mine: bool = False
    escalated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistPage(Page):
    """The unit's open tasks, late ones first."""

    template: ClassVar[str] = "office/worklist.html"

    unit: str
    shown: Literal["unit", "mine"]
    late: int
    tasks: tuple[Task, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpPage(Page):
    """Says, before personal data is shown, that looking is recorded, and asks why."""

    template: ClassVar[str] = "office/look-up.html"

    number: str
    service: str
    purposes: tuple[tuple[str, str], ...]
    errors: tuple[ErrorView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """What a register is asked, by what right, and whether it has answered."""

    title: str
    source: str
    ground: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """An attempt to pay."""

    invoice: str
    operator: str
    started_at: datetime
    status: Status
    paid: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeCasePage(Page):
    """Everything about a case on one page. `action` is what this official may do now."""

    template: ClassVar[str] = "office/case.html"

    number: str
    service: str
    tier: str
    status: Status
    phase: str
    phase_id: str
    assignee: str
    action: Literal["", "claim", "decide", "retry"]
    may_release: bool
    filed_at: datetime
    applicant: tuple[Row, ...]
    answers: tuple[Row, ...]
    evidence: tuple[EvidenceView, ...]
    documents: tuple[DocumentView, ...]
    due: Due | None
    phase_due: datetime | None
    fee: Money
    payment: Status
    attempts: tuple[PaymentRow, ...]
    journal: tuple[JournalLine, ...]
    trouble: str = ""
    opinions: tuple[Row, ...] = ()
    my_opinions: tuple[tuple[str, str], ...] = ()
    escalated_to: str = ""
    takers: tuple[tuple[str, str], ...] = ()
    may_extend: bool = False
    may_reopen: bool = False
    notes: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeChoice:
    """How the official may decide, and what must be given with it."""

    id: str
    title: str
    requires: tuple[str, ...]

    @property
    def asks_words(self) -> bool:
        """Whether facts or grounds go with it."""
        return not {"facts", "grounds"}.isdisjoint(self.requires)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePage(Page):
    """The decision: an outcome, and its facts and grounds where it needs them."""

    template: ClassVar[str] = "office/decide.html"

    number: str
    service: str
    phase_id: str
    version: int
    outcomes: tuple[OutcomeChoice, ...]
    appeal_body: str
    appeal_term: str
    checklist: tuple[tuple[str, str], ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    makes_document: bool = True
    checked: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    outcome: str = ""
    facts: str = ""
    grounds: str = ""
    errors: tuple[ErrorView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckCase:
    """A case that does not get on by itself."""

    number: str
    service: str
    phase: str
    trouble: str
    since: datetime
    times: int
    at_desk: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnattendedTask:
    """A task that nobody who is at work could take."""

    number: str
    service: str
    phase: str
    unit: str
    assignee: str
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthLine:
    """A part of the system and how it stands."""

    name: str
    status: Status
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage(Page):
    """The exception desk: stuck cases, and the health of what they lean on."""

    template: ClassVar[str] = "office/desk.html"

    cases: tuple[StuckCase, ...]
    unattended: tuple[UnattendedTask, ...] = ()
    health: tuple[HealthLine, ...] = ()
    today: date
