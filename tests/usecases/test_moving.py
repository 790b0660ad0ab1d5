"""Cases move to another version in batches that can be interrupted, repeated and taken back."""

from typing import Any

import pytest

from chalicelib.adapters.moves.memory import MemoryMoveLog
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import ServiceCode
from chalicelib.domain.journal import check_chain
from chalicelib.domain.services.language import ServiceModel, Term, Text
from chalicelib.ports.moves import Batch, MoveRecord
from chalicelib.usecases import applications, following, moving
from chalicelib.usecases.reconsidering import recompute_after_calendar_change
from tests.models import permanent_address, published
from tests.usecases.test_story import Story, filing
from tests.world import MONDAY, World, citizen

CODE = ServiceCode("permanent-address")
OLD = permanent_address()
ORDER = Batch(id="batch-1", service=CODE, to_version=2, by="Мария", at=MONDAY)


def faster() -> ServiceModel:
    """The same process, with an answer a day earlier."""
    term = Term.model_validate("1 working-day")
    return OLD.model_copy(
        update={"fees": tuple(fee.model_copy(update={"term": term}) for fee in OLD.fees)}
    )


def told(**changes: Any) -> ServiceModel:
    return OLD.model_copy(update=changes)


@pytest.fixture
def story() -> Story:
    story = Story()
    story.file()
    story.pay()
    return story


def move(story: Story, log: MemoryMoveLog, model: ServiceModel) -> list[MoveRecord]:
    story.world.services.publish(published(model, version=2), after=1)
    return list(moving.move_cases(story.world, log, ORDER, story.world.now, "Мария"))


def machines(world: World) -> list[str]:
    return [machine.rsplit(":", 1)[1] for machine, _ in world.executions.started.values()]


def test_a_dry_run_says_all_and_changes_nothing(story: Story) -> None:
    story.world.services.publish(published(faster(), version=2), after=1)
    before, started = story.case, machines(story.world)

    ((case, verdict),) = moving.survey(story.world, CODE, 2, story.world.now)

    assert (case.id, verdict.answer, verdict.reason) == (before.id, "can-move", "due-earlier")
    assert verdict.counted is not None
    assert verdict.promised is not None
    assert verdict.counted < verdict.promised
    assert (story.case, machines(story.world)) == (before, started)


def test_a_moved_case_walks_on_over_the_new_machine_to_its_end(story: Story) -> None:
    (record,) = move(story, MemoryMoveLog(), faster())
    story.settle()

    assert (record.state, story.case.model_version) == ("moved", 2)
    assert machines(story.world) == ["1", "2"]
    assert len(story.walker.ended | story.walker.stands.keys()) == 2

    story.decide()

    assert story.case.closed_as == "issued"
    entries = story.world.cases.journal(story.case.id)
    assert [e.data["batch"] for e in entries if e.event == "case-moved"] == ["batch-1"]
    check_chain(entries, story.case.head)


def test_a_case_that_must_not_move_stays_and_is_logged(story: Story) -> None:
    log, before = MemoryMoveLog(), story.case

    (record,) = move(story, log, told(unit="another"))

    assert (record.state, record.verdict.reason) == ("left", "another-unit")
    assert story.case == before
    assert list(log.records("batch-1")) == [record]


def test_other_services_cases_are_not_looked_at(story: Story) -> None:
    world, another = story.world, told(service=ServiceCode("another"))
    world.services.publish(published(another, version=1), after=0)
    log, order = MemoryMoveLog(), ORDER.model_copy(update={"service": another.service})
    order = order.model_copy(update={"to_version": 1})

    assert list(moving.survey(world, another.service, 1, world.now)) == []
    assert list(moving.move_cases(world, log, order, world.now, "Мария")) == []
    assert list(log.records(order.id)) == []


@pytest.mark.parametrize(("from_", "moved"), [(None, 1), (1, 1), (3, 0)])
def test_only_cases_of_the_version_that_is_named(
    story: Story, from_: int | None, moved: int
) -> None:
    story.world.services.publish(published(faster(), version=2), after=1)
    order = ORDER.model_copy(update={"from_version": from_})

    looked = list(moving.survey(story.world, CODE, 2, story.world.now, from_))
    records = list(moving.move_cases(story.world, MemoryMoveLog(), order, story.world.now, "Мария"))

    assert (len(looked), len(records)) == (moved, moved)


def test_an_unknown_version_is_refused_before_anything_is_logged(story: Story) -> None:
    log = MemoryMoveLog()
    with pytest.raises(NotFound):
        list(moving.move_cases(story.world, log, ORDER, MONDAY, "Мария"))
    with pytest.raises(NotFound):
        log.batch("batch-1")


