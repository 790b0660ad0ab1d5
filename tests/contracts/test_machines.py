"""Versions of machines keep the same promises in memory and on Step Functions."""

import json
from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from chalicelib.adapters.machines.memory import MemoryMachines
from chalicelib.adapters.machines.stepfunctions import Place, StepFunctionsMachines
from chalicelib.domain.errors import Busy
from chalicelib.domain.ids import ServiceCode
from chalicelib.domain.services.compiler import PLACEHOLDERS, compile_model
from chalicelib.ports.machines import Definition, Machines
from tests.models import permanent_address

REGION = "eu-central-1"
CODE = ServiceCode("permanent-address")
PLACE = Place(
    stage="test",
    region=REGION,
    role="arn:aws:iam::123456789012:role/machines",
    functions={
        name: f"arn:aws:lambda:{REGION}:123456789012:function:{name}" for name in PLACEHOLDERS
    },
    logs=f"arn:aws:logs:{REGION}:123456789012:log-group:machines",
)


@pytest.fixture(params=["memory", "stepfunctions"])
def machines(request: pytest.FixtureRequest) -> Iterator[Machines]:
    if request.param == "memory":
        yield MemoryMachines()
        return
    with mock_aws():
        yield StepFunctionsMachines(boto3.client("stepfunctions", region_name=REGION), PLACE)


def definition(comment: str = "") -> Definition:
    return compile_model(permanent_address()) | {"Comment": comment}


def test_what_was_published_runs(machines: Machines) -> None:
    machine = machines.publish(CODE, 1, definition("one"))

    assert machines.runs(machine, definition("one"))
    assert not machines.runs(machine, definition("two"))


def test_an_old_version_runs_on_as_it_was(machines: Machines) -> None:
    old = machines.publish(CODE, 1, definition("one"))
    new = machines.publish(CODE, 2, definition("two"))

    assert old != new
    assert machines.runs(old, definition("one"))
    assert machines.runs(new, definition("two"))


def test_what_was_never_published_does_not_run(machines: Machines) -> None:
    nobody = f"{PLACE.machine(CODE)}:7"
    assert not machines.runs(nobody, definition())


def test_on_aws_a_machine_has_its_stages_name_functions_and_no_personal_data_in_its_log() -> None:
    with mock_aws():
        client = boto3.client("stepfunctions", region_name=REGION)
        arn = StepFunctionsMachines(client, PLACE).publish(CODE, 1, definition())
        found = client.describe_state_machine(stateMachineArn=arn.rsplit(":", 1)[0])

    assert found["name"] == "zagora-test-permanent-address"
    assert "${" not in json.dumps(found["definition"])
    assert found["loggingConfiguration"]["level"] == "ERROR"
    assert found["loggingConfiguration"]["includeExecutionData"] is False


def test_a_function_or_role_that_moved_means_a_new_version() -> None:
    with mock_aws():
        client = boto3.client("stepfunctions", region_name=REGION)
        arn = StepFunctionsMachines(client, PLACE).publish(CODE, 1, definition())
        elsewhere = {**PLACE.functions, "clock": f"{PLACE.functions['clock']}2"}
        moved = PLACE.model_copy(update={"functions": elsewhere})
        other = PLACE.model_copy(update={"role": f"{PLACE.role}2"})

        assert not StepFunctionsMachines(client, moved).runs(arn, definition())
        assert not StepFunctionsMachines(client, other).runs(arn, definition())


class Failing:
    """A client whose every call fails."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> object:
        def call(**_: object) -> None:
            raise self._error

        return call


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ClientError({"Error": {"Code": "ThrottlingException"}}, "x"), Busy),
        (EndpointConnectionError(endpoint_url="https://states"), Busy),
        (ClientError({"Error": {"Code": "InvalidDefinition"}}, "x"), ClientError),
        (ClientError({"Error": {"Code": "AccessDeniedException"}}, "x"), ClientError),
    ],
)
def test_errors_are_told_apart(error: Exception, expected: type[Exception]) -> None:
    machines = StepFunctionsMachines(Failing(error), PLACE)  # type: ignore[arg-type]  # a double
    with pytest.raises(expected):
        machines.publish(CODE, 1, definition())
    with pytest.raises(expected):
        machines.runs(PLACE.machine(CODE), definition())
