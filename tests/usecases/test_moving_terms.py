"""What a move to another version does to the term of a case, and to silence at its end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.moves.memory import MemoryMoveLog
from chalicelib.domain.cases.moving import Verdict
from chalicelib.domain.services.language import ServiceModel, Text
from chalicelib.ports.moves import Batch, MoveRecord
from chalicelib.usecases import applying, moving
from chalicelib.usecases.applying import Correction
from chalicelib.usecases.reconsidering import recompute_after_calendar_change
from tests.every_word import full
from tests.models import published
from tests.tale import Tale
from tests.world import MONDAY, citizen

Json = dict[str, Any]
Change = Callable[[Json], object]
SHORTER, LONGER = "3 working-days", "9 working-days"


def term(words: str) -> Change:
    def change(data: Json) -> None:
        for fee in data["fees"]:
            fee["term"] = words

    return change


def silent(**changes: object) -> Change:
    return lambda data: data["silence"].update(changes)


def silence_that_does_nothing(data: Json) -> None:
    data["silence"] |= {"next": None, "warnings": []}


def move(tale: Tale, *changes: Change) -> MoveRecord:
    """Publishes the changed service as version 3, and moves the one case there."""
    data = full()
    for change in changes:
        change(data)
    tale.world.services.publish(published(ServiceModel.model_validate(data), version=3), after=2)
    order = Batch(id="one", service=tale.model.service, to_version=3, by="Мария", at=MONDAY)
    (record,) = moving.move_cases(tale.world, MemoryMoveLog(), order, tale.world.now, "Мария")
    tale.settle()
    return record


def examined(*changes: Change) -> Tale:
    data = full()
    for change in changes:
        change(data)
    tale = Tale(data)
    tale.file()
    tale.pay()
    return tale


def due(tale: Tale) -> datetime:
    promised = tale.case.due
    assert promised is not None
    return promised.deadline.due


def kinds(tale: Tale) -> list[str]:
    """What is still to come, or came, at the end of the term."""
    return [one.kind for one in tale.case.milestones]


def would_be(words: str) -> datetime:
    """The due date of a case that was filed and paid at the same time under such a term."""
    return due(examined(term(words)))


def test_a_better_term_brings_silence_earlier_too() -> None:
    tale = examined()
    move(tale, term(SHORTER))

    assert due(tale) == would_be(SHORTER)
    last = tale.case.milestones[-1]
    assert (last.kind, last.at) == ("silence", due(tale))
    tale.pass_time(seconds=(due(tale) - tale.world.now).total_seconds())
    assert tale.stands == "refused-by-silence"


def test_a_worse_term_changes_nothing_and_the_journal_says_so() -> None:
    tale = examined()
    before = tale.case
    record = move(tale, term(LONGER))

    assert record.verdict.reason == "due-kept"
    assert (tale.case.due, tale.case.clock, tale.case.milestones) == (
        before.due,
        before.clock,
        before.milestones,
    )
    entry = tale.last("case-moved")
    assert (entry["from_version"], entry["to_version"], entry["ordered_by"]) == (2, 3, "Мария")
    assert entry["counted"] == would_be(LONGER).date().isoformat()
    assert entry["promised"] < entry["counted"]


@pytest.mark.parametrize(("words", "then"), [(SHORTER, SHORTER), (LONGER, "7 working-days")])
def test_a_case_that_is_not_paid_yet_keeps_the_term_it_was_promised(words: str, then: str) -> None:
    tale = Tale()
    tale.file()
    move(tale, term(words))
    tale.pay()

    assert due(tale) == would_be(then)
    assert tale.case.clock is not None
    assert str(tale.case.clock.term) == then


@pytest.mark.parametrize(("words", "then"), [(SHORTER, SHORTER), (LONGER, "7 working-days")])
def test_a_term_that_stands_runs_on_as_the_better_one(words: str, then: str) -> None:
    def corrected(tale: Tale) -> datetime:
        tale.world.now += timedelta(days=2)
        applying.correct(tale.world, citizen(), tale.number, Correction(note="Ето"), tale.world.now)
        tale.settle()
        return due(tale)

    tale, other = examined(), examined(term(then))
    for one in (tale, other):
        one.decide("correct")
        one.world.now += timedelta(days=3)
    record = move(tale, term(words))

    assert record.verdict.answer == "can-move"
    assert kinds(tale) == []
    assert corrected(tale) == corrected(other)


def test_silence_that_does_nothing_there_does_not_fall() -> None:
    tale = examined()
    move(tale, silence_that_does_nothing)
    assert kinds(tale) == []
    tale.pass_time(days=40)
    assert tale.stands == "examination"


def test_silence_of_the_new_version_falls_in_its_time() -> None:
    tale = examined(silence_that_does_nothing)
    assert kinds(tale) == []
    move(tale)
    assert tale.case.phase is not None
    assert tale.case.phase.may_fall_silent
    assert kinds(tale) == ["warning", "silence"]


def test_silence_does_not_fall_at_once_on_a_case_that_is_late() -> None:
    tale = examined(silence_that_does_nothing)
    tale.pass_time(days=40)
    move(tale)
    assert kinds(tale) == []
    tale.pass_time(days=1)
    assert tale.stands == "examination"


def test_a_warning_that_came_does_not_come_again() -> None:
    tale = examined()
    tale.pass_time(seconds=(due(tale) - tale.world.now - timedelta(hours=1)).total_seconds())
    reached = tale.events().count("milestone-reached")
    assert [one.done for one in tale.case.milestones] == [True, False]
    move(tale, silent(warnings=["2 working-days"]))
    assert [one.done for one in tale.case.milestones] == [True, False]
    assert tale.events().count("milestone-reached") == reached


def test_undoing_keeps_a_promise_that_the_move_has_made() -> None:
    tale = examined()
    data = full()
    term(SHORTER)(data)
    model = ServiceModel.model_validate(data)
    tale.world.services.publish(published(model, version=3), after=2)
    log, now = MemoryMoveLog(), tale.world.now
    order = Batch(id="one", service=model.service, to_version=3, by="Мария", at=MONDAY)
    list(moving.move_cases(tale.world, log, order, now, "Мария"))
    better = due(tale)

    (record,) = moving.undo(tale.world, log, order, now, "Петър")

    assert (record.state, tale.case.model_version) == ("undone", 2)
    assert due(tale) == better
    assert tale.last("case-moved")["ordered_by"] == "Петър"


def verdict(changes: Change, old: Change = lambda data: None) -> Verdict:
    return move(examined(old), changes).verdict


def ask_another_register(data: Json) -> None:
    source = {**data["evidence"][0], "id": "family", "ask": "family"}
    data["evidence"].append(source)
    asking = next(one for one in data["phases"] if one["id"] == "asking")
    asking["evidence"].append("family")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (silent(effect="approve"), silent(effect="refuse"), "silence-worse"),
        (silent(effect="approve"), silent(effect="none"), "silence-worse"),
        (silent(effect="refuse"), silent(effect="approve"), "due-kept"),
        (lambda data: None, ask_another_register, "evidence-missed"),
    ],
)
def test_what_else_is_looked_at(old: Change, new: Change, reason: str) -> None:
    assert verdict(new, old).reason == reason


def a_day_off(tale: Tale, words: str = "new") -> None:
    """The day on which the case is due does not work any more."""
    off = {due(tale).date(): Text(bg="Ден на траур", en="A day of mourning")}
    known = tale.world.calendar
    tale.world.__dict__["calendar"] = known.model_copy(update={"version": words, "days_off": off})


def reconsidered(tale: Tale) -> list[bool]:
    return [won for _, won in recompute_after_calendar_change(tale.world, tale.world.now)]


def test_a_term_that_does_not_run_is_counted_by_the_calendar_of_its_day() -> None:
    waiting = Tale()
    waiting.file()
    standing = examined()
    standing.decide("correct")
    for tale in (waiting, standing):
        a_day_off(tale)
        assert reconsidered(tale) == []


def test_silence_stays_with_the_promise_when_the_calendar_changes() -> None:
    tale = examined()
    promised = due(tale)
    a_day_off(tale)
    assert reconsidered(tale) == [False]
    assert tale.case.milestones[-1].at == promised == due(tale)
    assert tale.last("due-reconsidered")["counted"] > promised.date().isoformat()
    assert len(tale.world.executions.started) == 1, "nothing wakes at another time"
    assert reconsidered(tale) == []


def test_silence_comes_earlier_with_a_day_that_works_now() -> None:
    tale = examined()
    promised = due(tale)
    known = tale.world.calendar
    saturdays = frozenset(promised.date() - timedelta(days=back) for back in range(9))
    changed = known.model_copy(update={"version": "new", "declared_working": saturdays})
    tale.world.__dict__["calendar"] = changed

    assert reconsidered(tale) == [True]
    assert due(tale) < promised
    assert tale.case.milestones[-1].at == due(tale)
    assert len(tale.world.executions.started) == 2, "an execution that wakes in time"
