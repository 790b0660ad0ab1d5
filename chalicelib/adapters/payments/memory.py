"""A payment operator in memory, for tests: the port's promises without a protocol."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from chalicelib.domain.errors import Fault, Forged, Invalid
from chalicelib.domain.payments import Answer, Checkout, CheckoutRequest, Notice

_NOTICES = TypeAdapter(tuple[Notice, ...])


@dataclass
class MemoryOperator:
    """Implements ports.payments.PaymentOperator; `requests` holds the checkouts so far."""

    name: str = "memory"
    secret: str = "secret of the twin"  # noqa: S105 - nobody's
    requests: list[CheckoutRequest] = field(default_factory=list)

    def checkout(self, request: CheckoutRequest) -> Checkout:
        """Remembers the request. Raises Invalid for an amount that nobody can pay."""
        if request.amount.amount <= 0:
            raise Invalid([Fault(field="amount", code="payment.amount")])
        self.requests.append(request)
        return Checkout(url="https://operator.invalid/", fields={"invoice": request.invoice})

    def notify(self, *notices: Notice) -> bytes:
        """The body of a callback with these notices, as this operator would send it."""
        sent = _NOTICES.dump_python(notices, mode="json")
        return json.dumps({"secret": self.secret, "notices": sent}).encode()

    def read(self, body: bytes) -> tuple[Notice, ...]:
        """See the port. Raises Forged and Invalid."""
        try:
            message = dict(json.loads(body))
        except (ValueError, TypeError, RecursionError):
            raise _malformed() from None
        if message.get("secret") != self.secret:
            raise Forged(operator=self.name)
        try:
            notices = _NOTICES.validate_python(message.get("notices"))
        except ValidationError:
            raise _malformed() from None
        if not notices:
            raise _malformed()
        return tuple(dict.fromkeys(notices))

    def answer(self, answers: Sequence[Answer]) -> str:
        """One line an invoice."""
        return "".join(f"{a.invoice} {a.verdict}\n" for a in answers)

    def fault(self, text: str) -> str:
        """The whole callback failed."""
        return f"fault {' '.join(text.split())}\n"


def _malformed() -> Invalid:
    return Invalid([Fault(field="body", code="notification.malformed")])
