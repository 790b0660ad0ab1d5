"""Money: integer minor units with a currency; decimal text only at the edges."""

from typing import Literal

from chalicelib.domain.values import Value

Currency = Literal["EUR", "BGN"]


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
    whole, _, cents = text.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(cents) <= 2):
        raise ValueError("not an amount")
    if cents and not (cents.isascii() and cents.isdigit()):
        raise ValueError("not an amount")
    return Money(amount=int(whole) * 100 + int(cents.ljust(2, "0") or 0), currency=currency)
