"""The process is killed, cut off, repeated or refused at each call to AWS in turn.

Each scenario is one step of the story with everything that follows from it: the request, the
stream's function, the machine's functions. After each point the world goes on as it would: the
request comes again, the stream comes again, the sweep runs twice. Then the invariants hold, and
the story is walked to its end, which must be the same as if nothing had happened.

At size 1 every call is a point for every fault that its kind makes different (to a read, being
killed after it is being killed before the next call); from size 4 on, every fault at every call.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.ground import faults, size
from tests.ground.faults import Call, Fault, every_point
from tests.ground.invariants import check_invariants
from tests.ground.story import (
    Step,
    Story,
    decide,
    ended_right,
    go_to_the_end,
    pay,
    refuse,
    submit,
)
from tests.ground.town import Ground, ground

READS = {"GetItem", "Query", "Decrypt", "GetPublicKey", "GetSecretValue", "Sign"}
OF_READS = (Fault.KILLED_BEFORE, Fault.THROTTLED)
OF_WRITES = (
    Fault.KILLED_BEFORE,
    Fault.KILLED_AFTER,
    Fault.TWICE,
    Fault.ANSWER_LOST,
    Fault.THROTTLED,
    Fault.CONFLICT,
)
AT_SIZE_1 = {Fault.THROTTLED: (6,), Fault.CONFLICT: (2,)}


STEPS: dict[str, tuple[Step, ...]] = {
    "submit": (submit,),
    "pay": (submit, pay),
    "decide and issue": (submit, pay, decide),
    "refuse and issue": (submit, pay, refuse),
}


@pytest.fixture(scope="module")
def grounds() -> Iterator[Ground]:
    logging.disable()  # a line for each of a hundred thousand calls
    with ground() as made:
        with made.town() as town:
            story = Story(town)
            for step in (submit, pay, decide):
                step(story)  # what a container reads once is read by now
        yield made
    logging.disable(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", STEPS)
def test_whatever_breaks_at_whichever_call_the_case_ends_right_exactly_once(
    grounds: Ground, name: str, record_property: Callable[[str, object], None]
) -> None:
    *before, act = STEPS[name]
    with grounds.town() as town:
        begun = Story(town)
        for step in before:
            step(begun)
        restore = town.snapshot()

        @contextmanager
        def world() -> Iterator[Story]:
            restore()
            yield replace(begun)

        report = every_point(name, world, act, _recovery(act), _check(act), choose=_choose)

    record_property("crash points", report.points)
    print(report)  # noqa: T201 - the numbers are asked for
    assert not report.failed, str(report)


def _recovery(act: Step) -> Step:
    def recover(story: Story) -> None:
        act(story)  # whoever asked, asks again
        story.town.recover()

    return recover


def _check(act: Step) -> Step:
    def check(story: Story) -> None:
        check_invariants(story.town)
        go_to_the_end(story, refuse if act is refuse else decide)
        check_invariants(story.town)
        ended_right(story, "refused" if act is refuse else "issued")

    return check


def _choose(call: Call) -> list[tuple[Fault, int]]:
    if size.SIZE >= 4:
        return list(faults.every_fault(call))
    chosen = OF_READS if call.operation in READS else OF_WRITES
    return [
        (fault, lasting)
        for fault in chosen
        for lasting in AT_SIZE_1.get(fault, (1,))
        if faults.can_happen(fault, call)
    ]
