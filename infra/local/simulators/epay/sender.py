"""Sends what is due to the merchant's address, a few at once, until it is settled."""

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from infra.local.simulators.epay import protocol
from infra.local.simulators.epay.desk import Desk, iso
from infra.local.simulators.epay.model import Attempt, Delivery

_ANSWER_MAX = 64 * 1024
_LOGGED_MAX = 500
_LONGEST_WAIT = 1.0  # seconds; a clock that jumps is noticed
_UNKNOWN_INVOICE = "99999999999999999999"
Post = Callable[[bytes], tuple[int, str]]


class Sender:
    """A thread that watches the desk, and four that call the merchant."""

    def __init__(self, desk: Desk, secret: str, post: Post, clock: Callable[[], float]) -> None:
        self._desk, self._secret, self._post, self._clock = desk, secret, post, clock
        self._stopped = False
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="epay")
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Sends from now on; what was due while nobody ran is sent at once."""
        self._thread.start()

    def stop(self) -> None:
        """No new attempts; waits for those on their way."""
        with self._desk.changed:
            self._stopped = True
            self._desk.changed.notify_all()
        self._thread.join()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self) -> None:
        while not self._stopped:
            self._desk.expire()
            for delivery in self._desk.take_due():
                self._pool.submit(self.attempt, delivery).add_done_callback(_say)
            with self._desk.changed:
                due = self._desk.next_due()
                wait = _LONGEST_WAIT if due is None else due - self._clock()
                if not self._stopped and wait > 0:
                    self._desk.changed.wait(min(wait, _LONGEST_WAIT))

    def attempt(self, delivery: Delivery) -> None:
        """One call of the merchant, falsified where that was ordered."""
        tamper = delivery.tamper if delivery.attempts < delivery.tampered else None
        attempt = Attempt(
            at=iso(self._clock()),
            delivery=delivery.id,
            attempt=delivery.attempts + 1,
            invoice=delivery.invoice,
            line=delivery.line,
            tampered=tamper or "",
        )
        try:
            attempt.http, answer = self._post(body_of(delivery, tamper, self._secret))
            attempt.answer = answer[:_LOGGED_MAX]
            settled = protocol.is_settled(answer, delivery.invoice)
            attempt.settled = attempt.http == 200 and settled
        except (OSError, HTTPException) as error:
            attempt.error = type(error).__name__
        self._desk.record(delivery, attempt)


def _say(attempt: Future[None]) -> None:
    fault = None if attempt.cancelled() else attempt.exception()
    if fault is not None:
        traceback.print_exception(fault)


def body_of(delivery: Delivery, tamper: str | None, secret: str) -> bytes:
    """The notification's body, falsified as ordered."""
    line = delivery.line
    if tamper == "amount":
        line += f":AMOUNT={delivery.amount}:BIN=412345"
    if tamper == "invoice":
        line = line.replace(f"INVOICE={delivery.invoice}", f"INVOICE={_UNKNOWN_INVOICE}")
    signer = "the secret of another merchant" if tamper == "secret" else secret
    encoded, signature = protocol.signed(signer, line)
    if tamper == "flip":
        at = len(encoded) // 2
        encoded = encoded[:at] + chr(ord(encoded[at]) ^ 1) + encoded[at + 1 :]
    return protocol.form_body(encoded, signature)


def poster(url: str, timeout: float = 20.0) -> Post:
    """Calls this address with a form. Raises OSError and HTTPException when called."""
    split = urlsplit(url)
    kind = HTTPSConnection if split.scheme == "https" else HTTPConnection
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")

    def post(body: bytes) -> tuple[int, str]:
        with closing(kind(split.hostname or "", split.port, timeout=timeout)) as connection:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            return response.status, response.read(_ANSWER_MAX).decode("utf-8", "replace")

    return post
