"""The operator's books: payments, what is to be notified, and what came of it. Thread-safe."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from infra.local.simulators.epay import protocol
from infra.local.simulators.epay.deliveries import enqueue, faults_of, recorded, untried
from infra.local.simulators.epay.model import (
    Attempt,
    Delivery,
    Faults,
    OrderOfEvents,
    Payment,
    State,
    Word,
)
from infra.local.simulators.epay.store import Store

_LOG_MAX = 2000
_STATUS = {"PAID": "paid", "DENIED": "denied", "EXPIRED": "expired"}
# What is due while the browser is on its way back, in real seconds.
_RETURN_FIRST = 2.0


class Desk:
    """One merchant's payments. `clock` is seconds since 1970, `token` gives unguessable words."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], float],
        token: Callable[[], str],
        speed: float = 1.0,
        order: OrderOfEvents = "callback-first",
    ) -> None:
        self._store, self._clock, self._token = store, clock, token
        self._speed, self._order = speed, order
        self._state, self._in_flight = store.load(), set[int]()
        self.changed = threading.Condition(threading.RLock())

    def now(self) -> float:
        """Seconds since 1970."""
        return self._clock()

    def register(self, order: protocol.Order, language: str) -> Payment:
        """Takes a request. Raises Rejected where the invoice was ever used."""
        with self._writing() as state:
            if order.invoice in state.payments:
                raise protocol.Rejected("used")
            payment = Payment.model_validate(
                {**vars(order), "token": self._token(), "language": language}
                | {"created": self._clock()}
            )
            state.payments[order.invoice] = payment
            return payment

    def payment(self, token: str) -> Payment | None:
        """By the secret of its page."""
        with self.changed:
            return next((p for p in self._state.payments.values() if p.token == token), None)

    def by_invoice(self, invoice: str) -> Payment | None:
        """By its number."""
        with self.changed:
            return self._state.payments.get(invoice)

    def finish(self, invoice: str, word: Word) -> OrderOfEvents | None:
        """Pays, denies or expires a pending payment; None where it is not pending any more."""
        with self._writing() as state:
            payment = state.payments[invoice]
            if payment.status != "pending":
                return None
            payment.status = _STATUS[word]  # type: ignore[assignment]
            if word == "PAID":
                payment.details = self._details(len(state.payments))
            faults = faults_of(state, payment)
            order = faults.order or self._order
            enqueue(state, payment.line(word), invoice, faults, self._due(faults, order))
            return order

    def send(self, invoice: str, word: Word) -> None:
        """Sends a rightly signed notification whatever the state: an old one that comes late."""
        with self._writing() as state:
            payment = state.payments[invoice]
            if word == "PAID" and not payment.details:
                payment.details = self._details(len(state.payments))
            enqueue(state, payment.line(word), invoice, Faults(), self._clock())

    def release(self, invoice: str) -> None:
        """Sends what is held, and what was dropped, of this invoice."""
        with self._writing() as state:
            for delivery in state.deliveries:
                if delivery.invoice == invoice and delivery.state in ("held", "dropped"):
                    delivery.state, delivery.due = "waiting", self._clock()

    def order_faults(self, faults: Faults, invoice: str | None, *, standing: bool) -> None:
        """For this payment, for the next one that is finished, or for all from now on."""
        with self._writing() as state:
            if invoice:
                state.payments[invoice].faults = faults
            elif standing:
                state.standing = faults
            else:
                state.coming.append(faults)

    def reset(self) -> None:
        """No more faults to come; what is on its way stays."""
        with self._writing() as state:
            state.coming, state.standing = [], None

    def expire(self) -> None:
        """Expires what nobody paid in time."""
        now = self._clock()
        with self.changed:
            late = [
                p.invoice
                for p in self._state.payments.values()
                if p.status == "pending" and p.expires <= now
            ]
        for invoice in late:
            self.finish(invoice, "EXPIRED")

    def take_due(self) -> list[Delivery]:
        """What is to be sent now; each is given out once until its attempt is recorded."""
        now = self._clock()
        with self.changed:
            due = [
                d
                for d in self._state.deliveries
                if d.state == "waiting" and d.due <= now and d.id not in self._in_flight
            ]
            self._in_flight |= {d.id for d in due}
            return [d.model_copy() for d in due]

    def record(self, delivery: Delivery, attempt: Attempt) -> None:
        """What came of an attempt; when it is repeated follows the published schedule."""
        now = self._clock()
        with self._writing() as state:
            self._in_flight.discard(delivery.id)
            state.log = [*state.log, attempt][-_LOG_MAX:]
            recorded(state, delivery.id, attempt, now, self._speed)

    def tell(self, invoice: str, timeout: float) -> None:
        """Waits until every notification of this invoice was tried once, or so many seconds."""
        with self.changed:
            self.changed.wait_for(lambda: not untried(self._state, invoice), timeout)

    def snapshot(self) -> State:
        """A copy of everything, for pages and logs."""
        with self.changed:
            return self._state.model_copy(deep=True)

    def next_due(self) -> float | None:
        """When something is due next, seconds since 1970."""
        with self.changed:
            waiting = [
                d.due
                for d in self._state.deliveries
                if d.state == "waiting" and d.id not in self._in_flight
            ]
            pending = [p.expires for p in self._state.payments.values() if p.status == "pending"]
            return min(waiting + pending, default=None)

    @contextmanager
    def _writing(self) -> Iterator[State]:
        with self.changed:
            yield self._state
            self._store.save(self._state)
            self.changed.notify_all()

    def _due(self, faults: Faults, order: OrderOfEvents) -> float:
        later = _RETURN_FIRST if order == "return-first" else 0
        return self._clock() + faults.delay + later

    def _details(self, number: int) -> str:
        stan = f"{number % 10**6:06d}"
        return f":PAY_TIME={protocol.stamp(self._clock())}:STAN={stan}:BCODE={stan[::-1]}"


def iso(moment: float) -> str:
    """A moment as RFC 3339 in UTC."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
