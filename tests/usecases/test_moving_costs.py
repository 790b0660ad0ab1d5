"""Moving cases over the real adapters: they arrive, go back, end well; and what each costs."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chalicelib.adapters.moves.dynamodb import DynamoMoveLog
from chalicelib.domain.services.language import Term
from chalicelib.ports.moves import Batch
from chalicelib.usecases import moving
from tests.ground import story
from tests.ground.counting import counted
from tests.ground.size import times
from tests.ground.town import MONDAY, SERVICE, Town, ground, publishable

CASES = max(3, times(8))
ORDER = Batch(id="batch-1", service=SERVICE, from_version=1, to_version=2, by="Мария", at=MONDAY)


@pytest.fixture
def town() -> Iterator[Town]:
    """Cases that wait for payment, one that is examined, and a version with a shorter term."""
    with ground() as base, base.town() as town:
        for number in range(CASES):
            town.submit(f"key-{number}")
        town.settle()
        faster = publishable(2)
        term = Term.model_validate("1 working-day")
        fees = tuple(fee.model_copy(update={"term": term}) for fee in faster.model.fees)
        model = faster.model.model_copy(update={"fees": fees})
        faster = faster.model_copy(update={"model": model, "digest": "1" * 64})
        town.ports.services.publish(faster, after=1)
        town.machines.definitions[faster.machine] = faster.definition
        yield town


def test_cases_move_over_the_table_and_go_on(town: Town) -> None:
    log = DynamoMoveLog()
    told = story.Story(town, number=town.acknowledged["key-0"])
    story.pay(told)
    before = told.case

    with counted() as cost:
        records = list(moving.move_cases(town.ports, log, ORDER, town.now, "Мария"))
    with counted() as looked:
        assert list(moving.survey(town.ports, SERVICE, 2, town.now, from_=1)) == []
    town.settle()

    assert {record.state for record in records} == {"moved"}
    assert len(records) == CASES
    assert told.case.model_version == 2
    assert told.case.due is not None
    assert before.due is not None
    assert told.case.due.deadline.due < before.due.deadline.due
    walking = [one for one in town.machines.executions.values() if one.status == "RUNNING"]
    assert len(walking) == 2 * CASES, "the old ones sleep until they see that they are over"
    # By case: its record, its execution twice, its log twice, the move, the new execution. Else:
    # the list of open cases in its 16 parts, the version, the batch.
    assert cost.calls <= 7 * CASES + 20, cost.operations[:40]
    assert looked.calls <= CASES + 20
    assert cost.transactions == CASES
    assert cost.others == CASES, "one execution is started for each"


def test_what_went_on_stays_and_the_rest_goes_back(town: Town) -> None:
    log = DynamoMoveLog()
    assert len(list(moving.move_cases(town.ports, log, ORDER, town.now, "Мария"))) == CASES
    town.settle()
    paid = story.Story(town, number=town.acknowledged["key-1"])
    story.pay(paid)

    with counted() as cost:
        records = list(moving.undo(town.ports, log, ORDER, town.now, "Мария"))
    town.settle()
    assert cost.calls <= 6 * CASES + 4, cost.operations[:40]

    reasons = {record.number: (record.state, record.verdict.reason) for record in records}
    assert reasons.pop(town.acknowledged["key-1"]) == ("moved", "went-on")
    assert {state for state, _ in reasons.values()} == {"undone"}
    town.now += timedelta(hours=1)
    story.pay(story.Story(town, number=town.acknowledged["key-0"]))
    for key in ("key-0", "key-1"):
        told = story.Story(town, number=town.acknowledged[key])
        story.decide(told)
        assert told.case.closed_as == "issued"
        assert told.case.model_version == {"key-0": 1, "key-1": 2}[key]
    again = list(moving.move_cases(town.ports, log, ORDER, town.now, "Мария"))
    assert [record.state for record in again] == [], "what was taken back is not moved again"
