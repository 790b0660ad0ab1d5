"""The municipality's services: their forms take an application, their documents can be printed."""

from datetime import date
from typing import Any

import pytest

from chalicelib.adapters.documents.typst import TypstRenderer
from chalicelib.adapters.forms.jsonschema import JsonSchemaRules
from chalicelib.domain.documents.acts import act, result_of
from chalicelib.domain.documents.source import Applicant, Source
from chalicelib.domain.services.conditions import judge
from chalicelib.domain.services.language import Language
from chalicelib.domain.services.phases import Phase
from tests.builders import a_case
from tests.papers import _SHARED, text
from tests.stepfunctions.applications import (
    APPLICANT,
    APPLICATIONS,
    SERVICES,
    Answers,
    answered,
    facts,
    model,
)

LANGUAGES: tuple[Language, ...] = ("bg", "en")
WRITTEN = {"facts": "Проверено на място.", "grounds": "Чл. 1 от наредбата."}
Row = tuple[Any, ...]


def of_services(*rows: Row) -> list[Row]:
    """The rows whose service is in the repository."""
    return [row for row in rows if row[0] in SERVICES]


def acts_of(service: str) -> list[Phase]:
    made = model(service)
    documents = [phase for phase in made.phases if phase.kind == "document"]
    return [phase for phase in documents if result_of(made, phase.id).template == "act"]


ACTS = [(service, str(phase.id)) for service in SERVICES for phase in acts_of(service)]


def source(service: str, phase: str, language: Language) -> Source:
    return Source.model_validate(
        {
            "case": a_case(language=language),
            "model": model(service),
            "phase": phase,
            "applicant": Applicant(name=APPLICANT.names, egn=APPLICANT.egn),
            "answers": APPLICATIONS[service],
            "evidence": answered(service),
            "decision": WRITTEN,
            "decided_as": "Уважаване",
            "applied_on": date(2026, 11, 20),
            "issued": date(2026, 11, 23),
            "office": "За кмета на общината",
            "shared": _SHARED,
        }
    )


@pytest.mark.parametrize("service", SERVICES)
def test_the_form_takes_the_application_and_misses_what_is_left_out(service: str) -> None:
    schema, answers = model(service).form.json_schema, APPLICATIONS[service]
    assert JsonSchemaRules().faults(schema, answers) == ()
    required = schema["required"]
    assert isinstance(required, list)
    for name in required:
        without = {key: value for key, value in answers.items() if key != name}
        assert name in {fault.field for fault in JsonSchemaRules().faults(schema, without)}


@pytest.mark.parametrize("service", SERVICES)
def test_the_applicant_may_apply(service: str) -> None:
    known, rules = facts(service), model(service).eligibility
    assert [one.id for one in rules if not judge(one.when, known).holds] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("service", "phase"), ACTS)
def test_every_act_is_printed_with_nothing_missing(
    service: str, phase: str, language: Language
) -> None:
    data = act(source(service, phase, language))
    parts = data["parts"]
    assert isinstance(parts, list)
    pdf, warnings = TypstRenderer().compile("act", data, language)
    assert warnings == ()
    said = text(pdf)
    assert "{" not in said
    assert ".." not in said
    assert language == "bg" or APPLICANT.names not in said
    shown = [part["label"] for part in parts]
    assert [label for label in shown if " ".join(label.split()) not in said] == []
    rows = [row.label.in_(language) for row in result_of(model(service), phase).rows]
    assert shown == [label for label in rows if label in shown]


@pytest.mark.parametrize(
    ("changes", "by_itself"),
    [
        ({}, True),
        ({"application": "renewal"}, True),
        ({"application": "change"}, False),
        ({"evidence.address.ekatte": "35167"}, False),
        ({"evidence.address.street": "ул. „Петър Парчевич“"}, False),  # not in the zone
        ({"evidence.address.street": None}, False),
        ({"evidence.car.is_owner": False}, False),
        ({"evidence.car.active": False}, False),
        ({"evidence.car.category": "N1"}, False),
        ({"electric": True, "evidence.car.electric": True}, True),
        ({"electric": True, "evidence.car.electric": False}, False),
    ],
    ids=repr,
)
def test_a_parking_card_is_given_by_itself_only_when_everything_agrees(
    changes: Answers, by_itself: bool
) -> None:
    (choice,) = model("parking-card").phase("matching").choices
    assert choice.outcome == "matches"
    assert judge(choice.when, facts("parking-card") | changes).holds == by_itself


