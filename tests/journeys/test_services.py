"""Services with several units and weeks of terms, on the deployed template."""

import pytest

from tests.journeys.officials import Procedure, procedure
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("stack")]


def outcomes(case: Procedure) -> list[str]:
    """How its phases ended, in their order."""
    ended = [one["data"] for one in case.journal if one["event"] == "phase-ended"]
    return [f"{one['phase']}: {one['outcome']}" for one in ended]


def test_information_is_asked_for_more_clearly_and_given_in_part(stack: Stack) -> None:
    with procedure(stack, "public-information") as case:
        case.decide("registration", "unclear")
        case.happens("clock-stopped")
        case.correct("clarification", subject="Разходи за тротоари през 2025 г.")
        case.decide("registration", "clear")
        case.comes_to("gathering")
        promised = case.due
        case.extend("Документите са в голям обем.")
        assert case.due > promised
        case.decide("gathering", "third-party")
        case.decide("consent", "denied")
        case.decide("decision", "partly", facts="Договорът.", grounds="Чл. 37, ал. 1, т. 2.")
        case.ends("partly-issued")
        (paper,) = case.papers()
        for said in (
            "частичен достъп",
            "тротоари през 2025 г.",
            "Договорът.",
            "Чл. 37, ал. 1, т. 2.",
        ):
            assert said in paper
        assert outcomes(case) == [
            "registration: unclear",
            "clarification: corrected",
            "registration: clear",
            "gathering: third-party",
            "consent: denied",
            "decision: partly",
            "granting-partly: issued",
            "delivery-of-part: delivered",
        ]


def test_a_pavement_is_given_after_one_unit_objected(stack: Stack) -> None:
    with procedure(stack, "pavement-use", applies_as="person", eik=None) as case:
        case.pay()
        case.opine("opinions", objecting="green")
        case.decide("opinions", "irregular")
        case.correct("correction", days=20)
        case.opine("opinions")
        case.decide("opinions", "agreed")
        case.decide("examination", "permit", facts="Такса 12,00 € на месец.")
        case.ends("issued")
        (paper,) = case.papers()
        for said in ("за 20 дни", "Тротоар", "Такса 12,00 € на месец."):
            assert said in paper
        assert outcomes(case) == [
            "payment: paid",
            "applicant: person",
            "opinions: irregular",
            "correction: corrected",
            "applicant: person",
            "opinions: agreed",
            "examination: permit",
            "issuing: issued",
            "delivery: delivered",
        ]


def test_a_building_permit_waits_for_another_body_and_for_a_court(stack: Stack) -> None:
    with procedure(stack, "building-permit") as case:
        case.pay()
        case.decide("completeness", "irregular")
        case.correct("correction", built_area=250)
        case.decide("completeness", "complete")
        case.opine("opinions")
        case.decide("opinions", "act-awaited")
        case.decide("outside-act", "received")
        case.decide("council", "accept")
        case.decide("decision", "permit", facts="Проектът се одобрява.")
        case.decide("notices", "appealed")
        case.decide("court", "upheld")
        case.ends("issued")
        permit, in_force = case.papers()
        assert "РАЗРЕШЕНИЕ ЗА СТРОЕЖ" in permit
        assert "Проектът се одобрява." in permit
        assert "(кв. м) 250" in permit
        assert "е влязло в сила" in in_force
        assert outcomes(case) == [
            "payment: paid",
            "plot-data: answered",
            "completeness: irregular",
            "correction: corrected",
            "plot-data: answered",
            "completeness: complete",
            "opinions: act-awaited",
            "outside-act: received",
            "council: accept",
            "decision: permit",
            "permitting: issued",
            "delivery-of-permit: delivered",
            "notices: appealed",
            "court: upheld",
            "certifying-force: issued",
            "delivery: delivered",
        ]


def test_a_sketch_shows_what_the_cadastre_answered(stack: Stack) -> None:
    status = "УПИ IX-310, кв. 47, ниско застрояване."
    with procedure(stack, "property-sketch") as case:
        case.pay()
        case.opine("joint-check")
        case.decide("joint-check", "agreed")
        case.decide("drafting", "drafted")
        case.decide("approval", "sign", facts=status)
        case.ends("issued")
        (paper,) = case.papers()
        for said in ("68850.502.310", "68850.502.311", "ул. „Генерал Гурко“ № 10", status):
            assert said in paper
