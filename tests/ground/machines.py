"""State machines in one thread, by the test's own clock: no threads, no sleeping, no chance.

Interprets what the compiler writes of Amazon States Language (Task by lambda:invoke, with or
without a token; Choice; Pass; Succeed; Fail; Retry and Catch; time-outs by path). An execution
moves only in `run`; it sleeps until its token is answered or `clock` has passed its time. A
function that is killed is to the machine what it is on AWS: `Lambda.Unknown`, retried by its list.

`calls` stands in for the client's StartExecution and SendTaskSuccess, below the injected faults.
Sources: States Language specification; API reference of StartExecution and SendTaskSuccess.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from botocore.client import BaseClient
from botocore.exceptions import ClientError

from tests.ground import states
from tests.ground.faults import Killed
from tests.ground.states import Failed

Function = Callable[[dict[str, Any]], Any]
WAIT = ".waitForTaskToken"


@dataclass
class Execution:
    """Where one execution is. `until` is when it moves by itself."""

    name: str
    machine: str
    started_with: str
    state: str
    data: dict[str, Any]
    status: str = "RUNNING"
    token: str | None = None
    until: datetime | None = None
    retried: dict[int, int] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Whether it sleeps (for a token, or between two tries)."""
        return self.status == "RUNNING" and self.until is not None


class Machines:
    """All executions. `functions` are called by the name that follows the last colon."""

    def __init__(self, functions: Mapping[str, Function], clock: Callable[[], datetime]) -> None:
        self.definitions: dict[str, Mapping[str, Any]] = {}
        self.executions: dict[str, Execution] = {}
        self._functions = functions
        self._clock = clock
        self._tokens = 0

    def start(self, machine: str, name: str, text: str) -> None:
        """StartExecution: the same name is the same execution, or it is taken."""
        known = self.executions.get(name)
        if known is not None:
            if known.status == "RUNNING" and known.started_with == text:
                return
            raise _refused("StartExecution", "ExecutionAlreadyExists")
        first = self.definitions[machine]["StartAt"]
        self.executions[name] = Execution(name, machine, text, first, json.loads(text))

    def succeed(self, token: str, output: str) -> None:
        """SendTaskSuccess: a token is answered once, in its time."""
        for execution in self.executions.values():
            if execution.token == token and execution.waits:
                state = self._state(execution)
                execution.data = states.output(state, execution.data, json.loads(output))
                self._go(execution, state)
                return
        raise _refused("SendTaskSuccess", "TaskTimedOut")

    def lose_all(self) -> None:
        """As the laptop's emulator does at a restart: what was running is aborted."""
        for execution in self.executions.values():
            if execution.status == "RUNNING":
                execution.status, execution.until, execution.token = "ABORTED", None, None

    def run(self, most: int = 500) -> None:
        """Moves every execution until all sleep or have ended."""
        for _ in range(most):
            ready = [e for e in self.executions.values() if self._is_ready(e)]
            if not ready:
                return
            for execution in ready:
                self._step(execution)
        raise AssertionError("the machines never come to rest")

    @property
    def next_moment(self) -> datetime | None:
        """When the next sleeping execution moves by itself."""
        return min((e.until for e in self.executions.values() if e.waits and e.until), default=None)

    def _is_ready(self, execution: Execution) -> bool:
        if execution.status != "RUNNING":
            return False
        return execution.until is None or execution.until <= self._clock()

    def _state(self, execution: Execution) -> Mapping[str, Any]:
        state: Mapping[str, Any] = self.definitions[execution.machine]["States"][execution.state]
        return state

    def _step(self, execution: Execution) -> None:
        state = self._state(execution)
        try:
            self._enter(execution, state)
        except Failed as failed:
            self._fail(execution, state, failed)

    def _enter(self, execution: Execution, state: Mapping[str, Any]) -> None:
        if execution.token is not None:
            raise Failed("States.Timeout")
        execution.path.append(execution.state)
        execution.until = None
        match state["Type"]:
            case "Task" if str(state["Resource"]).endswith(WAIT):
                self._sleep(execution, state)
            case "Task":
                result = {"Payload": self._invoke(execution, state, token="")}
                execution.data = states.output(state, execution.data, result)
                self._go(execution, state)
            case "Choice":
                execution.state = states.chosen(state, execution.data)
            case "Pass":
                self._go(execution, state)
            case "Succeed":
                execution.status = "SUCCEEDED"
            case "Fail":
                raise Failed(state.get("Error", "Fail"))
            case kind:
                raise NotImplementedError(kind)

    def _sleep(self, execution: Execution, state: Mapping[str, Any]) -> None:
        self._tokens += 1
        token = f"{execution.name}/{self._tokens}"
        execution.token = token
        execution.until = self._clock() + timedelta(seconds=states.seconds(state, execution.data))
        try:
            self._invoke(execution, state, token)
        except Failed:
            if execution.token == token:  # else it woke itself first, and has gone on
                raise

    def _invoke(self, execution: Execution, state: Mapping[str, Any], token: str) -> Any:
        wanted = state.get("Parameters") or state["Arguments"]
        payload = states.filled(wanted["Payload"], execution.data, token)
        name = str(wanted["FunctionName"]).rsplit(":", 1)[-1].strip("${}")
        try:
            return self._functions[name](payload)
        except Killed as killed:
            raise Failed("Lambda.Unknown", str(killed)) from killed
        except Exception as error:
            raise Failed(type(error).__name__, str(error)) from error

    def _fail(self, execution: Execution, state: Mapping[str, Any], failed: Failed) -> None:
        execution.token = execution.until = None
        for number, rule in enumerate(state.get("Retry", ())):
            tried = execution.retried.get(number, 0)
            if states.catches(rule, failed) and tried < rule.get("MaxAttempts", 3):
                execution.retried[number] = tried + 1
                execution.until = self._clock() + timedelta(seconds=states.pause(rule, tried))
                return
        for rule in state.get("Catch", ()):
            if states.catches(rule, failed):
                result = {"Error": failed.error, "Cause": str(failed)}
                execution.data = states.placed(rule.get("ResultPath", "$"), execution.data, result)
                self._go(execution, rule)
                return
        execution.status = "FAILED"

    def _go(self, execution: Execution, via: Mapping[str, Any]) -> None:
        execution.token = execution.until = None
        execution.retried.clear()
        if via.get("End"):
            execution.status = "SUCCEEDED"
        else:
            execution.state = via["Next"]


@contextmanager
def calls(machines: Machines) -> Iterator[None]:
    """Inside, clients of Step Functions talk to these machines."""
    plain = BaseClient._make_api_call  # type: ignore[attr-defined] # the stubs leave it out

    def make_api_call(client: BaseClient, operation: str, arguments: Mapping[str, Any]) -> Any:
        if client.meta.service_model.service_name != "stepfunctions":
            return plain(client, operation, arguments)
        match operation:
            case "StartExecution":
                machines.start(arguments["stateMachineArn"], arguments["name"], arguments["input"])
            case "SendTaskSuccess":
                machines.succeed(arguments["taskToken"], arguments["output"])
            case _:
                raise NotImplementedError(operation)
        return {}

    with mock.patch.object(BaseClient, "_make_api_call", make_api_call):
        yield


def _refused(operation: str, code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, operation)
