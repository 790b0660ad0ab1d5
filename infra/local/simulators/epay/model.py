"""What the simulated operator remembers, as it is written to its state file."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["pending", "paid", "denied", "expired"]
Word = Literal["PAID", "DENIED", "EXPIRED"]
OrderOfEvents = Literal["callback-first", "return-first", "together"]
Tamper = Literal["flip", "amount", "secret", "invoice"]
DeliveryState = Literal["waiting", "held", "dropped", "done", "given-up"]


class Faults(BaseModel):
    """What goes wrong with the notifications of one payment.

    `duplicate`: sent so many times more, at once. `delay`: real seconds before the first attempt.
    `order`: whether the browser or the notification comes first. `drop`: never sent. `hold`: not
    sent until released. `tamper`: the first `tampered` attempts are falsified: a byte flipped
    after signing, another `amount` (rightly signed), another merchant's secret, an invoice that
    nobody has.
    """

    model_config = ConfigDict(extra="forbid")

    duplicate: int = Field(default=0, ge=0, le=10)
    delay: float = Field(default=0, ge=0, le=3600)
    order: OrderOfEvents | None = None
    drop: bool = False
    hold: bool = False
    tamper: Tamper | None = None
    tampered: int = Field(default=1, ge=1, le=50)
    amount: str = Field(default="0.01", pattern=r"^[0-9]{1,9}(\.[0-9]{1,2})?$")


class Payment(BaseModel):
    """One request of the merchant; its invoice is never taken again."""

    invoice: str
    token: str
    cents: int
    currency: str
    description: str
    expires: float
    url_ok: str
    url_cancel: str
    language: Literal["bg", "en"]
    created: float
    status: Status = "pending"
    details: str = ""
    faults: Faults | None = None

    def line(self, word: Word) -> str:
        """The line of a notification; what belongs to a payment only where there was one."""
        details = self.details if word == "PAID" else ""
        return f"INVOICE={self.invoice}:STATUS={word}{details}"


class Delivery(BaseModel):
    """One notification on its way; `due` and `started` are seconds since 1970."""

    id: int
    invoice: str
    line: str
    due: float
    state: DeliveryState = "waiting"
    started: float | None = None
    attempts: int = 0
    tamper: Tamper | None = None
    tampered: int = 0
    amount: str = "0.01"


class Attempt(BaseModel):
    """One call of the merchant, and what came back."""

    at: str
    delivery: int
    attempt: int
    invoice: str
    line: str
    tampered: str = ""
    http: int | None = None
    answer: str = ""
    error: str = ""
    settled: bool = False


class State(BaseModel):
    """Everything."""

    payments: dict[str, Payment] = {}
    deliveries: list[Delivery] = []
    log: list[Attempt] = []
    coming: list[Faults] = []
    standing: Faults | None = None
    last_id: int = 0
