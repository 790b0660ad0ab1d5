"""Joint phases: several units are asked at the same time, one leads."""

from datetime import datetime
from typing import Any

import pytest

from chalicelib.domain.cases.consulting import Opinion
from chalicelib.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotPossible
from chalicelib.usecases import decisions, viewing
from tests.every_word import full, phase
from tests.tale import CLERK, HEAD, Tale
from tests.world import official

PLANNER = official(name="Иван", unit="architecture")
STRANGER = official(name="Чужд", unit="taxes")


def asked(**opinion: Any) -> Tale:
    """A case in a joint phase; `opinion` changes what the first unit is asked."""
    data = full()
    data["eligibility"] = []
    phase(data, "opinions")["opinions"][0] |= opinion
    tale = Tale(data)
    tale.file(purpose="abroad")
    tale.pay()
    assert tale.stands == "opinions"
    return tale


def say(tale: Tale, which: str, who: Any = PLANNER, says: Any = "agrees", text: str = "") -> None:
    opinion = Opinion(opinion=which, says=says, text=text)
    decisions.give_opinion(tale.world, who, tale.number, opinion, tale.world.now)
    tale.settle()


def late(tale: Tale) -> datetime:
    phase = tale.case.phase
    assert phase is not None
    assert phase.due_at is not None
    return phase.due_at


def worklist(tale: Tale, who: Any) -> list[str]:
    return [case.number for case in viewing.worklist(tale.world, who).cases]


def test_each_unit_sees_the_case_until_it_has_answered() -> None:
    tale = asked()
    assert worklist(tale, PLANNER) == worklist(tale, CLERK) == [tale.number]
    assert worklist(tale, STRANGER) == []
    say(tale, "plan")
    assert worklist(tale, PLANNER) == []
    assert worklist(tale, CLERK) == [tale.number]


def test_one_decides_when_all_have_answered() -> None:
    tale = asked()
    with pytest.raises(Conflict, match="opinions-missing"):
        tale.decide("agreed")
    say(tale, "plan")
    say(tale, "roads", CLERK)
    tale.decide("agreed")
    assert tale.stands == "examination"
    assert viewing.case_for(tale.world, CLERK, tale.number).number == tale.number
    with pytest.raises(NotFound):
        viewing.case_for(tale.world, PLANNER, tale.number)


def test_an_objection_is_enough_to_go_on() -> None:
    tale = asked()
    say(tale, "plan", says="objects", text="Противоречи на плана")
    tale.decide("agreed")
    assert tale.stands == "examination"
    assert "Противоречи" not in str(tale.last("opinion-given"))


def test_a_unit_whose_silence_agrees_has_agreed_when_it_is_late() -> None:
    tale = asked(silence="agrees")
    say(tale, "roads", CLERK)
    with pytest.raises(Conflict):
        tale.decide("agreed")
    tale.world.now = late(tale)
    tale.decide("agreed")
    assert tale.stands == "examination"


def test_a_unit_whose_silence_does_not_agree_is_waited_for() -> None:
    tale = asked()
    say(tale, "roads", CLERK)
    tale.world.now = late(tale)
    with pytest.raises(Conflict) as refused:
        tale.decide("agreed")
    assert refused.value.facts["units"] == "architecture"


@pytest.mark.parametrize(
    ("who", "which", "says", "text", "error"),
    [
        (STRANGER, "plan", "agrees", "", NotFound),
        (CLERK, "plan", "agrees", "", NotFound),
        (official("administrator", "Ася", unit="architecture"), "plan", "agrees", "", Forbidden),
        (PLANNER, "nothing", "agrees", "", NotFound),
        (PLANNER, "plan", "objects", " ", Invalid),
        (PLANNER, "plan", "agrees", "x" * 5001, Invalid),
    ],
)
def test_opinions_that_are_none(
    who: Any, which: str, says: str, text: str, error: type[Exception]
) -> None:
    tale = asked()
    with pytest.raises(error):
        say(tale, which, who, says, text)


def test_an_opinion_of_a_head_only() -> None:
    tale = asked(role="head-of-unit")
    with pytest.raises(Forbidden):
        say(tale, "plan")
    say(tale, "plan", official("head-of-unit", "Архитект", unit="architecture"))


def test_an_opinion_is_given_once_and_in_time() -> None:
    tale = asked()
    say(tale, "plan")
    with pytest.raises(Conflict, match="opinion-given"):
        say(tale, "plan")
    say(tale, "roads", HEAD)
    tale.decide("agreed")
    with pytest.raises((NotPossible, NotFound)):
        say(tale, "roads", HEAD)


def test_a_unit_that_is_asked_may_look() -> None:
    tale = asked()
    view = viewing.office_case(tale.world, PLANNER, tale.number, "opinion", tale.world.now)
    assert view.case.number == tale.number
    with pytest.raises(NotFound):
        viewing.office_case(tale.world, STRANGER, tale.number, "opinion", tale.world.now)


def test_only_the_unit_in_charge_takes_the_task() -> None:
    tale = asked()
    with pytest.raises(NotFound):
        tale.decide("agreed", PLANNER)
