"""The two interpreters on which cases of services travel: see tests/trip.py."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.domain.cases.routing import Reply
from chalicelib.domain.services.compiler import PLACEHOLDERS
from tests.ground.machines import Machines
from tests.stepfunctions.interpreter import Interpreter, await_, interpreted
from tests.trip import Function, Json, Trip
from tests.world import World

ARN = "sample"
# Longer than a test may take; and the shortest that AWS knows.
_LONG, _SHORT = 3600, 1


class OneThreaded:
    """Ours: by the clock of the world."""

    def __init__(self, definition: Json, trip: Trip) -> None:
        self._machines = Machines(trip.functions, lambda: trip.world.now)
        self._machines.definitions[ARN] = definition

    def start(self, machine: str, name: str, reply: Reply) -> None:
        self._machines.start(ARN, name, reply.model_dump_json())

    def wake(self, token: str, reply: Reply) -> bool:
        try:
            self._machines.succeed(token, reply.model_dump_json())
        except ClientError:
            return False
        return True

    def rest(self) -> None:
        self._machines.run()

    def pass_time(self, world: World, until: datetime) -> None:
        world.now = until
        self.rest()

    @property
    def path(self) -> list[str]:
        (execution,) = self._machines.executions.values()
        assert execution.status == "SUCCEEDED", execution
        return execution.path


class Motos:
    """moto's: by the real clock, so what is to time out gets a second, and the rest an hour."""

    def __init__(self, interpreter: Interpreter, machine: str, name: str, trip: Trip) -> None:
        self._interpreter = interpreter
        self._machine = machine
        self._name = name
        self._trip = trip
        self._execution = ""
        self._asleep = False
        self._may_tick = threading.Event()
        self._woken = set[str]()

    @property
    def functions(self) -> dict[str, Function]:
        """The trip's, in the threads of the interpreter."""
        made = {name: self._hurried(function) for name, function in self._trip.functions.items()}
        return made | {"open_phase": self._open_phase, "clock": self._clock}

    def _hurried(self, function: Function) -> Function:
        def call(event: Json) -> Json:
            return self._waiting(Reply.model_validate(function(event)))

        return call

    def _waiting(self, reply: Reply) -> Json:
        wait = _SHORT if self._trip.goes_by_time(reply) else _LONG
        return reply.model_copy(update={"wait": wait}).model_dump(mode="json")

    def _open_phase(self, event: Json) -> None:
        self._trip.functions["open_phase"](event)
        self._asleep = event["token"] not in self._woken

    def _clock(self, event: Json) -> Json:
        self._may_tick.wait(timeout=10)  # it is not later before the test says so
        self._may_tick.clear()
        answer: Json = self._hurried(self._trip.functions["clock"])(event)
        return answer

    def start(self, machine: str, name: str, reply: Reply) -> None:
        self._execution = self._interpreter.start(
            self._machine, f"{self._name}-{name[-1]}", self._waiting(reply)
        )

    def wake(self, token: str, reply: Reply) -> bool:
        if token in self._woken:
            return False
        self._woken.add(token)
        was, self._asleep = self._asleep, False
        try:
            self._interpreter.wake(token, self._waiting(reply))
        except ClientError:  # it timed out
            self._asleep = was
            return False
        return True

    def rest(self) -> None:
        await_(lambda: self._asleep or self._has_ended, "the machine never comes to rest")

    def pass_time(self, world: World, until: datetime) -> None:
        world.now = until
        self._asleep = False
        self._may_tick.set()
        self.rest()

    @property
    def _has_ended(self) -> bool:
        return self._interpreter.status(self._execution) != "RUNNING"

    @property
    def path(self) -> list[str]:
        assert self._interpreter.finish(self._execution) == "SUCCEEDED"
        return self._interpreter.path(self._execution)

    @property
    def events(self) -> int:
        """Events in the execution's history."""
        return self._interpreter.events(self._execution)


class Moto:
    """moto's interpreter for many trips, one after another: each service's machine is made once."""

    def __init__(self) -> None:
        self.interpreter: Interpreter
        self._machines: dict[str, str] = {}
        self._travelling: Motos
        self._trips = 0

    def carry(self, definition: Json, trip: Trip) -> Motos:
        """An interpreter for one trip."""
        service = trip.model.service
        if service not in self._machines:
            self._machines[service] = self.interpreter.create(definition, name=service)
        self._trips += 1
        self._travelling = Motos(
            self.interpreter, self._machines[service], f"trip-{self._trips}", trip
        )
        return self._travelling

    def call(self, name: str, event: Json) -> Any:
        """A function of whoever travels now."""
        return self._travelling.functions[name](event)


@contextmanager
def moto() -> Iterator[Moto]:
    """moto, for a module."""
    made = Moto()
    with interpreted({name: partial(made.call, name) for name in PLACEHOLDERS}) as interpreter:
        made.interpreter = interpreter
        yield made
