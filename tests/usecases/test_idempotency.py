"""The same key, the same answer; the same key with something else is refused."""

import pytest

from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.errors import KeyReused, NotPossible
from chalicelib.domain.ids import CaseNumber, PhaseId
from chalicelib.domain.services.language import Language
from chalicelib.usecases import applications, decisions, payments
from chalicelib.usecases.applications import Filing
from tests.notices import epay_body
from tests.walker import Walker
from tests.world import World, citizen, official

OWNER, CLERK = citizen(), official()
PHASE = PhaseId("examination")


def filing(**changes: object) -> Filing:
    given = {
        "service": "permanent-address",
        "tier": "regular",
        "delivery": "portal",
        "answers": {"purpose": "bank", "truth": True},
    }
    return Filing.model_validate({**given, **changes})


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def number(world: World) -> CaseNumber:
    case = applications.file_application(world, OWNER, filing(), "filing", world.now)
    Walker(world).settle(case.id)
    return case.number


def pay(world: World, number: CaseNumber, key: str, language: Language = "bg") -> str:
    return payments.begin_payment(world, OWNER, number, "epay", language, world.now, key=key)[1]


def test_a_payment_is_started_once_a_key(world: World, number: CaseNumber) -> None:
    first = payments.begin_payment(world, OWNER, number, "epay", "bg", world.now, key="a")
    world.pass_time(minutes=5)
    again = payments.begin_payment(world, OWNER, number, "epay", "bg", world.now, key="a")
    assert again[1:] == first[1:], "the same invoice and the same signed form"
    assert pay(world, number, "b") != first[1]
    assert len(world.cases.find(number).order.attempts) == 2


@pytest.mark.parametrize(
    ("key", "language"),
    [("a", "en"), ("filing", "bg")],
    ids=["another language", "the key of the application"],
)
def test_a_key_means_one_thing(
    world: World, number: CaseNumber, key: str, language: Language
) -> None:
    pay(world, number, "a")
    with pytest.raises(KeyReused):
        pay(world, number, key, language)


def test_keys_are_a_persons_own(world: World, number: CaseNumber) -> None:
    other = applications.file_application(world, citizen(1), filing(), "filing", world.now)
    assert other.number != number


def test_who_asks_again_after_paying_gets_the_first_answer(
    world: World, number: CaseNumber
) -> None:
    invoice = pay(world, number, "a")
    body = epay_body(f"INVOICE={invoice}:STATUS=PAID")
    payments.receive_notification(world, "epay", body, world.now)
    assert pay(world, number, "a") == invoice
    with pytest.raises(NotPossible):
        pay(world, number, "b")


def test_a_decision_is_made_once_a_key(world: World, number: CaseNumber) -> None:
    body = epay_body(f"INVOICE={pay(world, number, 'a')}:STATUS=PAID")
    payments.receive_notification(world, "epay", body, world.now)
    walker, case = Walker(world), world.cases.find(number)
    walker.settle(case.id)
    decisions.claim(world, CLERK, number, PHASE, world.now)
    approval = Decision(phase=PHASE, outcome="approve")
    first = decisions.decide(world, CLERK, number, approval, world.now, key="d")
    assert decisions.decide(world, CLERK, number, approval, world.now, key="d") == first
    with pytest.raises(NotPossible):
        decisions.decide(world, CLERK, number, approval, world.now)
    refusal = Decision(phase=PHASE, outcome="refuse", facts="f", grounds="g")
    with pytest.raises(KeyReused):
        decisions.decide(world, CLERK, number, refusal, world.now, key="d")


def test_a_case_as_filed_is_the_same_for_ever(world: World) -> None:
    filed = applications.file_application(world, OWNER, filing(), "k", world.now)
    number = filed.number
    body = epay_body(f"INVOICE={pay(world, number, 'p')}:STATUS=PAID")
    payments.receive_notification(world, "epay", body, world.now)
    Walker(world).settle(filed.id)
    later = applications.file_application(world, OWNER, filing(), "k", world.now)
    assert later.version > 1
    unchanged = {"version", "head"}  # of the record, not of the filing
    assert applications.as_filed(world, later).model_dump(exclude=unchanged) == filed.model_dump(
        exclude=unchanged
    )
