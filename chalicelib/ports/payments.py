"""What the law needs of a payment operator."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.domain.payments import Answer, Checkout, CheckoutRequest, Notice


class PaymentOperator(Protocol):
    """One way to pay. Its protocol's particulars stay behind this."""

    name: str

    def checkout(self, request: CheckoutRequest) -> Checkout:
        """A signed request for the payer's browser to carry."""
        ...

    def read(self, body: bytes) -> tuple[Notice, ...]:
        """The verified notices of a callback. Raises Forged or Invalid."""
        ...

    def answer(self, answers: Sequence[Answer]) -> str:
        """The body that tells the operator what became of each notice."""
        ...

    def fault(self, text: str) -> str:
        """The body that tells the operator that the whole callback failed."""
        ...
