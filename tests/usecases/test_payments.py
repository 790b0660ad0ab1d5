"""Payments that are started or told twice at once, and notices that fit no attempt."""

import pytest

from chalicelib.adapters.cases.memory import MemoryCases
from chalicelib.domain.errors import KeyReused, NotFound
from chalicelib.domain.ids import CaseNumber, Invoice
from chalicelib.ports.cases import InvoiceRecord, Taken
from chalicelib.usecases import applications, idempotency, payments
from chalicelib.usecases.changing import Beside, write
from tests.meanwhile import before
from tests.notices import epay_body
from tests.usecases.test_story import filing
from tests.world import World, citizen

OWNER = citizen()
LOST = Invoice("2600000777")  # of an attempt that the case knows nothing of


class Table(MemoryCases):
    """The twin; `backwards` is a counter that was restored from yesterday."""

    backwards = False

    def next_in(self, counter: str) -> int:
        return 1 if self.backwards else super().next_in(counter)


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def world(table: Table) -> World:
    return World(cases=table)


@pytest.fixture
def number(world: World) -> CaseNumber:
    return applications.file_application(world, OWNER, filing(), "filing", world.now).number


def start(world: World, number: CaseNumber, key: str | None, language: str = "bg") -> Invoice:
    return payments.begin_payment(
        world, OWNER, number, "epay", "en" if language == "en" else "bg", world.now, key=key
    )[1]


def tell(world: World, invoice: Invoice) -> str:
    body = epay_body(f"INVOICE={invoice}:STATUS=PAID")
    return payments.receive_notification(world, "epay", body, world.now)


def attempts(world: World, number: CaseNumber) -> list[Invoice]:
    return [attempt.invoice for attempt in world.cases.find(number).order.attempts]


def confirmations(world: World, number: CaseNumber) -> int:
    journal = world.cases.journal(world.cases.find(number).id)
    return [entry.event for entry in journal].count("payment-confirmed")


def test_a_payment_started_twice_at_once_is_one_attempt(
    world: World, number: CaseNumber, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin: list[Invoice] = []
    before(monkeypatch, world.cases, "save", lambda: twin.append(start(world, number, "key")))
    assert start(world, number, "key") == twin[0]
    assert attempts(world, number) == twin
    # The number that was not used is lost, and belongs to nobody.
    assert world.records.invoice(Invoice("2600000001")) is None


def test_of_two_payments_at_once_under_one_key_the_second_is_refused(
    world: World, number: CaseNumber, monkeypatch: pytest.MonkeyPatch
) -> None:
    before(monkeypatch, world.cases, "save", lambda: start(world, number, "key", "en"))
    with pytest.raises(KeyReused):
        start(world, number, "key")
    assert len(attempts(world, number)) == 1


@pytest.mark.parametrize("key", [None, "another"])
def test_no_two_attempts_ever_have_one_invoice(
    table: Table, world: World, number: CaseNumber, key: str | None
) -> None:
    """Operators take a number once ever: rather no payment than somebody else's."""
    first = start(world, number, "key")
    table.backwards = True
    with pytest.raises(Taken) as taken:
        start(world, number, key)
    assert taken.value.what == {"invoice"}
    assert attempts(world, number) == [first]
    assert world.records.remembered(OWNER.subject, "another") is None


def test_nobody_is_sent_to_pay_for_an_attempt_that_the_case_does_not_know(
    world: World, number: CaseNumber
) -> None:
    case = world.cases.find(number)
    asked = idempotency.asked(
        "key", "payment", {"case": number, "operator": "epay", "language": "bg"}
    )
    remembered = idempotency.record(OWNER, asked, case.id, LOST, world.now)
    write(world, case, [], OWNER.actor, world.now, Beside(remembered=remembered))
    with pytest.raises(NotFound) as unknown:
        start(world, number, "key")
    assert unknown.value.facts == {"what": "payment"}


def test_a_notice_that_comes_twice_at_once_counts_once(
    world: World, number: CaseNumber, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice, answers = start(world, number, "key"), list[str]()
    before(monkeypatch, world.cases, "save", lambda: answers.append(tell(world, invoice)))
    answers.append(tell(world, invoice))
    assert answers == [f"INVOICE={invoice}:STATUS=OK\n"] * 2
    assert confirmations(world, number) == 1
    order = world.cases.find(number).order
    assert order.received == order.amount


def test_a_notice_for_an_attempt_that_the_case_does_not_know_is_kept_and_answered_no(
    world: World, number: CaseNumber
) -> None:
    """An invoice on record whose case never heard of it: a person has to look at the money."""
    case = world.cases.find(number)
    record = InvoiceRecord(invoice=LOST, operator="epay", case=case.id)
    stored = write(world, case, [], OWNER.actor, world.now, Beside(invoice=record))

    answers = {tell(world, LOST) for _ in range(3)}

    assert answers == {f"INVOICE={LOST}:STATUS=NO\n"}
    assert world.cases.find(number) == stored
    kept = list(world.cases._notices.values())
    assert {(notice.invoice, notice.verdict) for notice in kept} == {(LOST, "unknown")}
    assert all(LOST in notice.body for notice in kept)
