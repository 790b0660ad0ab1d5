"""What registers promise: every question by its invented twin, and what is not connected."""

from collections.abc import Mapping

import pytest
from pydantic import JsonValue

from chalicelib.adapters.population.demo import DemoPopulation
from chalicelib.adapters.population.people import population
from chalicelib.adapters.registers.citizens import Household, households
from chalicelib.adapters.registers.companies import company
from chalicelib.adapters.registers.demo import invented, real
from chalicelib.adapters.registers.estates import car, estates
from chalicelib.adapters.registers.taxes import owes
from chalicelib.domain.errors import NotFound, RegisterUnavailable
from chalicelib.domain.population import CallContext
from chalicelib.domain.registers import QUESTIONS
from chalicelib.ports.registers import Registers

WHY = CallContext(
    service="s", case_number="SZ-2026-000123-6", administration="a", purpose="p", legal_ground="g"
)
HOMES = households(population())
RICH = HOMES[1]  # land, a company of his own, unpaid taxes
TOGETHER = HOMES[2]  # a company of both
DEAD = next(p for p in population() if p.deceased_on)
ABROAD = next(p for p in population() if p.address is None)
RICH_COMPANY, COMPANY = company(RICH), company(TOGETHER)
assert RICH_COMPANY is not None
SUBJECTS = {
    "egn": RICH.husband.egn,
    "deceased_egn": DEAD.egn,
    "property_id": estates(RICH)[0].identifier,
    "vehicle": car(RICH).plate,
    "eik": RICH_COMPANY.eik,
}


@pytest.fixture
def registers() -> Registers:
    return invented(DemoPopulation, population())


def ask(registers: Registers, question: str, **about: str) -> Mapping[str, JsonValue]:
    source, _, name = question.partition("/")
    return registers.ask(source, name, about, WHY)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_by_its_model_and_about_its_subject(
    registers: Registers, question: str
) -> None:
    known = QUESTIONS[question]
    subject = SUBJECTS[known.needs]
    answer = ask(registers, question, **{known.needs: subject})
    assert known.answer.model_validate(answer).model_dump(mode="json") == answer
    assert answer["found"] is True
    assert answer[known.about] == subject
    assert answer == ask(registers, question, **{known.needs: subject}), "the same every time"


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("subject", ["7523169263", "68850.1.2", "ХХ", " ' "])
def test_what_nobody_knows_is_not_found_and_not_named(
    registers: Registers, question: str, subject: str
) -> None:
    with pytest.raises(NotFound) as refused:
        ask(registers, question, **{QUESTIONS[question].needs: subject})
    assert refused.value.facts["source"] == question.partition("/")[0]
    assert subject not in repr(refused.value)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("about", [{}, {"other": "1"}, None])
def test_without_its_subject_a_question_is_not_asked(
    registers: Registers, question: str, about: dict[str, str] | None
) -> None:
    given = {QUESTIONS[question].needs: "  "} if about is None else about
    with pytest.raises(NotFound, match="nothing-to-ask-about"):
        ask(registers, question, **given)


@pytest.mark.parametrize("question", sorted({*QUESTIONS, "moon/phase", "uscrasp/income"}))
def test_what_is_not_connected_is_unavailable_by_name(question: str) -> None:
    source = question.partition("/")[0]
    connected = real(DemoPopulation)
    if question == "uscrasp/permanent-address":
        assert ask(connected, question, egn=RICH.husband.egn)["found"] is True
        return
    with pytest.raises(RegisterUnavailable) as refused:
        ask(connected, question, **SUBJECTS)
    assert refused.value.facts == {"source": source, "reason": "not-configured"}


def test_a_register_that_is_down_says_which_it_is() -> None:
    down = invented(lambda: DemoPopulation(fails=lambda: True), population())
    with pytest.raises(RegisterUnavailable) as refused:
        ask(down, "uscrasp/permanent-address", egn=RICH.husband.egn)
    assert refused.value.facts["source"] == "uscrasp"