@pytest.mark.parametrize(
    ("service", "answers", "rule"),
    of_services(
        ("heirs", {"relation": "other"}, "has-a-right"),
        ("property-sketch", {"relation": "other"}, "has-a-right"),
        ("building-permit", {"importance": "national"}, "local-works"),
        ("building-permit", {"plan": "neither"}, "design-visa"),
        ("pavement-use", {"days": 366}, "at-most-a-year"),
        ("pavement-use", {"what_for": "kiosk"}, "no-kiosks"),
        ("lodging-category", {"kind": "other"}, "class-b"),
        ("lodging-category", {"rooms_count": 41}, "at-most-forty-rooms"),
        ("lodging-category", {"in_use": False}, "in-use"),
        ("parking-card", {"garage": "has"}, "no-garage"),
        ("parking-card", {"vehicle_kind": "other"}, "only-cars"),
    ),
)
def test_who_may_not_apply(service: str, answers: Answers, rule: str) -> None:
    known = facts(service) | answers
    refused = [one.id for one in model(service).eligibility if not judge(one.when, known).holds]
    assert refused == [rule]


@pytest.mark.parametrize(
    ("service", "answers", "percent"),
    of_services(
        ("heirs", {}, []),
        ("heirs", {"disability": True}, [50]),
        ("parking-card", {}, [50]),
        ("parking-card", {"car_of_home": "second"}, []),
        ("parking-card", {"electric": True}, [100]),
        ("building-permit", {"category": "third"}, []),
        ("building-permit", {"category": "fourth"}, [50]),
        ("building-permit", {"category": "fifth"}, [70]),
        ("building-permit", {"category": "sixth"}, [90]),
        ("lodging-category", {"rooms_count": 20}, [50]),
        ("lodging-category", {"rooms_count": 21}, []),
        ("lodging-category", {"kind": "guest-house", "beds_count": 10}, [50]),
        ("lodging-category", {"kind": "guest-house", "beds_count": 11}, []),
        ("property-sketch", {"relation": "authority"}, [100]),
        ("pavement-use", {"what_for": "event"}, [50]),
    ),
)
def test_who_pays_less(service: str, answers: Answers, percent: list[int]) -> None:
    known = facts(service) | answers
    waived = [one.percent for one in model(service).exemptions if judge(one.when, known).holds]
    assert waived == percent


@pytest.mark.parametrize(
    ("service", "answers", "asked"),
    of_services(
        ("marital-status", {}, ["divorce?"]),
        ("marital-status", {"unlisted_children": "yes"}, ["birth-certificates", "divorce?"]),
        ("heirs", {}, ["court-decision?"]),
        ("heirs", {"relation": "mandate"}, ["power-of-attorney", "court-decision?"]),
        ("heirs", {"relation": "representative"}, ["representation", "court-decision?"]),
        ("heirs", {"died_abroad": "yes"}, ["death-certificate", "court-decision?"]),
        ("heirs", {"disability": True}, ["expert-decision", "court-decision?"]),
        ("tax-assessment", {}, ["title-deed?"]),
        ("tax-assessment", {"purpose": "court"}, ["court-certificate", "title-deed?"]),
        ("tax-assessment", {"relation": "heir"}, ["heirs?", "title-deed?"]),
        ("no-obligations", {}, ["payment-proof?"]),
        ("no-obligations", {"by_mandate": True}, ["power-of-attorney", "payment-proof?"]),
        ("parking-card", {}, ["tenancy?"]),
        ("parking-card", {"right_to_use": "lease"}, ["right-to-use", "tenancy?"]),
        ("parking-card", {"capacity": "mandate"}, ["power-of-attorney", "tenancy?"]),
        ("property-sketch", {}, ["title-deed?"]),
        ("property-sketch", {"relation": "heir"}, ["heirs?"]),
        ("property-sketch", {"relation": "authority"}, ["court-order"]),
        ("building-permit", {}, ["project", "title-deed?", "consents", "utilities"]),
        (
            "building-permit",
            {"right": "special-law", "co_owners": False, "plan": "visa", "kind": "reconstruction"},
            ["project", "right-to-build", "design-visa"],
        ),
        (
            "building-permit",
            {"co_owners": False, "assessment": "report", "monument": True},
            ["project", "title-deed?", "complex-report", "heritage?", "utilities"],
        ),
        ("pavement-use", {}, ["plan", "safety-plan", "photo?"]),
        ("pavement-use", {"what_for": "filming"}, ["plan", "photo?"]),
        ("pavement-use", {"traffic": "street"}, ["plan", "traffic-plan", "safety-plan", "photo?"]),
        ("lodging-category", {}, ["self-assessment", "right-to-use?", "lease?", "training"]),
        (
            "lodging-category",
            {"applies_as": "person", "manager_training": False},
            ["self-assessment", "right-to-use?"],
        ),
        ("public-information", {}, ["explanation?"]),
        (
            "public-information",
            {"capacity": "representative"},
            ["explanation?", "power-of-attorney"],
        ),
    ),
)
def test_what_is_to_be_attached(service: str, answers: Answers, asked: list[str]) -> None:
    """A question mark: only by who wants to."""
    known = facts(service) | answers
    wanted = [
        f"{one.id}{'' if one.required else '?'}"
        for one in model(service).attachments
        if one.when is None or judge(one.when, known).holds
    ]
    assert wanted == asked
