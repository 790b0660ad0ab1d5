"""The fee of a service: tier × delivery, each with the dates on which it holds."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from chalicelib.domain.errors import Fault, Invalid


class Priced(Protocol):
    """What choosing a fee needs to know of one."""

    @property
    def tier(self) -> str: ...
    @property
    def delivery(self) -> str: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


P = TypeVar("P", bound=Priced)


def choose(fees: Sequence[P], tier: str, delivery: str, on: date) -> P:
    """The one fee that holds on a local date. Raises Invalid, naming the field at fault."""
    of_tier = [fee for fee in fees if fee.tier == tier]
    if not of_tier:
        raise Invalid([Fault(field="tier", code="unknown-tier")])
    delivered = [fee for fee in of_tier if fee.delivery == delivery]
    if not delivered:
        raise Invalid([Fault(field="delivery", code="no-such-delivery-for-tier")])
    for fee in delivered:
        if holds(fee, on):
            return fee
    raise Invalid([Fault(field="tier", code="no-fee-on-date", facts={"date": on.isoformat()})])


def holds(fee: Priced, on: date) -> bool:
    """Whether a fee is valid on a local date; both ends are included."""
    return fee.valid_from <= on and (fee.valid_to is None or on <= fee.valid_to)
