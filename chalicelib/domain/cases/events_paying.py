"""What can happen to the fee of a case."""

from datetime import datetime
from typing import Literal

from chalicelib.domain.cases.happened import Happened
from chalicelib.domain.ids import Invoice
from chalicelib.domain.money import Money


class PaymentStarted(Happened):
    """The payer was sent to an operator."""

    kind: Literal["payment-started"] = "payment-started"
    invoice: Invoice
    operator: str
    expires_at: datetime


class PaymentConfirmed(Happened):
    """The fee was paid."""

    kind: Literal["payment-confirmed"] = "payment-confirmed"
    invoice: Invoice
    operator: str
    reference: str
    paid: Money
    paid_at: datetime


class PaymentFailed(Happened):
    """The payer refused, or the operator's time ran out."""

    kind: Literal["payment-failed"] = "payment-failed"
    invoice: Invoice
    operator: str
    status: Literal["denied", "expired"]


class PaymentParked(Happened):
    """Money came that settles nothing (another sum, or nothing owed): a person decides."""

    kind: Literal["payment-parked"] = "payment-parked"
    invoice: Invoice
    operator: str
    reference: str
    paid: Money
    status: Literal["mismatched", "overpaid"]
