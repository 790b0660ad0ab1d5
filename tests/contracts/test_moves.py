"""The log of moves keeps the same promises in memory and in the table."""

import pytest

from chalicelib.adapters.moves.dynamodb import DynamoMoveLog
from chalicelib.adapters.moves.memory import MemoryMoveLog
from chalicelib.domain.cases.moving import Before, Verdict
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import ServiceCode
from chalicelib.ports.moves import Batch, MoveLog, MoveRecord
from tests.builders import MONDAY, a_case
from tests.table import create_table

BATCH = Batch(id="one", service=ServiceCode("x"), to_version=2, by="Мария", at=MONDAY)


def a_record(sequence: int, batch: str = "one") -> MoveRecord:
    case = a_case(sequence)
    return MoveRecord(
        batch=batch,
        case=case.id,
        number=case.number,
        was=Before(version=1),
        to_version=2,
        verdict=Verdict(answer="can-move", reason="due-kept"),
        state="planned",
        at=MONDAY,
    )


@pytest.fixture(params=["memory", "dynamodb"])
def log(request: pytest.FixtureRequest) -> MoveLog:
    if request.param == "memory":
        return MemoryMoveLog()
    request.getfixturevalue("aws")
    create_table()
    return DynamoMoveLog()


def test_a_batch_is_begun_once(log: MoveLog) -> None:
    with pytest.raises(NotFound):
        log.batch("one")
    assert log.begin(BATCH) == BATCH
    assert log.begin(BATCH.model_copy(update={"by": "Петър"})) == BATCH
    assert log.batch("one") == BATCH


def test_the_newest_word_about_each_case_of_the_batch(log: MoveLog) -> None:
    first, second, other = a_record(1), a_record(2), a_record(3, "two")
    for record in (second, first, other):
        log.note(record)
    log.note(first.model_copy(update={"state": "moved"}))

    assert [record.state for record in log.records("one")] == ["moved", "planned"]
    assert list(log.records("two")) == [other]
    assert list(log.records("none")) == []
