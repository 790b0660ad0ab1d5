"""The compiled machine walks a case, whatever happens, on moto's interpreter.

The functions here are a stand-in for the record: they say the outcome that a test prepared, as
`open_phase` and `clock` read it from the case.
"""

import copy
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.domain.errors import RegisterUnavailable, Superseded
from chalicelib.domain.services.compiler import compile_model
from tests.models import permanent_address
from tests.stepfunctions.interpreter import Interpreter, await_, interpreted

Json = dict[str, Any]

HAPPY = ["start", "payment", "payment route", "examination", "examination route", "issuing"]


class Record:
    """What the record says: outcomes by phase, errors to come, and how it was asked."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}
        self.expired: dict[str, str] = {}
        self.errors: list[Exception] = []
        self.opened: list[Json] = []
        self.ticks: list[Json] = []
        self.tried: list[Json] = []
        self.interpreter: Interpreter

    def open_phase(self, asked: Json) -> None:
        self._fail()
        self.opened.append(asked)
        if asked["phase"] in self.outcomes and not asked.get("desk"):
            self.interpreter.wake(asked["token"], reply(asked, self.outcomes[asked["phase"]]))

    def clock(self, asked: Json) -> Json:
        self.ticks.append(asked)
        return reply(asked, self.expired.get(asked["phase"]))

    def automatic(self, asked: Json) -> Json:
        self.tried.append(asked)
        self._fail()
        return reply(asked, "issued")

    def _fail(self) -> None:
        if self.errors:
            raise self.errors.pop(0)

    def opening(self, number: int) -> Json:
        """The nth opening, once it has come."""
        await_(lambda: len(self.opened) >= number, f"only {self.opened}")
        return self.opened[number - 1]


def reply(asked: Json, outcome: str | None, wait: int = 60) -> Json:
    """What every function answers."""
    known = {name: asked[name] for name in ("case", "number", "generation", "phase")}
    return {**known, "outcome": outcome, "wait": wait}


def first(phase: str = "payment", wait: int = 60) -> Json:
    return {
        "case": "c",
        "number": "n",
        "generation": 1,
        "phase": phase,
        "outcome": None,
        "wait": wait,
    }


def impatient(definition: Json) -> Json:
    """The same machine with one short try again instead of a day of them."""
    made = copy.deepcopy(definition)
    for state in made["States"].values():
        for retry in state.get("Retry", ()):
            retry.update(IntervalSeconds=1, MaxAttempts=1, BackoffRate=1)
    return made


@pytest.fixture
def record() -> Iterator[Record]:
    made = Record()
    functions = {
        "open_phase": made.open_phase,
        "clock": made.clock,
        "run_phase": made.automatic,
        "issue_document": made.automatic,
        "deliver_result": made.automatic,
    }
    with interpreted(functions) as interpreter:
        made.interpreter = interpreter
        yield made


@pytest.fixture
def machine(record: Record) -> str:
    return record.interpreter.create(impatient(compile_model(permanent_address())))


def test_a_case_is_paid_approved_issued_and_delivered_in_ten_states(
    record: Record, machine: str
) -> None:
    execution = record.interpreter.start(machine, "c-1", first())
    opened = record.opening(1)
    record.interpreter.wake(opened["token"], reply(opened, "paid"))
    opened = record.opening(2)
    record.interpreter.wake(opened["token"], reply(opened, "approve"))

    assert record.interpreter.finish(execution) == "SUCCEEDED"
    assert record.interpreter.path(execution) == [*HAPPY, "delivery", "issued"]
    assert [asked["phase"] for asked in record.opened] == ["payment", "examination"]
    assert opened.keys() == {"case", "number", "generation", "phase", "token"}


def test_a_refusal_goes_its_own_way(record: Record, machine: str) -> None:
    record.outcomes = {"payment": "paid", "examination": "refuse"}

    execution = record.interpreter.start(machine, "c-1", first())

    assert record.interpreter.finish(execution) == "SUCCEEDED"
    assert record.interpreter.path(execution)[-3:] == ["refusing", "delivery-of-refusal", "refused"]


def test_what_is_not_paid_in_time_is_closed_by_the_clock(record: Record, machine: str) -> None:
    record.expired = {"payment": "unpaid"}

    execution = record.interpreter.start(machine, "c-1", first(wait=1))

    assert record.interpreter.finish(execution) == "SUCCEEDED"
    path = record.interpreter.path(execution)
    assert path == ["start", "payment", "payment clock", "payment route", "unpaid"]
    assert record.ticks == [{"case": "c", "number": "n", "generation": 1, "phase": "payment"}]


def test_a_reminder_is_not_the_end_of_the_wait(record: Record, machine: str) -> None:
    record.interpreter.start(machine, "c-1", first("examination", wait=1))

    record.opening(2)

    assert len(record.ticks) == 1


@pytest.mark.parametrize("phase", [phase.id for phase in permanent_address().phases])
def test_an_execution_starts_in_the_phase_that_the_record_says(
    record: Record, machine: str, phase: str
) -> None:
    record.outcomes = {"payment": "unpaid", "examination": "approve"}

    execution = record.interpreter.start(machine, "c-2", first(phase))

    assert record.interpreter.finish(execution) == "SUCCEEDED"
    assert record.interpreter.path(execution)[:2] == ["start", phase]


def test_a_phase_that_this_version_does_not_have_fails_loudly(record: Record, machine: str) -> None:
    execution = record.interpreter.start(machine, "c-1", first("baking"))

    assert record.interpreter.finish(execution) == "FAILED"


def test_an_old_generation_ends_quietly(record: Record, machine: str) -> None:
    record.errors = [Superseded()]

    execution = record.interpreter.start(machine, "c-1", first())

    assert record.interpreter.finish(execution) == "SUCCEEDED"
    assert record.interpreter.path(execution)[-1] == "superseded"


def test_an_error_that_passes_is_tried_again(record: Record, machine: str) -> None:
    record.errors = [RegisterUnavailable()]

    execution = record.interpreter.start(machine, "c-1", first("issuing"))

    assert record.interpreter.finish(execution) == "SUCCEEDED"
    assert len(record.tried) == 3  # issuing twice, delivery once


@pytest.mark.parametrize(
    ("errors", "remark"),
    [
        ([RegisterUnavailable(), RegisterUnavailable()], "the register stays away"),
        ([ZeroDivisionError()], "a mistake of ours is not tried again"),
    ],
)
def test_what_still_fails_waits_at_the_exception_desk_and_is_tried_again_from_there(
    record: Record, machine: str, errors: list[Exception], remark: str
) -> None:
    record.errors = list(errors)
    execution = record.interpreter.start(machine, "c-1", first("issuing"))
    at_desk = record.opening(1)
    assert (at_desk["phase"], at_desk["desk"]) == ("issuing", True), remark

    record.interpreter.wake(at_desk["token"], reply(at_desk, "again"))

    assert record.interpreter.finish(execution) == "SUCCEEDED"
    path = record.interpreter.path(execution)
    assert path[-4:] == ["issuing desk route", "issuing", "delivery", "issued"]


def test_a_second_wake_up_does_no_harm(record: Record, machine: str) -> None:
    execution = record.interpreter.start(machine, "c-1", first())
    opened = record.opening(1)
    record.interpreter.wake(opened["token"], reply(opened, "paid"))
    examination = record.opening(2)

    # AWS refuses the used token; moto takes it and forgets it. Neither moves the case.
    with suppress(ClientError):
        record.interpreter.wake(opened["token"], reply(opened, "unpaid"))
    record.interpreter.wake(examination["token"], reply(examination, "approve"))

    assert record.interpreter.finish(execution) == "SUCCEEDED"
    assert record.interpreter.path(execution) == [*HAPPY, "delivery", "issued"]
