"""Phases that run by themselves: registers are asked, conditions choose, reasons are kept."""

import pytest

from chalicelib.adapters.population.demo import DemoPopulation
from chalicelib.domain.errors import RegisterUnavailable, Superseded
from chalicelib.domain.ids import PhaseId
from chalicelib.usecases import running
from chalicelib.usecases.walking import Step
from tests.every_word import BOTH, full, outcome, phase
from tests.tale import Tale
from tests.world import World


def test_a_register_phase_asks_and_an_automatic_one_chooses() -> None:
    tale = Tale()
    tale.file()
    tale.pay()
    assert tale.stands == "examination"
    assert tale.case.evidence == ("permanent-address",)
    ended = [e.data for e in tale.world.cases.journal(tale.case.id) if e.event == "phase-ended"]
    assert [(e["phase"], e["outcome"]) for e in ended] == [
        ("payment", "paid"),
        ("asking", "asked"),
        ("sorting", "examine"),
    ]


def test_the_first_condition_that_holds_chooses_and_says_why() -> None:
    data = full()
    data["eligibility"] = []
    phase(data, "sorting")["choices"][0]["when"]["because"] = {"bg": "За чужбина", "en": "Abroad"}
    tale = Tale(data)
    tale.file(purpose="abroad")
    tale.pay()
    assert tale.stands == "opinions"
    said = tale.last("phase-ended")
    assert (said["outcome"], said["reasons"]) == ("joint", [{"bg": "За чужбина", "en": "Abroad"}])


def test_a_register_that_is_down_leads_to_the_desk_and_again_to_the_answer() -> None:
    tale = Tale()
    tale.world.population = DemoPopulation(fails=lambda: True)
    tale.file()
    tale.pay()
    assert tale.stands == "asking"
    assert tale.case.trouble is not None
    assert (tale.case.trouble.source, tale.case.trouble.state) == ("uscrasp", "desk")


def test_a_register_phase_that_is_entered_again_asks_again() -> None:
    data = full()
    phase(data, "examination")["outcomes"]["anew"] = outcome("asking")
    tale = Tale(data)
    tale.file()
    tale.pay()
    tale.decide("anew")
    assert tale.stands == "examination"
    assert tale.case.evidence == ("permanent-address",)
    assert tale.events().count("evidence-asked") == 2
    assert tale.events().count("evidence-obtained") == 2


def test_the_same_step_again_changes_nothing_and_answers_the_same() -> None:
    tale = Tale()
    tale.file()
    tale.pay()
    before = tale.case
    generation = tale.world.cases.execution(before.id)
    assert generation is not None
    step = Step(case=before.id, generation=1, phase=PhaseId("sorting"))
    with pytest.raises(Superseded):  # the case has gone on from there
        running.run_phase(tale.world, step, tale.world.now)
    assert tale.case == before


def test_of_an_older_execution_nothing_is_done() -> None:
    tale = Tale()
    tale.file()
    step = Step(case=tale.case.id, generation=7, phase=PhaseId("asking"))
    with pytest.raises(Superseded):
        running.run_phase(tale.world, step, tale.world.now)


def test_a_register_that_does_not_answer_is_raised_and_on_the_record() -> None:
    world = World(population=DemoPopulation(fails=lambda: True))
    tale = Tale()
    tale.file()
    tale.world.population = world.population
    tale.pay()
    step = Step(case=tale.case.id, generation=1, phase=PhaseId("asking"))
    with pytest.raises(RegisterUnavailable):
        running.run_phase(tale.world, step, tale.world.now)
    assert tale.events()[-1] == "trouble-met"


def test_without_conditions_there_is_one_way() -> None:
    data = full()
    sorting = phase(data, "sorting")
    sorting |= {"choices": [], "otherwise": None, "outcomes": {"on": outcome("examination")}}
    sorting["title"] = BOTH
    tale = Tale(data)
    tale.file()
    tale.pay()
    assert tale.stands == "examination"
