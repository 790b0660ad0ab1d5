"""The one-threaded interpreter does with a machine what Step Functions does."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.ground import machines
from tests.ground.dynamodb import Repair
from tests.ground.faults import Killed
from tests.ground.machines import Machines

ARN = "arn:aws:states:eu-central-1:123456789012:stateMachine:sample:1"
START = '{"case": "c", "phase": "payment", "outcome": null, "wait": 60}'
PAID = '{"case": "c", "phase": "payment", "outcome": "paid", "wait": 1}'
SAMPLE: dict[str, Any] = {
    "StartAt": "payment",
    "States": {
        "payment": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
            "Parameters": {
                "FunctionName": "arn:aws:lambda:eu-central-1:123456789012:function:open_phase",
                "Payload": {"case.$": "$.case", "phase": "payment", "token.$": "$$.Task.Token"},
            },
            "TimeoutSecondsPath": "$.wait",
            "Catch": [
                {"ErrorEquals": ["States.Timeout"], "ResultPath": "$.timeout", "Next": "clock"},
                {"ErrorEquals": ["Superseded"], "Next": "superseded"},
            ],
            "Next": "route",
        },
        "clock": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "${clock}", "Payload": {"case.$": "$.case"}},
            "OutputPath": "$.Payload",
            "Retry": [
                {"ErrorEquals": ["Lambda.Unknown"], "IntervalSeconds": 5, "MaxAttempts": 2},
            ],
            "Next": "route",
        },
        "route": {
            "Type": "Choice",
            "Choices": [
                {"Variable": "$.outcome", "StringEquals": "paid", "Next": "issued"},
                {"Variable": "$.outcome", "StringEquals": "unpaid", "Next": "unpaid"},
            ],
            "Default": "payment",
        },
        "issued": {"Type": "Succeed"},
        "unpaid": {"Type": "Succeed"},
        "superseded": {"Type": "Succeed"},
    },
}


class Superseded(Exception):
    pass


class Sample:
    """The machine with functions that remember how they were called."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.opened: list[dict[str, Any]] = []
        self.ticks = 0
        self.fails: list[BaseException] = []
        self.machines = Machines(
            {"open_phase": self.open_phase, "clock": self.clock}, lambda: self.now
        )
        self.machines.definitions[ARN] = SAMPLE
        self.machines.start(ARN, "c-1", START)

    def open_phase(self, event: dict[str, Any]) -> None:
        self.opened.append(event)
        self._perhaps_fail()

    def clock(self, event: dict[str, Any]) -> dict[str, Any]:
        self._perhaps_fail()
        self.ticks += 1
        outcome = "unpaid" if self.ticks == 2 else None
        return {"case": "c", "phase": "payment", "outcome": outcome, "wait": 60}

    def _perhaps_fail(self) -> None:
        if self.fails:
            raise self.fails.pop(0)

    def run(self, seconds: float = 0) -> str:
        self.now += timedelta(seconds=seconds)
        self.machines.run()
        execution = self.machines.executions["c-1"]
        return execution.state if execution.waits else f"{execution.state} {execution.status}"


def test_it_sleeps_until_it_is_woken_and_routes_by_the_outcome() -> None:
    sample = Sample()
    assert sample.run() == "payment"

    sample.machines.succeed(sample.opened[0]["token"], PAID)

    assert sample.run() == "issued SUCCEEDED"


def test_a_time_out_runs_the_clock_and_sleeps_again_until_the_record_says_the_end() -> None:
    sample = Sample()
    sample.run()
    assert (sample.run(59), sample.ticks) == ("payment", 0)
    assert (sample.run(1), sample.ticks) == ("payment", 1)
    assert (sample.run(60), sample.ticks) == ("unpaid SUCCEEDED", 2)


@pytest.mark.parametrize(
    ("prepare", "remark"),
    [
        (lambda s: s.machines.succeed(s.opened[0]["token"], PAID), "used already"),
        (lambda s: s.run(60), "its wait timed out"),
        (lambda s: s.machines.lose_all(), "its execution is gone"),
    ],
)
def test_a_token_is_answered_once_and_in_time(
    prepare: Callable[[Sample], object], remark: str
) -> None:
    sample = Sample()
    sample.run()
    token = sample.opened[0]["token"]
    prepare(sample)

    with pytest.raises(ClientError, match="TaskTimedOut"):
        sample.machines.succeed(token, PAID)


def test_a_killed_function_is_tried_again_after_its_pauses_then_the_machine_fails() -> None:
    sample = Sample()
    sample.run()
    sample.fails = [Killed(), Killed()]
    sample.run(60)
    assert sample.ticks == 0
    sample.run(5)
    assert sample.ticks == 0
    assert (sample.run(10), sample.ticks) == ("payment", 1)

    sample.fails = [Killed(), Killed(), Killed()]
    sample.run(60)
    sample.run(5)
    assert sample.run(10) == "clock FAILED"


def test_an_error_is_caught_by_its_name_and_otherwise_ends_the_execution() -> None:
    sample = Sample()
    sample.fails = [Superseded()]
    assert sample.run() == "superseded SUCCEEDED"
    sample = Sample()
    sample.fails = [ValueError()]
    assert sample.run() == "payment FAILED"


def test_a_function_may_wake_its_own_execution() -> None:
    sample = Sample()
    sample.machines = Machines(
        {"open_phase": lambda event: sample.machines.succeed(event["token"], PAID)},
        lambda: sample.now,
    )
    sample.machines.definitions[ARN] = SAMPLE
    sample.machines.start(ARN, "c-1", START)

    assert sample.run() == "issued SUCCEEDED"


def test_a_name_is_started_once_whatever_became_of_it(aws: Repair) -> None:
    sample = Sample()
    client = boto3.client("stepfunctions", region_name="eu-central-1")
    with machines.calls(sample.machines):
        client.start_execution(stateMachineArn=ARN, name="c-1", input=START)
        with pytest.raises(ClientError, match="ExecutionAlreadyExists"):
            client.start_execution(stateMachineArn=ARN, name="c-1", input=PAID)
        sample.machines.lose_all()
        with pytest.raises(ClientError, match="ExecutionAlreadyExists"):
            client.start_execution(stateMachineArn=ARN, name="c-1", input=START)

    assert len(sample.machines.executions) == 1


def test_a_wait_without_a_time_out_is_a_mistake() -> None:
    sample = Sample()
    forgetful = {**SAMPLE["States"]["payment"]}
    del forgetful["TimeoutSecondsPath"]
    sample.machines.definitions[ARN] = {**SAMPLE, "States": {"payment": forgetful}}

    with pytest.raises(AssertionError, match="hangs for a year"):
        sample.run()
