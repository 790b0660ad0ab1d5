"""Compiled machines on moto's interpreter, their functions answered in this process.

`interpreted(functions)` gives an interpreter; `functions` are called by the name after the last
colon of the ARN, with the payload. What they raise reaches the machine as AWS would tell it: the
class name. moto runs executions in threads and by the real clock: waits are whole seconds here.
"""

import io
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest import mock

import boto3
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils

from chalicelib.domain.services.compiler import PLACEHOLDERS, bind

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

Json = dict[str, Any]
Function = Callable[[Json], Any]

REGION = "eu-central-1"
ROLE = "arn:aws:iam::123456789012:role/machines"
ARNS = {name: f"arn:aws:lambda:{REGION}:123456789012:function:{name}" for name in PLACEHOLDERS}
PATIENCE = 20.0
_CLIENT = "boto_client_for"


class Lambdas:
    """A Lambda client that calls functions of this process."""

    def __init__(self, functions: Mapping[str, Function]) -> None:
        self._functions = functions

    def invoke(self, FunctionName: str, Payload: bytes, **_: object) -> Json:  # noqa: N803  # AWS's
        """As AWS answers, also when the function raises."""
        name = FunctionName.rsplit(":", 1)[-1]
        try:
            result = self._functions[name](json.loads(Payload))
        except ClientError:
            raise
        except Exception as error:
            told = {"errorType": type(error).__name__, "errorMessage": str(error)}
            return {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": _body(told)}
        return {"StatusCode": 200, "Payload": _body(result)}


class Interpreter:
    """Starts, wakes and follows executions."""

    def __init__(self, client: "SFNClient") -> None:
        self.client = client
        self._started: list[str] = []

    def create(self, definition: Json, name: str = "sample") -> str:
        """A machine's ARN, from a compiled definition (with placeholders)."""
        bound = json.dumps(bind(definition, ARNS))
        made = self.client.create_state_machine(name=name, definition=bound, roleArn=ROLE)
        return made["stateMachineArn"]

    def start(self, machine: str, name: str, data: Json) -> str:
        """The execution's ARN."""
        started = self.client.start_execution(
            stateMachineArn=machine, name=name, input=json.dumps(data)
        )
        self._started.append(started["executionArn"])
        return started["executionArn"]

    def wake(self, token: str, data: Json) -> None:
        """As the stream's function does."""
        self.client.send_task_success(taskToken=token, output=json.dumps(data))

    def finish(self, execution: str) -> str:
        """How it ended."""
        await_(lambda: self.status(execution) != "RUNNING", f"{execution} goes on and on")
        return self.status(execution)

    def path(self, execution: str) -> list[str]:
        """The states that it went through."""
        history = self.client.get_execution_history(executionArn=execution, maxResults=1000)
        return [
            event["stateEnteredEventDetails"]["name"]
            for event in history["events"]
            if "stateEnteredEventDetails" in event
        ]

    def events(self, execution: str) -> int:
        """How many events there are in its history."""
        history = self.client.get_execution_history(executionArn=execution, maxResults=1000)
        return len(history["events"])

    def stop_all(self) -> None:
        """So that no thread outlives the test."""
        for execution in self._started:
            if self.status(execution) == "RUNNING":
                self.client.stop_execution(executionArn=execution)

    def status(self, execution: str) -> str:
        """RUNNING, SUCCEEDED, …"""
        return self.client.describe_execution(executionArn=execution)["status"]


def await_(condition: Callable[[], bool], complaint: str) -> None:
    """Until the threads of the interpreter have got there. Raises AssertionError."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, complaint
        time.sleep(0.005)


@contextmanager
def interpreted(functions: Mapping[str, Function]) -> Iterator[Interpreter]:
    """An AWS that interprets state machines and calls these functions."""
    lambdas = Lambdas(functions)

    def client_for(**_: object) -> Lambdas:
        return lambdas

    config: Any = {"stepfunctions": {"execute_state_machine": True}}
    with mock_aws(config=config), mock.patch.object(lambda_eval_utils, _CLIENT, client_for):
        interpreter = Interpreter(boto3.client("stepfunctions", region_name=REGION))
        try:
            yield interpreter
        finally:
            interpreter.stop_all()


def _body(value: object) -> io.BytesIO:
    return io.BytesIO(json.dumps(value).encode())
