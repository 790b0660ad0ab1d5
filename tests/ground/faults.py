"""Crash harness: something goes wrong at each call to AWS in turn.

Every client of botocore (boto3's and PynamoDB's) calls AWS through one method; `injected` stands
in front of it, counts, and lets a plan say what goes wrong at which call. `every_point` first
counts the calls of a scenario, then plays it again on a fresh world for each call and each fault:
the scenario goes wrong there, `recover` does what the real world would do next (redeliver, sweep,
ask again), and `check` looks at the invariants.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar
from unittest import mock

from botocore.client import BaseClient
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError

World = TypeVar("World")
Perform = Callable[[], Any]


class Killed(BaseException):
    """The process ends here. Not an Exception, so that no `except Exception` lives on."""


class Fault(StrEnum):
    """What goes wrong at a call."""

    KILLED_BEFORE = "killed before"  # never sent
    KILLED_AFTER = "killed after"  # done; nobody is left to hear the answer
    TWICE = "twice"  # done, answer lost on the way, and the SDK sends it again with its token
    NOT_REACHED = "not reached"  # never sent, and the caller is told so
    ANSWER_LOST = "answer lost"  # done; the caller sees a read time-out
    THROTTLED = "throttled"
    SERVER_ERROR = "server error"
    CONFLICT = "conflict"  # another transaction was in the way (TransactWriteItems only)


_ERRORS: Mapping[Fault, tuple[str, int]] = {
    Fault.THROTTLED: ("ThrottlingException", 400),
    Fault.SERVER_ERROR: ("InternalServerError", 500),
}
# These pass by themselves, sooner or later.
_PASSING = (*_ERRORS, Fault.CONFLICT)
_TRANSACTION = "TransactWriteItems"


@dataclass(frozen=True)
class Call:
    """One call to AWS: its number in the scenario (from 1), service and operation."""

    number: int
    service: str
    operation: str

    def __str__(self) -> str:
        return f"{self.number} {self.service}.{self.operation}"


@dataclass(frozen=True)
class Point:
    """A fault at a call, and at the `lasting - 1` calls after it."""

    call: Call
    fault: Fault
    lasting: int = 1

    def covers(self, call: Call) -> bool:
        """Whether this call goes wrong."""
        return 0 <= call.number - self.call.number < self.lasting

    def __str__(self) -> str:
        return f"{self.call}: {self.fault}" + (f" x{self.lasting}" if self.lasting > 1 else "")


@dataclass
class Report:
    """What came of all points; `failed` says where and why."""

    name: str
    calls: list[Call]
    passed: Counter[Fault] = field(default_factory=Counter)
    failed: list[tuple[Point, BaseException]] = field(default_factory=list)

    @property
    def points(self) -> int:
        """How many were tried."""
        return self.passed.total() + len(self.failed)

    def __str__(self) -> str:
        numbers = f"{len(self.calls)} calls, {self.points} crash points"
        lines = [f"{self.name}: {numbers}, {self.passed.total()} recovered"]
        lines += [f"  {point}: {type(error).__name__}: {error}" for point, error in self.failed]
        return "\n".join(lines)


@contextmanager
def injected(plan: Callable[[Call], Fault | None] = lambda _: None) -> Iterator[list[Call]]:
    """Inside, each call to AWS goes as planned; yields the calls made so far."""
    calls: list[Call] = []
    plain = BaseClient._make_api_call  # type: ignore[attr-defined] # the stubs leave it out

    def make_api_call(client: BaseClient, operation: str, arguments: Mapping[str, Any]) -> Any:
        call = Call(len(calls) + 1, client.meta.service_model.service_name, operation)
        calls.append(call)
        arguments = _with_token(operation, arguments)
        actions = len(arguments.get("TransactItems", ()))
        return _perform(call, plan(call), actions, lambda: plain(client, operation, {**arguments}))

    with mock.patch.object(BaseClient, "_make_api_call", make_api_call):
        yield calls


def every_point(
    name: str,
    make_world: Callable[[], AbstractContextManager[World]],
    act: Callable[[World], object],
    recover: Callable[[World], object],
    check: Callable[[World], object],
    choose: Callable[[Call], Iterable[tuple[Fault, int]]] | None = None,
) -> Report:
    """Plays `act` on a fresh world once for each call and fault; never raises for a failure.

    `choose` says which faults, and for how many calls in a row (default: `every_fault`).
    """
    with make_world() as world:
        with injected() as calls:
            act(world)
        recover(world)
        check(world)
    report = Report(name, calls)
    for point in [Point(c, f, n) for c in calls for f, n in (choose or every_fault)(c)]:
        try:
            _play(point, make_world, act, recover, check)
        except Exception as error:
            report.failed.append((point, error))
        else:
            report.passed[point.fault] += 1
    return report


def every_fault(call: Call) -> Iterator[tuple[Fault, int]]:
    """All that can go wrong at a call; errors for one call, and for six in a row."""
    for fault in Fault:
        if can_happen(fault, call):
            yield from ((fault, n) for n in ((1, 6) if fault in _PASSING else (1,)))


def can_happen(fault: Fault, call: Call) -> bool:
    """Only transactions conflict."""
    return fault is not Fault.CONFLICT or call.operation == _TRANSACTION


def _play(
    point: Point,
    make_world: Callable[[], AbstractContextManager[World]],
    act: Callable[[World], object],
    recover: Callable[[World], object],
    check: Callable[[World], object],
) -> None:
    with make_world() as world:
        struck = []

        def plan(call: Call) -> Fault | None:
            if point.covers(call):
                struck.append(call)
                return point.fault
            return None

        with injected(plan):
            _quietly(act, world)
        assert struck, f"the scenario never came to {point}: it is not the same each time"
        recover(world)
        check(world)


def _quietly(act: Callable[[World], object], world: World) -> None:
    """The process may die, or answer with an error: what matters is what recovery makes of it."""
    with suppress(Killed, Exception):
        act(world)


def _perform(call: Call, fault: Fault | None, actions: int, perform: Perform) -> Any:
    if fault is Fault.KILLED_BEFORE:
        raise Killed(str(call))
    if fault is not None and fault in _ERRORS:
        raise _error(call, *_ERRORS[fault])
    if fault is Fault.NOT_REACHED:
        raise ConnectTimeoutError(endpoint_url=call.service)
    if fault is Fault.CONFLICT and actions:
        raise _conflict(call, actions)
    if fault in (Fault.TWICE, Fault.ANSWER_LOST, Fault.KILLED_AFTER):
        with suppress(ClientError):
            perform()  # done; nobody hears the answer
    if fault is Fault.KILLED_AFTER:
        raise Killed(str(call))
    if fault is Fault.ANSWER_LOST:
        raise ReadTimeoutError(endpoint_url=call.service)
    return perform()


def _error(call: Call, code: str, status: int, **more: Any) -> ClientError:
    response: Any = {
        "Error": {"Code": code, "Message": "injected"},
        "ResponseMetadata": {"HTTPStatusCode": status, "HTTPHeaders": {}},
    }
    return ClientError(response | more, call.operation)


def _conflict(call: Call, actions: int) -> ClientError:
    reason = {"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"}
    reasons = [reason, *[{"Code": "None"}] * (actions - 1)]
    return _error(call, "TransactionCanceledException", 400, CancellationReasons=reasons)


def _with_token(operation: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The SDK makes one token for all its own tries; a call sent twice carries the same one."""
    if operation == _TRANSACTION and "ClientRequestToken" not in arguments:
        return {**arguments, "ClientRequestToken": str(uuid.uuid4())}
    return arguments
