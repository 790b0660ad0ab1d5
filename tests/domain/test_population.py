"""The invented people: valid, related, the same each time; and how an address is written."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.adapters.population.people import DemoPerson, demo_people, population
from chalicelib.domain.identity import Egn
from chalicelib.domain.population import Address, PersonNames, Place, Settlement

CITY = Settlement(ekatte="68850", name="гр. Стара Загора")
SEEDS = st.integers(0, 10**6)


def named(people: tuple[DemoPerson, ...]) -> dict[str, DemoPerson]:
    return {person.egn: person for person in people}


def test_the_population_is_the_same_each_time() -> None:
    population.cache_clear()
    before = population()
    population.cache_clear()
    assert population() == before
    assert 50 <= len(before) <= 75


def test_the_demo_citizens_are_living_adults_of_the_city_at_different_addresses() -> None:
    one, other = demo_people()
    assert {one, other} <= set(population())
    assert one.address is not None
    assert other.address is not None
    assert one.address != other.address
    for person in (one, other):
        assert person.deceased_on is None
        assert Egn.parse(person.egn).age_on(date(2026, 1, 1)) >= 18
        assert person.address is not None
        assert person.address.settlement.ekatte == "68850"


@settings(max_examples=25)
@given(SEEDS)
def test_everybody_is_valid_whatever_the_seed(seed: int) -> None:
    people = population(seed)
    assert len(named(people)) == len(people)
    for person in people:
        egn = Egn.parse(person.egn)
        assert (egn.birth_date, egn.sex) == (person.birth_date, person.sex)
        assert person.deceased_on is None or person.deceased_on > person.birth_date
        assert str(person.names_latin).isascii()
        assert person.names.middle.endswith("а") == (person.sex == "female")


@settings(max_examples=25)
@given(SEEDS)
def test_the_families_hold_together_whatever_the_seed(seed: int) -> None:
    everybody = named(population(seed))
    for person in everybody.values():
        if person.spouse:
            assert everybody[person.spouse].spouse == person.egn
            assert everybody[person.spouse].sex != person.sex
        for parent in filter(None, (person.mother, person.father)):
            assert person.egn in everybody[parent].children
            assert everybody[parent].birth_date.year + 16 < person.birth_date.year


def test_there_is_somebody_for_every_story() -> None:
    people = population()
    assert any(p.deceased_on for p in people)
    assert any(p.address is None for p in people)
    assert any(p.address and p.address.municipality.code != "SZR31" for p in people)
    assert any(p.spouse and p.children and p.father for p in people)


@pytest.mark.parametrize(
    ("parts", "line", "remark"),
    [
        ({}, "гр. Стара Загора", "a settlement alone"),
        (
            {"street": Place(code="90001", name="бул. „Руски“"), "number": "80"},
            "гр. Стара Загора, бул. „Руски“ № 80",
            "a street and a number",
        ),
        (
            {"city_area": Place(name="кв. Железник"), "number": "5", "entrance": "Б"}
            | {"floor": "3", "apartment": "12"},
            "гр. Стара Загора, кв. Железник, № 5, вх. Б, ет. 3, ап. 12",
            "a block of flats",
        ),
    ],
)
def test_how_an_address_is_written(parts: dict[str, object], line: str, remark: str) -> None:
    base = {"district": Place(), "municipality": Place(), "settlement": CITY}
    assert Address.model_validate({**base, **parts}).line == line, remark


@pytest.mark.parametrize("ekatte", ["", "357", "688500", "A8850", "٦٨٨٥٠"])
def test_a_settlement_code_is_five_digits(ekatte: str) -> None:
    with pytest.raises(ValueError, match="ekatte"):
        Settlement(ekatte=ekatte, name="х")


def test_missing_names_leave_no_gaps() -> None:
    assert str(PersonNames(first="Айше", family="Хасан")) == "Айше Хасан"
