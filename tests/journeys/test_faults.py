"""The operator and the register misbehave; the case ends right, by itself."""

import pytest

from infra.local.caller import Caller, Json
from tests.journeys import calling
from tests.journeys.stack import until

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("stack")]
QUICKLY = 20.0


def attempt(citizen: Caller, **faults: object) -> tuple[str, str, str]:
    """A case before the operator's page: its number, the invoice, and the page."""
    number = calling.file(citizen)
    started = calling.checkout(citizen, number)
    at = calling.payer(citizen)
    page = at.arrive(started)
    if faults:
        at.order(action="faults", invoice=started["invoice"], **faults)
    return number, str(started["invoice"]), page


def told(citizen: Caller, invoice: str, times: int) -> list[Json]:
    """What was answered to the first so many notifications."""

    def enough() -> list[Json]:
        found = calling.payer(citizen).attempts(invoice)
        return found if len(found) >= times else []

    return until(enough, f"{times} notifications of {invoice}", QUICKLY)


def events(citizen: Caller, number: str) -> list[str]:
    """What happened, in order."""
    journal = calling.ok(citizen.get(f"/cases/{number}/journal"))
    return [entry["event"] for entry in journal["entries"]]


@pytest.mark.parametrize(
    "faults", [{"duplicate": 3}, {"delay": 1.5}, {"order": "return-first", "delay": 0.5}], ids=str
)
def test_paid_once_however_often_and_late_it_is_told(
    citizen: Caller, faults: dict[str, object]
) -> None:
    number, invoice, page = attempt(citizen, **faults)
    calling.payer(citizen).press(page, "pay")
    calling.await_phase(citizen, number, "examination")
    answers = told(citizen, invoice, 1 + int(str(faults.get("duplicate", 0))))
    assert all(one["settled"] for one in answers)
    assert events(citizen, number).count("payment-confirmed") == 1


@pytest.mark.parametrize("tamper", ["flip", "secret", "invoice"])
def test_a_false_notification_pays_nothing_and_the_true_one_still_counts(
    citizen: Caller, tamper: str
) -> None:
    number, invoice, page = attempt(citizen, tamper=tamper, tampered=1)
    calling.payer(citizen).press(page, "pay")
    first, second = told(citizen, invoice, 2)[:2]
    assert not first["settled"], first
    assert second["settled"], second
    calling.await_phase(citizen, number, "examination")
    assert events(citizen, number).count("payment-confirmed") == 1


def test_another_amount_is_not_paid(citizen: Caller) -> None:
    number, invoice, page = attempt(citizen, tamper="amount", amount="0.01")
    calling.payer(citizen).press(page, "pay")
    told(citizen, invoice, 1)
    case = calling.see(citizen, number)
    assert case["payment"]["status"] == "due"
    assert case["payment"]["attempts"][0]["status"] == "mismatched"
    assert case["phase"]["id"] == "payment"


@pytest.mark.parametrize(("act", "status"), [("deny", "denied"), ("expire", "expired")])
def test_an_attempt_that_fails_leaves_room_for_another(
    citizen: Caller, act: str, status: str
) -> None:
    number, invoice, _ = attempt(citizen)
    calling.payer(citizen).order(action=act, invoice=invoice)
    told(citizen, invoice, 1)
    (failed,) = calling.see(citizen, number)["payment"]["attempts"]
    assert failed["status"] == status
    second = calling.pay(citizen, number)
    assert second != invoice
    assert calling.see(citizen, number)["payment"]["status"] == "paid"


def test_an_old_refusal_does_not_undo_a_payment(citizen: Caller) -> None:
    number = calling.file(citizen)
    invoice = calling.pay(citizen, number)
    calling.payer(citizen).order(action="notify", invoice=invoice, status="DENIED")
    told(citizen, invoice, 2)
    assert calling.see(citizen, number)["payment"]["status"] == "paid"


def test_a_case_waits_visibly_for_a_register_that_is_down_and_goes_on_by_itself(
    citizen: Caller, registrar: Caller
) -> None:
    register = citizen.endpoints["simulators"]["uscrasp"]
    number = calling.file(citizen)
    calling.pay(citizen, number)
    citizen.http.post(f"{register}/control", json={"down": True}).raise_for_status()
    try:
        calling.decide(registrar, number)
        waiting = calling.await_case(
            citizen, number, lambda case: case["trouble"], "the case shows the hindrance"
        )
        assert waiting["trouble"]["source"] == "uscrasp"
        assert waiting["status"] == "open"
    finally:
        citizen.http.post(f"{register}/control", json={"down": False}).raise_for_status()
    finished = calling.await_end(citizen, number, seconds=90)
    assert finished["trouble"] is None
    assert events(citizen, number).count("document-issued") == 1
