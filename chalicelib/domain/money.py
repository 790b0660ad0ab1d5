"""Money: integer minor units with a currency; decimal text only at the edges."""

import re
from typing import Literal

from chalicelib.domain.values import Value

Currency = Literal["EUR", "BGN"]
# No amount of a municipality has more digits; without a bound, text decides how long we count.
_DECIMAL = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?\Z")


class Money(Value):
    """`amount` is in minor units (cents, stotinki)."""

    amount: int
    currency: Currency = "EUR"

    def __str__(self) -> str:
        whole, cents = divmod(abs(self.amount), 100)
        return f"{'-' if self.amount < 0 else ''}{whole}.{cents:02d} {self.currency}"

    @property
    def decimal(self) -> str:
        """The amount as protocols want it: `22.80`."""
        return str(self).split(" ", maxsplit=1)[0]


def parse_decimal(text: str, currency: Currency) -> Money:
    """`22`, `22.8` and `22.80` as protocols send them. Raises ValueError for anything else."""
    if not _DECIMAL.match(text):
        raise ValueError("not an amount")
    whole, _, cents = text.partition(".")
    return Money(amount=int(whole) * 100 + int(cents.ljust(2, "0")), currency=currency)
