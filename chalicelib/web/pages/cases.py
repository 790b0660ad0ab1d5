"""A citizen's cases and their payment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from chalicelib.domain.money import Money
from chalicelib.web.pages.common import DocumentView, Due, JournalLine, Moment, Row, Status
from chalicelib.web.rendering import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """A case in a list."""

    number: str
    service: str
    filed_at: datetime
    status: Status
    due: date | None = None
    to_pay: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesPage(Page):
    """My cases; `next` is the cursor to older ones."""

    template: ClassVar[str] = "portal/cases.html"

    cases: tuple[CaseCard, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A refusal as the citizen must be able to read it."""

    facts: str
    grounds: str
    appeal_body: str
    appeal_term: str
    appeal_ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage(Page):
    """One case: how it stands, what to do, what happened, what comes."""

    template: ClassVar[str] = "portal/case.html"

    number: str
    service: str
    status: Status
    what_now: str
    filed_at: datetime
    fee: Money
    payment: Status
    payable: bool
    pay_by: datetime | None
    due: Due | None
    documents: tuple[DocumentView, ...]
    refusal: Decision | None
    timeline: tuple[Moment, ...]
    answers: tuple[Row, ...]
    lookups: tuple[JournalLine, ...]
    may_correct: bool = False
    instruction: tuple[Row, ...] = ()
    may_withdraw: bool = False
    reasons: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPage(Page):
    """Every entry, and how to check them oneself."""

    template: ClassVar[str] = "portal/journal.html"

    number: str
    lines: tuple[JournalLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorChoice:
    """A way to pay."""

    name: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPage(Page):
    """How to pay. `back` says how the payer came back from the operator, if they did."""

    template: ClassVar[str] = "portal/payment.html"

    number: str
    service: str
    amount: Money
    pay_by: datetime | None
    operators: tuple[OperatorChoice, ...]
    problem: Literal["", "denied", "expired", "cancelled", "choose"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPage(Page):
    """A form to the operator's site: the payer presses the button."""

    template: ClassVar[str] = "portal/hand-over.html"

    number: str
    amount: Money
    operator: str
    address: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReturnPage(Page):
    """After the operator: paid, or not heard yet."""

    template: ClassVar[str] = "portal/payment-return.html"

    number: str
    amount: Money
    state: Literal["paid", "waiting"]
    due: Due | None = None
