"""What every payment operator promises, whatever its protocol."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.payments.epay import EpayOperator
from chalicelib.adapters.payments.memory import MemoryOperator
from chalicelib.domain.errors import Forged, Invalid
from chalicelib.domain.ids import Invoice
from chalicelib.domain.money import Money
from chalicelib.domain.payments import Answer, CheckoutRequest, Notice, Verdict
from chalicelib.ports.payments import PaymentOperator

PAID_AT = datetime(2026, 1, 15, 8, 30, tzinfo=UTC)
SECRET = "0123456789abcdef"


@dataclass(frozen=True)
class Party:
    """An operator and the way it would send notices."""

    operator: PaymentOperator
    notify: Callable[..., bytes]
    stranger: Callable[..., bytes]


def _epay_body(secret: str) -> Callable[..., bytes]:
    def line(notice: Notice) -> str:
        text = f"INVOICE={notice.invoice}:STATUS={notice.status.upper()}"
        if notice.status != "paid":
            return text
        text += ":PAY_TIME=20260115103000:STAN=000001:BCODE=000002"
        return text + (f":AMOUNT={notice.amount.decimal}:BIN=1" if notice.amount else "")

    def notify(*notices: Notice) -> bytes:
        encoded = base64.b64encode("\n".join(line(n) for n in notices).encode())
        checksum = hmac.new(secret.encode(), encoded, hashlib.sha1).hexdigest()
        return urlencode({"encoded": encoded, "checksum": checksum}).encode()

    return notify


def epay() -> Party:
    operator = EpayOperator(url="https://demo.epay.bg/", merchant="D1", secret=SECRET)
    return Party(operator, _epay_body(SECRET), _epay_body("a stranger's"))


def memory() -> Party:
    operator = MemoryOperator()
    return Party(operator, operator.notify, MemoryOperator(secret="a stranger's").notify)


PARTIES = {"epay": epay, "memory": memory}


@pytest.fixture(params=PARTIES)
def party(request: pytest.FixtureRequest) -> Party:
    return PARTIES[request.param]()


def checkout_request(invoice: str = "2600000001", cents: int = 1000) -> CheckoutRequest:
    return CheckoutRequest(
        invoice=Invoice(invoice),
        amount=Money(amount=cents),
        description="SZ-2026-000123-6",
        language="bg",
        expires=datetime(2026, 1, 22, 8, 30, tzinfo=UTC),
        return_url="http://localhost:8000/ok",
        cancel_url="http://localhost:8000/cancel",
    )


def notices(operator: str) -> tuple[Notice, ...]:
    paid = Notice(
        operator=operator,
        invoice=Invoice("1"),
        status="paid",
        paid_at=PAID_AT,
        reference="000001/000002",
    )
    return (
        paid,
        paid.model_copy(update={"invoice": "2", "amount": Money(amount=999)}),
        Notice(operator=operator, invoice=Invoice("3"), status="denied"),
        Notice(operator=operator, invoice=Invoice("4"), status="expired"),
    )


def test_it_has_a_name(party: Party) -> None:
    assert party.operator.name


def test_the_browser_is_told_where_to_go(party: Party) -> None:
    checkout = party.operator.checkout(checkout_request())
    assert checkout.url.startswith("https://")
    assert checkout.fields
    assert all(name and value for name, value in checkout.fields.items())


def test_each_attempt_is_its_own_request(party: Party) -> None:
    one = party.operator.checkout(checkout_request("1"))
    assert one != party.operator.checkout(checkout_request("2"))
    assert one == party.operator.checkout(checkout_request("1"))


@pytest.mark.parametrize("cents", [0, -1])
def test_nothing_cannot_be_paid(party: Party, cents: int) -> None:
    with pytest.raises(Invalid):
        party.operator.checkout(checkout_request(cents=cents))


def test_what_was_sent_is_read_in_order(party: Party) -> None:
    sent = notices(party.operator.name)
    assert party.operator.read(party.notify(*sent)) == sent


def test_a_notice_that_comes_twice_in_one_callback_is_one(party: Party) -> None:
    (first, *_) = notices(party.operator.name)
    assert party.operator.read(party.notify(first, first)) == (first,)


def test_reading_twice_reads_the_same(party: Party) -> None:
    body = party.notify(*notices(party.operator.name))
    assert party.operator.read(body) == party.operator.read(body)


def test_the_times_are_utc(party: Party) -> None:
    (notice, *_) = party.operator.read(party.notify(*notices(party.operator.name)))
    assert notice.paid_at == PAID_AT
    assert notice.paid_at.utcoffset() == PAID_AT.utcoffset()


def test_another_signer_is_a_forger(party: Party) -> None:
    with pytest.raises(Forged):
        party.operator.read(party.stranger(*notices(party.operator.name)))


def test_a_callback_without_notices_is_invalid(party: Party) -> None:
    with pytest.raises(Invalid):
        party.operator.read(party.notify())


def test_no_body_breaks_the_reader(party: Party) -> None:
    @given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
    def reads(body: bytes) -> None:
        with pytest.raises((Forged, Invalid)):
            party.operator.read(body)

    reads()


@pytest.mark.parametrize("verdict", ["accepted", "unknown", "failed"])
def test_the_answer_names_every_invoice_on_a_line_of_its_own(
    party: Party, verdict: Verdict
) -> None:
    answers = [Answer(invoice=Invoice(str(n)), verdict=verdict) for n in (71, 72, 73)]
    lines = party.operator.answer(answers).splitlines()
    assert len(lines) == len(answers)
    for answer, line in zip(answers, lines, strict=True):
        assert answer.invoice in line


def test_the_verdicts_are_told_apart(party: Party) -> None:
    said = {
        party.operator.answer([Answer(invoice=Invoice("1"), verdict=verdict)])
        for verdict in ("accepted", "unknown", "failed")
    }
    assert len(said) == 3


def test_a_fault_is_one_line(party: Party) -> None:
    assert party.operator.fault("a\nb").count("\n") == 1
