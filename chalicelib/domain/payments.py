"""Payments: what a case owes, the attempts to pay it, and what an operator's word changes.

The one rule for money: the credited amount is what operators confirmed, each operator's payment
counted once; a second real payment is kept as overpaid and never dropped.
"""

from datetime import datetime
from typing import Literal

from chalicelib.domain.ids import Invoice
from chalicelib.domain.money import Money
from chalicelib.domain.values import Value

NoticeStatus = Literal["paid", "denied", "expired"]
Verdict = Literal["accepted", "unknown", "failed"]


class Notice(Value):
    """What an operator says of one invoice. `amount` is None where the protocol sends none."""

    operator: str
    invoice: Invoice
    status: NoticeStatus
    paid_at: datetime | None = None
    reference: str = ""
    amount: Money | None = None


class Answer(Value):
    """What we say of one invoice of a notification."""

    invoice: Invoice
    verdict: Verdict


class CheckoutRequest(Value):
    """A payment to be started with an operator; `expires` is UTC."""

    invoice: Invoice
    amount: Money
    description: str
    language: Literal["bg", "en"]
    expires: datetime
    return_url: str
    cancel_url: str


class Checkout(Value):
    """Where the payer's browser goes, and with which form fields (POST)."""

    url: str
    fields: dict[str, str]
