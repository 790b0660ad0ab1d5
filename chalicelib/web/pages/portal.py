"""Finding a service and applying for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.domain.money import Money
from chalicelib.domain.services.words import Term
from chalicelib.web.forms import ErrorView, FieldView, GroupView
from chalicelib.web.pages.common import Due, Row
from chalicelib.web.rendering import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCard:
    """A service in a list: its lowest fee and its shortest term."""

    code: str
    title: str
    summary: str
    fee_from: Money
    term_from: Term
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """The first page."""

    template: ClassVar[str] = "portal/home.html"

    services: tuple[ServiceCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesPage(Page):
    """All services, or those that a search found."""

    template: ClassVar[str] = "portal/services.html"

    query: str
    services: tuple[ServiceCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRow:
    """A tier with a way of delivery: its price and its term."""

    tier: str
    delivery: str
    amount: Money
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage(Page):
    """Everything to know before applying. `closed_because` is empty while it is open."""

    template: ClassVar[str] = "portal/service.html"

    code: str
    title: str
    summary: str
    what_you_get: str
    who_may_apply: str
    what_you_need: tuple[str, ...]
    fees: tuple[FeeRow, ...]
    term_begins_when_paid: bool
    legal_grounds: tuple[str, ...]
    register_number: str
    appeal_body: str
    appeal_term: Term
    silence: str
    attachments: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    closed_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationPage(Page):
    """The form. `token` makes a double submit harmless; `tier` asks how fast it should be;
    `version` is of the service as it is shown, `changes` what is new since they began."""

    template: ClassVar[str] = "portal/apply.html"

    code: str
    service: str
    token: str
    version: int
    tier: FieldView
    capacity: FieldView | None = None
    delivery: str
    groups: tuple[GroupView, ...]
    errors: tuple[ErrorView, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswersPage(Page):
    """Everything once more before sending. `posted` is the form, carried in hidden fields.
    `exemption` says why `fee` is less than `full_fee`; it is empty where it is not. `changes`
    is what is new in the service since they began."""

    template: ClassVar[str] = "portal/check.html"

    code: str
    service: str
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    fee: Money
    term: Term
    posted: Mapping[str, str]
    term_begins_when_paid: bool = True
    full_fee: Money | None = None
    exemption: str = ""
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage(Page):
    """Receipt acknowledged: number, moment, due date and why, what comes next."""

    template: ClassVar[str] = "portal/receipt.html"

    number: str
    service: str
    applicant: str
    filed_at: datetime
    fee: Money
    payment_due: bool
    pay_by: datetime | None
    due: Due | None
    silence: str
