"""Orders to the simulator: faults, and acts of a payer or of time, as JSON or as a form."""

import json
from typing import Any, Literal

from pydantic import ValidationError

from infra.local.simulators.epay.desk import Desk
from infra.local.simulators.epay.model import Faults, Word
from infra.local.simulators.web import Request

Action = Literal["faults", "pay", "deny", "expire", "notify", "release", "reset"]
_FINISHING: dict[str, Word] = {"pay": "PAID", "deny": "DENIED", "expire": "EXPIRED"}


class Order(Faults):
    """One order: `action`, the invoice it is about, and for `faults` the faults themselves."""

    action: Action = "faults"
    invoice: str | None = None
    standing: bool = False
    status: Word = "DENIED"

    @property
    def faults(self) -> Faults:
        """The faults alone."""
        return Faults(**self.model_dump(include=set(Faults.model_fields)))


def read(request: Request) -> Order:
    """The order in a request; empty fields of a form count as not filled in. Raises ValueError."""
    if request.is_foreign:
        raise ValueError("orders come from this page or from a program, not from another site")
    try:
        fields: Any = json.loads(request.body) if request.is_json else request.fields
        filled = (
            {n: v for n, v in fields.items() if v != ""} if isinstance(fields, dict) else fields
        )
        return Order.model_validate(filled)
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise ValueError("; ".join(wrong)) from None
    except RecursionError:
        raise ValueError("too deep") from None


def obey(desk: Desk, order: Order) -> None:
    """Does it. Raises ValueError where it cannot be done."""
    if order.action == "reset":
        desk.reset()
        return
    if order.invoice is not None and desk.by_invoice(order.invoice) is None:
        raise ValueError("there is no payment with this invoice")
    if order.action == "faults":
        desk.order_faults(order.faults, order.invoice, standing=order.standing)
        return
    if order.invoice is None:
        raise ValueError("which invoice?")
    _with_payment(desk, order, order.invoice)


def _with_payment(desk: Desk, order: Order, invoice: str) -> None:
    if order.action == "notify":
        desk.send(invoice, order.status)
    elif order.action == "release":
        desk.release(invoice)
    elif desk.finish(invoice, _FINISHING[order.action]) is None:
        raise ValueError("the payment is finished already")
