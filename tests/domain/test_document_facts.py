"""What documents say of facts: values as people write them, `{places}` filled, tables."""

from datetime import date
from typing import Any

import pytest
from pydantic import JsonValue

from chalicelib.domain.documents.acts import act, is_appealed, is_refused
from chalicelib.domain.documents.facts import facts_of, fill
from chalicelib.domain.documents.making import validity
from chalicelib.domain.documents.showing import money, shown, term
from chalicelib.domain.documents.source import Applicant, Source
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.money import Money
from chalicelib.domain.registers import Shown
from chalicelib.domain.services.language import Language, ServiceModel, Term, Text
from tests.builders import a_case
from tests.models import permanent_address
from tests.papers import _SHARED

BOTH = {"bg": "Дума", "en": "Word"}
WORD = Text(bg="Дума", en="Word")
DAY = date(2026, 11, 23)


def how(kind: Any, **options: Text) -> Shown:
    return Shown(WORD, kind, options)


@pytest.mark.parametrize(
    ("value", "shape", "bg", "en"),
    [
        ("2026-11-23", how("date"), "23 ноември 2026 г.", "23 November 2026"),
        ("2026", how("date"), "2026", "2026"),
        (123456, how("money"), "1 234,56 €", "EUR 1,234.56"),
        (5, how("money"), "0,05 €", "EUR 0.05"),
        (8450, how("area"), "84,50 кв. м", "84.50 m²"),
        (True, how("yes-no"), "да", "yes"),
        (False, how("text"), "не", "no"),
        (0, how("number"), "0", "0"),
        ("a", how("code", a=WORD), "Дума", "Word"),
        ("gone", how("code", a=WORD), "gone", "gone"),
        (["a", "a"], how("code", a=WORD), "Дума, Дума", "Word, Word"),
        ("ул. Роза", how("place"), "ул. Роза", "ul. Roza"),
        ("Мария", how("person"), "Мария", "Мария"),
        (None, how("money"), "–", "–"),
        ("", how("text"), "–", "–"),
        ([], how("text"), "–", "–"),
    ],
    ids=repr,
)
def test_values_are_written_as_people_write_them(
    value: JsonValue, shape: Shown, bg: str, en: str
) -> None:
    written = [shown(value, shape, language).replace("\xa0", " ") for language in ("bg", "en")]
    assert written == [bg, en]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("14 calendar-days", "bg", "14 дни"),
        ("1 calendar-day", "en", "1 day"),
        ("1 month", "bg", "1 месец"),
        ("2 working-days", "en", "2 working days"),
    ],
)
def test_terms_in_words(text: str, language: Language, words: str) -> None:
    assert term(Term.model_validate(text), language) == words


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("6 months", "23 May 2027"),
        ("1 year", "23 November 2027"),
        ("2 weeks", "7 December 2026"),
        ("10 calendar-days", "3 December 2026"),
        ("3 working-days", None),  # only a calendar knows
    ],
)
def test_validity_names_the_day_where_it_can(text: str, until: str | None) -> None:
    said = validity(Term.model_validate(text), DAY, "en").replace("\xa0", " ")
    assert said.startswith(term(Term.model_validate(text), "en"))
    assert (f"until {until}" in said) if until else ("until" not in said)


def test_money_in_leva() -> None:
    assert money(Money(amount=-500, currency="BGN"), "bg") == "-5,00\xa0лв."


def model(rows: tuple[str, ...] = (), says: str = "{person.name}") -> ServiceModel:
    """The certificate, as an act: asks for relations and shows what is asked for."""
    data = permanent_address().model_dump(mode="json")
    data["evidence"].append({**data["evidence"][0], "id": "heirs", "ask": "relations", "about": {}})
    data["results"].append(
        {"id": "paper", "title": BOTH, "template": "act", "says": [{"bg": says, "en": says}]}
        | {"rows": [{"label": BOTH, "fact": fact} for fact in rows], "valid": "6 months"}
    )
    for phase in data["phases"]:
        if phase["id"] in ("issuing", "refusing"):
            phase["template"] = "paper"
    return ServiceModel.model_validate(data)