@pytest.mark.parametrize("home", HOMES, ids=lambda home: str(home.index))
def test_registers_agree_with_each_other(registers: Registers, home: Household) -> None:
    for estate in estates(home):
        taxed = ask(registers, "taxes/assessment", property_id=estate.identifier)
        drawn = ask(registers, "cadastre/property", property_id=estate.identifier)
        same = ("property_id", "kind", "address", "area", "owners")
        assert [taxed[name] for name in same] == [drawn[name] for name in same]
    owed = ask(registers, "taxes/obligations", egn=home.husband.egn)
    assert owed["has_obligations"] == taxed["has_obligations"] == owes(home)
    assert ask(registers, "taxes/obligations", egn=home.wife.egn)["has_obligations"] is False
    married = ask(registers, "uscrasp/family", egn=home.husband.egn)
    assert (married["status"], married["spouse_egn"]) == ("married", home.wife.egn)


@pytest.mark.parametrize(("who", "owns"), [("husband", True), ("wife", True), ("other", False)])
def test_an_apartment_belongs_to_both(registers: Registers, who: str, owns: bool) -> None:
    egn = {"husband": RICH.husband.egn, "wife": RICH.wife.egn}.get(who, TOGETHER.wife.egn)
    found = ask(registers, "cadastre/property", property_id=SUBJECTS["property_id"], egn=egn)
    assert found["is_owner"] is owns


@pytest.mark.parametrize(
    ("written", "remark"),
    [
        ("СТ 4112 АС", "as it is"),
        ("ст4112ас", "without gaps, small"),
        ("CT-4112-AC", "in Latin letters"),
    ],
)
def test_a_plate_is_known_however_it_is_written(
    registers: Registers, written: str, remark: str
) -> None:
    found = ask(registers, "vehicles/registration", vehicle=written, egn=RICH.husband.egn)
    assert (found["vehicle"], found["is_owner"]) == (written, True), remark


def test_who_represents_a_company(registers: Registers) -> None:
    assert COMPANY is not None
    for egn, represents in ((TOGETHER.wife.egn, True), (RICH.wife.egn, False)):
        found = ask(registers, "bulstat/entity", eik=COMPANY.eik, egn=egn)
        assert found["applicant_represents"] is represents
        assert found["representatives_count"] == 2


@pytest.mark.parametrize(
    ("dead", "applicant", "is_heir", "heirs"),
    [
        ("2708199325", "5301079463", True, ["son"]),  # his wife died before him
        ("2810179880", "5401139360", True, ["wife", "son"]),  # she died later: an heir still
        ("5205269848", "7811189860", True, ["wife", "son"]),
        ("5205269848", "0552179780", False, ["wife", "son"]),  # the grandson: his father lives
        ("5205269848", "5301079463", False, ["wife", "son"]),
    ],
)
def test_who_inherits(
    registers: Registers, dead: str, applicant: str, is_heir: bool, heirs: list[str]
) -> None:
    found = ask(registers, "uscrasp/relations", deceased_egn=dead, egn=applicant)
    rows = found["heirs"]
    assert isinstance(rows, list)
    assert [row["relation"] for row in rows if isinstance(row, dict)] == heirs
    assert (found["applicant_is_heir"], found["heirs_count"]) == (is_heir, len(heirs))


def test_relatives_of_the_living_are_nobodys_business(registers: Registers) -> None:
    with pytest.raises(NotFound):
        ask(registers, "uscrasp/relations", deceased_egn=RICH.husband.egn)


def test_who_lives_abroad_has_a_current_address_only(registers: Registers) -> None:
    assert ask(registers, "uscrasp/current-address", egn=ABROAD.egn)["settlement"] == "Берлин"
    with pytest.raises(NotFound, match="no-permanent-address"):
        ask(registers, "uscrasp/permanent-address", egn=ABROAD.egn)
