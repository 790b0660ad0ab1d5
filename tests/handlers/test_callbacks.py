"""ePay.bg's notifications at our door: by the protocol, or refused in its words; never a 500."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Busy
from chalicelib.domain.ids import CaseNumber
from tests.api import OWNER, Answered, Api, logged, opened
from tests.notices import epay_body

STRANGE_SECRET = "b" * 64


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    with opened(monkeypatch) as api:
        yield api


@pytest.fixture
def number(api: Api) -> CaseNumber:
    return api.filed()


def start(api: Api, number: CaseNumber, key: str = "p") -> str:
    """An attempt's invoice."""
    started = api.post(f"/cases/{number}/payments", OWNER, {"operator": "epay"}, key)
    return str(started.json["invoice"])


def order(api: Api, number: CaseNumber) -> dict[str, Any]:
    """What is owed and tried."""
    payment: dict[str, Any] = api.get(f"/cases/{number}", OWNER).json["payment"]
    return payment


def said(answer: Answered) -> str:
    """The text, which must be plain text."""
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    return answer.body.decode()


def test_a_payment_is_taken_once_and_answered_every_time(api: Api, number: CaseNumber) -> None:
    invoice = start(api, number)
    for _ in range(3):
        answer = api.notify(f"INVOICE={invoice}:STATUS=PAID")
        assert (answer.status, said(answer)) == (200, f"INVOICE={invoice}:STATUS=OK\n")
    assert order(api, number)["status"] == "paid"
    exported = api.get(f"/cases/{number}/journal", OWNER).json
    assert [e["event"] for e in exported["entries"]].count("payment-confirmed") == 1


def test_words_come_in_any_order(api: Api, number: CaseNumber) -> None:
    first, second = start(api, number, "a"), start(api, number, "b")
    api.notify(f"INVOICE={first}:STATUS=PAID")
    late = api.notify(f"INVOICE={first}:STATUS=DENIED", paid=False)
    assert said(late) == f"INVOICE={first}:STATUS=OK\n"
    twice = api.notify(f"INVOICE={second}:STATUS=PAID")
    assert said(twice) == f"INVOICE={second}:STATUS=OK\n"
    found = order(api, number)
    assert found["status"] == "paid"
    assert [attempt["status"] for attempt in found["attempts"]] == ["paid", "overpaid"]


def test_a_wrong_amount_is_not_paid(api: Api, number: CaseNumber) -> None:
    invoice = start(api, number)
    answer = api.notify(f"INVOICE={invoice}:STATUS=PAID:AMOUNT=0.01")
    assert said(answer) == f"INVOICE={invoice}:STATUS=OK\n"
    found = order(api, number)
    assert (found["status"], found["attempts"][0]["status"]) == ("due", "mismatched")


def test_an_unknown_invoice_is_told_so(api: Api) -> None:
    for _ in range(2):
        answer = api.notify("INVOICE=999:STATUS=PAID")
        assert (answer.status, said(answer)) == (200, "INVOICE=999:STATUS=NO\n")


def test_a_forged_notification_is_refused(api: Api, number: CaseNumber) -> None:
    invoice = start(api, number)
    refused = api.notify(f"INVOICE={invoice}:STATUS=PAID", secret=STRANGE_SECRET)
    assert (refused.status, said(refused)) == (400, "ERR=forged\n")
    assert order(api, number)["status"] == "due"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"encoded=x", 400),
        (b"encoded=&checksum=", 400),
        (b"encoded=%FF&checksum=%FF", 400),
        (b"\xff\xfe", 400),
        ("encoded=я&checksum=я".encode(), 400),
        (b"a=1&" * 40, 400),
        (b"encoded=" + b"A" * 600_000 + b"&checksum=0", 400),
        (b"encoded=" + b"A" * 1_100_000 + b"&checksum=0", 413),
    ],
    ids=range(9),
)
def test_what_is_no_notification(api: Api, body: bytes, status: int) -> None:
    refused = api.callback(body)
    assert refused.status == status
    assert said(refused).startswith("ERR=")


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", "я"])
def test_only_a_form_is_read(api: Api, number: CaseNumber, kind: str) -> None:
    invoice = start(api, number)
    refused = api.callback(epay_body(f"INVOICE={invoice}:STATUS=PAID"), kind)
    assert (refused.status, said(refused)) == (415, "ERR=unsupported-media-type\n")
    assert order(api, number)["status"] == "due"


@pytest.mark.parametrize("error", [Busy(), KeyError("x")])
def test_what_we_cannot_take_now_comes_again(
    api: Api, number: CaseNumber, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    invoice = start(api, number)
    with monkeypatch.context() as broken:
        broken.setattr(api.world.cases, "save", fail)
        refused = api.notify(f"INVOICE={invoice}:STATUS=PAID")
    assert (refused.status, refused.headers["Retry-After"]) == (503, "5")
    assert said(refused).startswith("ERR=")
    assert said(api.notify(f"INVOICE={invoice}:STATUS=PAID")).endswith("STATUS=OK\n")


def test_without_its_keys_it_still_answers(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_name: str) -> None:
        raise RuntimeError("no secrets today")

    monkeypatch.setattr(api.world, "operator", gone)
    refused = api.notify("INVOICE=1:STATUS=PAID")
    assert (refused.status, said(refused)) == (503, "")


def test_only_posts_come(api: Api) -> None:
    assert api.call("GET", "/callbacks/epay").status == 405


def test_nothing_of_a_callback_is_logged(api: Api, number: CaseNumber) -> None:
    invoice = start(api, number)
    with logged() as lines:
        api.notify(f"INVOICE={invoice}:STATUS=PAID")
        api.notify(f"INVOICE={invoice}:STATUS=PAID", secret=STRANGE_SECRET)
    assert _quiet(lines, invoice)


def _quiet(lines: io.StringIO, invoice: str) -> bool:
    text = lines.getvalue()
    return bool(text) and not any(w in text for w in (invoice, "036257", "encoded", "INVOICE"))


@given(body=st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_no_body_makes_a_fault(body: bytes) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch, opened(monkeypatch) as api:
        refused = api.callback(body)
    assert refused.status == 400
    assert said(refused).startswith("ERR=")


@given(at=st.integers(min_value=0), flip=st.integers(min_value=1, max_value=255))
def test_no_changed_byte_pays(at: int, flip: int) -> None:
    body = bytearray(epay_body("INVOICE=1:STATUS=PAID"))
    body[at % len(body)] ^= flip
    with pytest.MonkeyPatch.context() as monkeypatch, opened(monkeypatch) as api:
        answer = api.callback(bytes(body))
    # Names are read in any case, and so is the checksum: those are the same notification.
    assert answer.status == 400 or said(answer) == "INVOICE=1:STATUS=NO\n"