def source(made: ServiceModel, language: Language = "bg", **changes: Any) -> Source:
    given: dict[str, Any] = {
        "case": a_case(language=language),
        "model": made,
        "phase": PhaseId("issuing"),
        "applicant": Applicant(name="Мария Илиева", egn="7501020018"),
        "applied_on": date(2026, 11, 20),
        "issued": DAY,
        "office": "Началник",
        "shared": _SHARED,
    }
    return Source.model_validate(given | changes)


SON = {"names": "Иван", "names_latin": "Ivan", "egn": "1", "relation": "son", "birth_date": None}
ANSWER = {"found": True, "heirs": [SON, {**SON, "birth_date": "1953-01-07"}], "heirs_count": 2}


@pytest.mark.parametrize(
    ("text", "bg", "en"),
    [
        ("{person.name}, {person.egn}", "Мария Илиева, 7501020018", "Maria Ilieva, 7501020018"),
        ("{ purpose }", "Работодател", "An employer"),
        ("{truth}", "да", "yes"),
        ("{phone}", "–", "–"),
        ("{tier}", "обикновена услуга", "regular service"),
        ("{delivery}", "В портала", "In the portal"),
        ("{case.filed}", "20 ноември 2026 г.", "20 November 2026"),
        ("{evidence.heirs.heirs_count}", "2", "2"),
        ("{decision.facts}", "Тъй е.", "Тъй е."),
        ("no place {}", "no place {}", "no place {}"),
    ],
)
def test_places_are_filled(text: str, bg: str, en: str) -> None:
    given = {
        "answers": {"purpose": "employer", "truth": True},
        "evidence": {"heirs": ANSWER},
        "decision": {"facts": "Тъй е."},
    }
    both = {
        language: fill(text, facts_of(source(model(), language, **given)), language)
        for language in ("bg", "en")
    }
    assert {key: value.replace("\xa0", " ") for key, value in both.items()} == {"bg": bg, "en": en}


def test_the_applicants_own_words_replace_other() -> None:
    answers = {"purpose": "other", "purpose_other": "Яхтклуб {person.egn}"}
    said = fill("{purpose}", facts_of(source(model(), answers=answers)), "bg")
    assert said == "Яхтклуб {person.egn}", "what people write is never filled in itself"


def test_a_fact_that_there_is_not_is_named() -> None:
    with pytest.raises(NotFound, match="no-such-fact") as unknown:
        act(source(model(says="{evidence.heirs.income}")))
    assert unknown.value.facts == {"fact": "evidence.heirs.income"}


@pytest.mark.parametrize(
    ("language", "head", "first"),
    [
        ("bg", ["Имена", "ЕГН", "Родство", "Дата на раждане"], ["Иван", "1", "син", "–"]),
        ("en", ["Names", "Personal number (EGN)", "Relation", "Date of birth"],
         ["Ivan", "1", "son", "–"]),
    ],
)  # fmt: skip
def test_a_list_becomes_a_table_of_the_columns_that_hold_something(
    language: Language, head: list[str], first: list[str]
) -> None:
    rows = ("evidence.heirs.heirs", "evidence.heirs.relations", "phone")
    made: Any = act(source(model(rows), language, evidence={"heirs": ANSWER}))
    (part,) = made["parts"]  # what has no value leaves no line
    assert (part["table"]["head"], part["table"]["rows"][0]) == (head, first)


@pytest.mark.parametrize(("phase", "refused"), [("issuing", False), ("refusing", True)])
def test_only_a_refusal_says_how_to_appeal(phase: str, refused: bool) -> None:
    made: Any = act(source(model(), phase=PhaseId(phase)))
    assert (is_appealed(model(), phase), is_refused(model(), phase)) == (refused, refused)
    assert (made["appeal"] is not None) is refused
    assert made["authority"] == {"office": "Началник", "name": ""}
