"""The demonstration's clock on the deployed template: what becomes due meanwhile, happens."""

import os
import subprocess
import sys

import pytest

from infra.local.caller import Caller
from tests.journeys import calling
from tests.journeys.officials import Procedure, procedure
from tests.journeys.stack import ROOT, Stack

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("clock")]
MARK = "при преместен часовник"


def turn(stack: Stack, to: str) -> str:
    """As somebody who trains others does."""
    answer = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "infra.cli", "clock", to],
        cwd=ROOT,
        env={**os.environ, "ZAGORA_LOCAL": str(stack.folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def steps(case: Procedure) -> list[str]:
    return [one for one in case.events() if one in {"reminder", "warning", "escalation", "silence"}]


def test_what_nobody_pays_is_closed_and_what_lies_is_passed_on(ahead: Stack) -> None:
    with (
        Caller(ahead.endpoints, "citizen1") as citizen,
        Caller(ahead.endpoints, "registrar") as registrar,
    ):
        unpaid, lying = calling.file(citizen), calling.file(citizen)
        calling.pay(citizen, lying)
        calling.await_phase(citizen, unpaid, "payment")
        turn(ahead, "+9 days")
        calling.await_end(citizen, unpaid, "unpaid")
        calling.await_case(
            registrar, lying, lambda case: case["phase"]["id"] == "examination", "it waits on"
        )
        calling.decide(registrar, lying)
        calling.await_end(citizen, lying, "issued")


def test_a_pavement_is_given_by_silence_after_warnings(ahead: Stack) -> None:
    with procedure(ahead, "pavement-use", applies_as="person", eik=None) as case:
        case.pay()
        case.opine("opinions", objecting="green")
        case.decide("opinions", "irregular")
        case.happens("clock-stopped")
        turn(ahead, "+1 day")
        case.correct("correction", days=20)
        case.comes_to("opinions")
        case.happens("clock-resumed")
        turn(ahead, case.phase_due)
        case.happens("escalation")
        turn(ahead, "+40 days")
        case.ends("granted-by-silence")
        assert "silence" in steps(case)
        assert "warning" in steps(case)
        (paper,) = case.papers()
        assert MARK in paper


def test_a_building_permit_is_suspended_and_never_put_right(ahead: Stack) -> None:
    with procedure(ahead, "building-permit") as case:
        case.pay()
        case.decide("completeness", "complete")
        case.opine("opinions")
        case.decide("opinions", "act-awaited")
        case.comes_to("outside-act")
        case.happens("clock-stopped")
        turn(ahead, "+70 days")
        case.happens("reminder")
        case.comes_to("outside-act")
        turn(ahead, "+150 days")
        case.ends("terminated")
        (paper,) = case.papers()
        assert MARK in paper


def test_information_that_nobody_gives_is_passed_to_the_head(ahead: Stack) -> None:
    with procedure(ahead, "public-information") as case:
        case.decide("registration", "unclear")
        case.happens("clock-stopped")
        turn(ahead, "+3 days")
        case.correct("clarification", subject="Разходи за тротоари през 2025 г.")
        case.decide("registration", "clear")
        case.comes_to("gathering")
        case.extend("Документите са в голям обем.")
        turn(ahead, "+13 days")
        case.happens("escalation")
        case.decide("gathering", "third-party")
        turn(ahead, "+30 days")
        case.comes_to("decision")
        case.decide("decision", "partly", facts="Договорът.", grounds="Чл. 37, ал. 1, т. 2.")
        case.ends("partly-issued")
        assert MARK in case.papers()[0]