def test_the_same_batch_again_does_nothing_more(story: Story) -> None:
    log = MemoryMoveLog()
    move(story, log, faster())
    before = story.case

    again = list(moving.move_cases(story.world, log, ORDER, story.world.now, "Мария"))

    assert again == []
    assert story.case == before


class Killed(BaseException):
    """The process died."""


@pytest.mark.parametrize("at", ["put_execution", "start", "note"])
def test_a_batch_that_died_is_taken_up_by_its_id(
    story: Story, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    log = MemoryMoveLog()
    story.world.services.publish(published(faster(), version=2), after=1)
    port: object = {"note": log, "start": story.world.executions}.get(at, story.world.cases)
    die_at(monkeypatch, port, at, call=2 if at == "note" else 1)
    with pytest.raises(Killed):
        list(moving.move_cases(story.world, log, ORDER, story.world.now, "Мария"))
    monkeypatch.undo()
    assert story.case.model_version == 2
    assert [record.state for record in log.records("batch-1")] == ["planned"]

    (record,) = moving.move_cases(story.world, log, ORDER, story.world.now, "Мария")

    assert record.state == "moved"
    assert record.was.version == 1
    story.settle()
    story.decide()
    assert story.case.closed_as == "issued"


def die_at(monkeypatch: pytest.MonkeyPatch, port: object, method: str, call: int) -> None:
    plain, calls = getattr(port, method), [0]

    def dying(*args: object, **named: object) -> object:
        calls[0] += 1
        if calls[0] == call:
            raise Killed
        return plain(*args, **named)

    monkeypatch.setattr(port, method, dying)


def test_what_the_killed_command_left_the_stream_puts_right(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.world.services.publish(published(faster(), version=2), after=1)
    die_at(monkeypatch, story.world.cases, "put_execution", call=1)
    with pytest.raises(Killed):
        list(moving.move_cases(story.world, MemoryMoveLog(), ORDER, story.world.now, "Мария"))
    monkeypatch.undo()

    following.follow(story.world, story.case.id, story.world.now)

    assert machines(story.world) == ["1", "2"]
    following.follow(story.world, story.case.id, story.world.now)
    assert machines(story.world) == ["1", "2"]


def test_undoing_moves_back_what_can_go_back(story: Story) -> None:
    log, before = MemoryMoveLog(), story.case
    move(story, log, told(summary=Text(bg="Друго", en="Other")))
    story.settle()

    (record,) = moving.undo(story.world, log, ORDER, story.world.now, "Мария")
    story.settle()

    case = story.case
    assert (record.state, case.model_version) == ("undone", 1)
    assert (case.due, case.phase) == (before.due, before.phase)
    assert machines(story.world)[-1] == "1"
    assert list(moving.undo(story.world, log, ORDER, story.world.now, "Мария")) == []
    story.decide()
    assert story.case.closed_as == "issued"


def test_what_went_on_cannot_be_undone(story: Story) -> None:
    log = MemoryMoveLog()
    move(story, log, faster())
    story.settle()
    story.decide()

    (record,) = moving.undo(story.world, log, ORDER, story.world.now, "Мария")

    assert (record.state, record.verdict.reason) == ("moved", "closed")
    assert story.case.model_version == 2


def test_many_cases_in_one_batch() -> None:
    world = World()
    world.services.publish(published(faster(), version=2), after=1)
    world.services._versions[CODE].reverse()
    for number in range(30):
        case = applications.file_application(world, citizen(), filing(), f"key-{number}", world.now)
        following.follow(world, case.id, world.now)

    records = list(moving.move_cases(world, MemoryMoveLog(), ORDER, world.now, "Мария"))

    assert len(records) == 30
    assert {record.state for record in records} == {"moved"}


def test_a_changed_calendar_is_in_the_journal(story: Story) -> None:
    promised = story.case.due
    assert promised is not None
    off = {promised.deadline.date: Text(bg="Ден на траур", en="A day of mourning")}
    known: Calendar = story.world.calendar
    story.world.__dict__["calendar"] = known.model_copy(update={"version": "new", "days_off": off})

    ((case, gains),) = recompute_after_calendar_change(story.world, story.world.now)

    assert not gains
    assert case.due is not None
    assert case.due.deadline == promised.deadline
    entry = story.world.cases.journal(case.id)[-1]
    assert (entry.event, entry.data["calendar"]) == ("due-reconsidered", "new")
    assert list(recompute_after_calendar_change(story.world, story.world.now)) == []
    story.settle()
    story.decide()
    assert story.case.closed_as == "issued"
