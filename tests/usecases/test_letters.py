"""What a letter says, beyond the usual certificate: purposes, languages, and what it refuses."""

from datetime import date

import pytest
from pydantic import JsonValue

from chalicelib.domain.cases.state import Case
from chalicelib.domain.documents.making import months_later
from chalicelib.domain.errors import NotFound, NotPossible
from chalicelib.domain.ids import DocumentId, PhaseId
from chalicelib.domain.population import CallContext
from chalicelib.domain.services.language import ServiceModel
from chalicelib.usecases.letters import letter
from chalicelib.usecases.papers import Papers
from tests.builders import a_case
from tests.models import permanent_address
from tests.world import World, citizen

OWNER = citizen()
ISSUING = PhaseId("issuing")
DOCUMENT = DocumentId("01kb8m3q5r6s7t8v9w0x1y2z3a")
REASON = CallContext(
    service="s", case_number="n", administration="a", purpose="p", legal_ground="g"
)


def papers(**answers: JsonValue) -> Papers:
    """Of somebody who wrote these answers."""
    person: JsonValue = {"name": OWNER.name, "egn": OWNER.egn}
    return Papers(entries=(), private={"application-filed": {"person": person, "answers": answers}})


def certificate(
    told: Papers,
    case: Case | None = None,
    model: ServiceModel | None = None,
    **record: JsonValue,
) -> dict[str, object]:
    """The letter; `record` is what the register says otherwise."""
    assert OWNER.egn is not None
    world = World()
    found = world.registers.ask("uscrasp", "permanent-address", {"egn": OWNER.egn}, REASON)
    evidence: dict[str, JsonValue] = {"permanent-address": found | record}
    return letter(
        world,
        told,
        case or a_case(),
        model or permanent_address(),
        ISSUING,
        DOCUMENT,
        evidence,
        world.now,
    )


@pytest.mark.parametrize(
    ("answers", "language", "purpose"),
    [
        ({"purpose": "employer"}, "bg", "Работодател"),
        ({"purpose": "employer"}, "en", "An employer"),
        ({"purpose": "other", "purpose_other": "Яхтклуб"}, "bg", "Яхтклуб"),
        ({"purpose": "other", "purpose_other": "Яхтклуб"}, "en", "Яхтклуб"),
        ({"purpose": "other"}, "bg", ""),
        ({"purpose": "employer", "purpose_other": "Яхтклуб"}, "bg", "Работодател"),
        ({"purpose": "no longer offered"}, "bg", ""),
        ({}, "bg", ""),
    ],
    ids=repr,
)
def test_the_purpose_is_the_offered_one_or_the_applicants_own_words(
    answers: dict[str, JsonValue], language: str, purpose: str
) -> None:
    made = certificate(papers(**answers), a_case(language=language))
    assert made["purpose"] == purpose


LATIN = "Kalina Ognianova Lipowa"  # as in her passport


@pytest.mark.parametrize(
    ("language", "latin", "names"),
    [
        ("bg", LATIN, "Калина Огнянова Липова"),
        ("bg", "", "Калина Огнянова Липова"),
        ("en", LATIN, "Kalina Ognianova Lipowa"),
        # Without a spelling of the register's own, none is made up for a person.
        ("en", "", "Калина Огнянова Липова"),
    ],
)
def test_names_in_english_are_spelt_as_the_register_spells_them(
    language: str, latin: str, names: str
) -> None:
    made = certificate(papers(), a_case(language=language), names_latin=latin)
    person = made["person"]
    assert isinstance(person, dict)
    assert (person["names"], person["identifier"]) == (names, OWNER.egn)


def test_a_template_without_a_letter_is_named() -> None:
    """A model that was published with a template that this version does not know."""
    usual = permanent_address()
    phases = tuple(
        phase.model_copy(update={"template": "a-poem"}) if phase.id == ISSUING else phase
        for phase in usual.phases
    )
    with pytest.raises(NotFound, match="no-such-template") as unknown:
        certificate(papers(), model=usual.model_copy(update={"phases": phases}))
    assert unknown.value.facts == {"template": "a-poem"}


def test_without_the_persons_data_there_is_no_letter() -> None:
    erased = Papers(entries=(), private={})
    with pytest.raises(NotPossible, match="personal-data-erased"):
        assert erased.applicant


def test_an_applicant_in_a_log_shows_nobody() -> None:
    shown = repr(papers().applicant)
    for personal in (str(OWNER.egn), *OWNER.name.split()):
        assert personal not in shown


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 23), 6, date(2027, 5, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 7, 1), 6, date(2027, 1, 1)),
    ],
)
def test_months_end_with_their_last_day(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then
