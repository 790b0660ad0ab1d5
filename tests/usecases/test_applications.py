"""Applying while somebody else does the same, and journals that nothing can be made of."""

import pytest

from chalicelib.adapters.cases.memory import MemoryCases
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import KeyReused
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.journal import SYSTEM
from chalicelib.ports.cases import Taken
from chalicelib.usecases import applications, viewing
from chalicelib.usecases.changing import write
from tests.builders import a_case
from tests.meanwhile import before
from tests.usecases.test_story import filing
from tests.world import World, citizen

OWNER = citizen()
RESUMED = e.PhaseResumed(phase=PhaseId("issuing"))


@pytest.fixture
def world() -> World:
    return World()


def apply(world: World, key: str = "key", **changes: object) -> Case:
    return applications.file_application(world, OWNER, filing(**changes), key, world.now)


def numbers(world: World) -> list[str]:
    return [case.number for case in viewing.my_cases(world, OWNER).cases]


def test_a_form_sent_twice_at_once_is_one_case(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin: list[Case] = []
    before(monkeypatch, world.cases, "save", lambda: twin.append(apply(world)))
    assert apply(world) == twin[0]
    assert numbers(world) == [twin[0].number]


def test_of_two_forms_at_once_under_one_key_the_second_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before(monkeypatch, world.cases, "save", lambda: apply(world))
    with pytest.raises(KeyReused):
        apply(world, tier="fast")
    assert [case.tier for case in viewing.my_cases(world, OWNER).cases] == ["regular"]


def test_no_two_cases_ever_have_one_number() -> None:
    """A counter that was restored from yesterday gives a number out again: it is not taken."""

    class Yesterday(MemoryCases):
        def next_in(self, counter: str) -> int:
            return 1

    world = World(cases=Yesterday())
    first = apply(world, "a")
    with pytest.raises(Taken) as taken:
        apply(world, "b")
    assert taken.value.what == {"number"}
    assert numbers(world) == [first.number]
    assert world.records.remembered(OWNER.subject, "b") is None, "the key may be used again"


def test_nothing_is_filed_that_does_not_begin_with_its_filing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applications, "file", lambda *_: [RESUMED])
    with pytest.raises(TypeError, match="begins with its filing"):
        apply(world)
    assert numbers(world) == []
    assert world.records.remembered(OWNER.subject, "key") is None


@pytest.mark.parametrize("events", [[], [RESUMED]], ids=["no journal", "another beginning"])
def test_no_filing_is_made_up_from_a_journal_without_one(
    world: World, events: list[e.Event]
) -> None:
    case = write(world, a_case(), events, SYSTEM, world.now)
    later = write(world, case, [RESUMED], SYSTEM, world.now)
    with pytest.raises(TypeError, match="begins with the filing"):
        applications.as_filed(world, later)
