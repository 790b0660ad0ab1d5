"""One execution walks a case: who comes second to take over leaves it alone, and so does a sweep
that finds nothing wrong.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from chalicelib.adapters.cases.memory import MemoryCases
from chalicelib.domain.cases import phases
from chalicelib.domain.cases.state import Case
from chalicelib.domain.ids import CaseId
from chalicelib.domain.journal import SYSTEM
from chalicelib.ports.cases import Execution
from chalicelib.usecases import following
from chalicelib.usecases.changing import change
from tests.builders import MONDAY, a_case, a_change, in_phase
from tests.meanwhile import before
from tests.usecases.test_story import Story
from tests.world import World

CASE = a_case()
CLOSED = CASE.model_copy(update={"closed_as": "unpaid", "closed_at": MONDAY})
PAYING = in_phase(CASE, "payment")
STILL = MONDAY - timedelta(hours=1)  # it should have moved an hour ago


def holding(case: Case, execution: Execution | None = None) -> World:
    """A world with this case, overdue to move, and with the execution that walks it."""
    world = World()
    world.cases.save(a_change(case, wake_at=STILL))
    if execution is not None:
        world.cases.put_execution(execution, over=0)
    return world


def walking(generation: int = 1, minutes: int = 10, phase: str = "", token: str = "") -> Execution:
    began = MONDAY - timedelta(minutes=minutes)
    return Execution(case=CASE.id, generation=generation, phase=phase, token=token, at=began)


def generations(world: World) -> list[int]:
    return sorted(int(name.rsplit("-", 1)[1]) for name in world.executions.started)


@pytest.mark.parametrize("execution", [None, walking()], ids=["none", "one that never moved"])
def test_nothing_is_started_for_a_closed_case(execution: Execution | None) -> None:
    world = holding(CLOSED, execution)
    following.follow(world, CASE.id, world.now)
    assert generations(world) == []
    assert world.cases.execution(CASE.id) == execution


def test_of_two_that_follow_at_once_one_starts_the_execution(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = holding(CASE)
    faster: list[Execution | None] = []

    def follow() -> None:
        following.follow(world, CASE.id, world.now)
        faster.append(world.cases.execution(CASE.id))

    before(monkeypatch, world.cases, "put_execution", follow)
    following.follow(world, CASE.id, world.now + timedelta(seconds=1))
    assert generations(world) == [1]
    assert [world.cases.execution(CASE.id)] == faster


def test_of_two_that_restart_at_once_one_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    world = holding(PAYING, walking(generation=4))

    def restart() -> None:
        following.restart(world, PAYING, 4, world.now)

    before(monkeypatch, world.cases, "put_execution", restart)
    restart()
    assert generations(world) == [5]


def test_a_dead_token_of_a_closed_case_brings_no_new_execution() -> None:
    story = Story()
    case = story.file()
    (token, _, _) = next(iter(story.walker.stands.values()))
    story.world.executions.dead.add(token)
    story.world.pass_time(days=8)
    now = story.world.now
    change(story.world, case.id, SYSTEM, now, lambda c, m: phases.tick(c, m, now))
    assert story.case.closed_as == "unpaid"

    following.follow(story.world, case.id, now)

    assert generations(story.world) == [1]
    assert story.world.executions.woken == {}


REVIVED = [
    (PAYING, None, 1, "nobody ever walked it"),
    (PAYING, walking(minutes=1), 0, "began just now"),
    (CASE, walking(minutes=1), 0, "began just now, and opened nothing yet"),
    (CASE, walking(), 1, "began long ago, and opened nothing"),
    (PAYING, walking(), 1, "came to no phase"),
    (PAYING, walking(phase="payment"), 1, "nobody waits behind a token"),
    (PAYING, walking(phase="examination", token="t"), 1, "sleeps in another phase"),
    (PAYING, walking(phase="payment", token="t"), 0, "sleeps as it should"),
    (in_phase(CASE, "payment", outcome="paid"), walking(phase="payment", token="t"), 1, "over"),
]


@pytest.mark.parametrize(("case", "execution", "revived", "remark"), REVIVED, ids=repr)
def test_a_sweep_revives_what_stands_still_and_nothing_else(
    case: Case, execution: Execution | None, revived: int, remark: str
) -> None:
    world = holding(case, execution)
    assert following.reconcile(world, world.now) == revived, remark
    newest = (execution.generation if execution else 0) + 1
    assert generations(world) == [newest] * revived
    assert following.reconcile(world, world.now) == 0, "the new one began just now"


class Lagging(MemoryCases):
    """An index that still shows what the record no longer has (or shows otherwise)."""

    shown: CaseId = CASE.id

    def overdue_to_move(self, shard: int, before: datetime) -> Sequence[CaseId]:
        return [self.shown] if shard == 0 else []


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("case", [None, CLOSED], ids=["gone", "closed"])
def test_an_index_that_lags_behind_starts_nothing_and_is_no_fault(
    case: Case | None, everything: bool
) -> None:
    world = World(cases=Lagging())
    if case is not None:
        world.cases.save(a_change(case, wake_at=STILL))
    assert following.reconcile(world, world.now, everything=everything) == 0
    assert generations(world) == []
    assert world.cases.execution(CASE.id) is None
