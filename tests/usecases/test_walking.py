"""Only the newest execution walks a case, and a step that is repeated changes nothing."""

from collections.abc import Callable

import pytest

from chalicelib.domain.errors import Superseded
from chalicelib.domain.ids import PhaseId
from chalicelib.ports.cases import Execution
from chalicelib.usecases import following, issuing, walking
from chalicelib.usecases.walking import Step
from tests.builders import MONDAY, a_case, a_change, in_phase
from tests.meanwhile import before
from tests.usecases.test_story import Story
from tests.world import World

CASE = a_case()
FUNCTIONS: dict[str, Callable[[World, Step], object]] = {
    "open_phase": lambda world, step: walking.open_phase(world, step, world.now),
    "run_clock": lambda world, step: walking.run_clock(world, step, world.now),
    "deliver_result": lambda world, step: walking.deliver_result(world, step, world.now),
    "issue_document": lambda world, step: issuing.issue_document(world, step, world.now),
}


def payment(generation: int = 1) -> Step:
    return Step(case=CASE.id, generation=generation, phase=PhaseId("payment"), token="mine")


@pytest.fixture
def world() -> World:
    """With one case that nobody walks yet."""
    world = World()
    world.cases.save(a_change(CASE))
    return world


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("newest", [0, 1, 3], ids=["none", "an older one", "a newer one"])
def test_an_execution_that_is_not_the_newest_changes_nothing(
    world: World, name: str, newest: int
) -> None:
    for generation in range(1, newest + 1):
        walks = Execution(case=CASE.id, generation=generation, at=MONDAY)
        # Put as the contract of the record wants it: each over the one before.
        world.cases.put_execution(walks, over=generation - 1)
    stored, walks_now = world.cases.load(CASE.id), world.cases.execution(CASE.id)

    with pytest.raises(Superseded) as superseded:
        FUNCTIONS[name](world, payment(generation=2))

    assert superseded.value.facts == {"case": CASE.id, "generation": 2}
    assert (world.cases.load(CASE.id), world.cases.execution(CASE.id)) == (stored, walks_now)


def test_who_is_superseded_while_it_opens_a_phase_leaves_no_token(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    following.follow(world, CASE.id, world.now)
    take_over = [lambda: following.restart(world, CASE, 1, world.now)]
    before(monkeypatch, world.cases, "put_execution", *take_over)

    with pytest.raises(Superseded):
        walking.open_phase(world, payment(), world.now)

    newest = world.cases.execution(CASE.id)
    assert newest is not None
    assert (newest.generation, newest.token) == (2, ""), "wake-ups must not go to the old one"
    assert world.executions.woken == {}


@pytest.mark.parametrize("name", ["open_phase", "deliver_result", "issue_document"])
def test_an_execution_told_an_old_place_hands_the_case_on(world: World, name: str) -> None:
    case = world.cases.load(CASE.id)
    world.cases.save(a_change(in_phase(case, "examination")))
    walks = Execution(case=CASE.id, generation=1, at=MONDAY)
    world.cases.put_execution(walks, over=0)

    with pytest.raises(Superseded):
        FUNCTIONS[name](world, payment())

    newest = world.cases.execution(CASE.id)
    assert newest is not None
    assert newest.generation == 2
    (_, told) = world.executions.started[f"{CASE.id}-2"]
    assert told.phase == "examination"


def test_of_a_closed_case_nothing_is_handed_on(world: World) -> None:
    case = world.cases.load(CASE.id)
    world.cases.save(a_change(case.model_copy(update={"closed_as": "unpaid"})))
    world.cases.put_execution(Execution(case=CASE.id, generation=1, at=MONDAY), over=0)
    with pytest.raises(Superseded):
        walking.open_phase(world, payment(), world.now)
    assert world.executions.started == {}


def test_what_the_clock_ends_needs_no_new_execution() -> None:
    """Its own execution is awake and goes on: nobody else is sent to walk the case."""
    story = Story()
    case = story.file()
    story.world.pass_time(days=8)
    step = Step(case=case.id, generation=1, phase=PhaseId("payment"))

    answer = walking.run_clock(story.world, step, story.world.now)
    following.follow(story.world, case.id, story.world.now)

    assert answer.outcome == "unpaid"
    walks = story.world.cases.execution(case.id)
    assert walks is not None
    assert (walks.generation, walks.token) == (1, "")
    assert story.world.executions.woken == {}


def test_a_result_is_delivered_once_however_often_it_is_asked() -> None:
    story = Story()
    story.file()
    story.pay()
    story.decide()
    case, journal = story.case, story.world.cases.journal(story.case.id)
    step = Step(case=case.id, generation=1, phase=PhaseId("delivery"))

    answer = walking.deliver_result(story.world, step, story.world.now)

    assert (answer.phase, answer.outcome) == ("delivery", "delivered")
    assert story.case == case
    assert story.world.cases.journal(case.id) == journal
    assert [entry.event for entry in journal].count("result-delivered") == 1
