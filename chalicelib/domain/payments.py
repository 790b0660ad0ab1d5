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


AttemptStatus = Literal["pending", "paid", "denied", "expired", "mismatched", "overpaid"]
OrderStatus = Literal["not-due", "due", "paid", "expired"]

# Which word of an operator may follow which state of an attempt. A late refusal never undoes a
# payment; money that arrives after a refusal or an expiry is still money.
_TRANSITIONS: dict[AttemptStatus, frozenset[NoticeStatus]] = {
    "pending": frozenset({"paid", "denied", "expired"}),
    "denied": frozenset({"paid"}),
    "expired": frozenset({"paid"}),
    "paid": frozenset(),
    "mismatched": frozenset(),
    "overpaid": frozenset(),
}


class Attempt(Value):
    """One try to pay an order with one operator; its invoice is used once ever."""

    invoice: Invoice
    operator: str
    started_at: datetime
    expires_at: datetime
    status: AttemptStatus = "pending"
    reference: str = ""
    paid: Money | None = None


class Order(Value):
    """What a case owes, and what has been tried."""

    amount: Money
    status: OrderStatus
    attempts: tuple[Attempt, ...] = ()

    def attempt(self, invoice: Invoice) -> Attempt | None:
        """The attempt with this invoice, if it is ours."""
        return next((a for a in self.attempts if a.invoice == invoice), None)

    def replaced(self, attempt: Attempt) -> "Order":
        """The order with this attempt in place of the one with its invoice."""
        attempts = tuple(attempt if a.invoice == attempt.invoice else a for a in self.attempts)
        return self.model_copy(update={"attempts": attempts})

    @property
    def credited(self) -> Money:
        """What counts towards the fee: each payment once."""
        total = sum(a.paid.amount for a in self.attempts if a.status == "paid" and a.paid)
        return Money(amount=total, currency=self.amount.currency)

    @property
    def received(self) -> Money:
        """Everything operators confirmed, what is to be refunded included."""
        total = sum(a.paid.amount for a in self.attempts if a.paid)
        return Money(amount=total, currency=self.amount.currency)


def judge(order: Order, attempt: Attempt, notice: Notice) -> AttemptStatus | None:
    """What the attempt becomes by this notice; None when the notice changes nothing.

    A payment of another sum or currency is `mismatched`, a payment of what is no longer owed is
    `overpaid`: both are kept, neither is credited, and a person decides.
    """
    if notice.status not in _TRANSITIONS[attempt.status]:
        return None
    if notice.status != "paid":
        return notice.status
    if notice.amount is not None and notice.amount != order.amount:
        return "mismatched"
    return "paid" if order.status == "due" else "overpaid"
