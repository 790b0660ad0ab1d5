"""Asking what a phase needs: announced before, kept after, not asked twice."""

from typing import Any

import pytest

from chalicelib.adapters.population.demo import DemoPopulation
from chalicelib.adapters.population.people import population
from chalicelib.adapters.registers.citizens import households
from chalicelib.adapters.registers.estates import estates
from chalicelib.domain.errors import NotFound, NotPossible, RegisterUnavailable
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.language import ServiceModel
from chalicelib.usecases.papers import Papers, facts_of
from chalicelib.usecases.registers import ask_registers
from tests.builders import a_case
from tests.models import permanent_address
from tests.world import World, citizen

ISSUING = PhaseId("issuing")
HOME = households(population())[2]  # the first demo citizen's
APARTMENT = estates(HOME)[0].identifier


def model(kind: str = "register") -> ServiceModel:
    """The issuing phase asks for a tax assessment of what stands in the field `purpose_other`."""
    data = permanent_address().model_dump(mode="json")
    (one,) = data["evidence"]
    about = {"property_id": "purpose_other"}
    data["evidence"].append(
        {**one, "id": "worth", "source": "taxes", "ask": "assessment", "about": about}
    )
    issuing = next(phase for phase in data["phases"] if phase["id"] == ISSUING)
    issuing |= {"evidence": ["permanent-address", "worth"], "kind": kind}
    return ServiceModel.model_validate(data)


def papers(asked: str = APARTMENT, **more: Any) -> Papers:
    person = {"name": citizen().name, "egn": citizen().egn}
    filed = {"person": person, "answers": {"purpose_other": asked}}
    return Papers.model_validate({"entries": (), "private": {"application-filed": filed}} | more)


def test_each_question_is_about_what_the_model_says() -> None:
    answers: Any = ask_registers(World(), a_case(), model(), ISSUING, papers())
    assert answers["permanent-address"]["egn"] == citizen().egn
    assert (answers["worth"]["property_id"], answers["worth"]["is_owner"]) == (APARTMENT, True)
    facts = facts_of(papers(), a_case(), answers)
    assert facts["evidence.worth.is_owner"] is True
    assert (facts["tier"], facts["purpose_other"]) == ("regular", APARTMENT)


@pytest.mark.parametrize("asked", ["68850.1.1", ""])
def test_what_a_register_does_not_know_is_an_answer_in_a_register_phase_only(asked: str) -> None:
    answers = ask_registers(World(), a_case(), model(), ISSUING, papers(asked))
    assert answers["worth"] == {"found": False}
    with pytest.raises(NotFound) as refused:
        ask_registers(World(), a_case(), model("document"), ISSUING, papers(asked))
    assert refused.value.facts["source"] == "taxes"


def test_what_is_on_the_record_is_not_asked_again() -> None:
    down = World(population=DemoPopulation(fails=lambda: True))
    kept = {"permanent-address": {"egn": "kept"}}
    case = a_case(evidence=("permanent-address",))
    answers = ask_registers(down, case, model(), ISSUING, papers(evidence=kept))
    assert answers["permanent-address"] == {"egn": "kept"}
    with pytest.raises(RegisterUnavailable):
        ask_registers(down, a_case(), model(), ISSUING, papers(evidence=kept))


def test_corrected_answers_are_the_ones_that_are_asked_about() -> None:
    wrong = papers("68850.1.1", corrections={"purpose_other": APARTMENT})
    answers: Any = ask_registers(World(), a_case(), model(), ISSUING, wrong)
    assert answers["worth"]["found"] is True


def test_without_the_persons_data_nothing_is_asked() -> None:
    with pytest.raises(NotPossible, match="personal-data-erased"):
        ask_registers(World(), a_case(), model(), ISSUING, Papers(entries=(), private={}))
