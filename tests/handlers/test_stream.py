"""The stream's function: what fails comes again alone, what passes is not held up."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.handlers import stream
from tests import table
from tests.ground import streams
from tests.ground.faults import Call, Fault, injected
from tests.ground.town import Ground, Town, ground


@pytest.fixture(scope="module")
def grounds() -> Iterator[Ground]:
    logging.disable()
    with ground() as made:
        yield made
    logging.disable(logging.NOTSET)


@pytest.fixture
def town(grounds: Ground) -> Iterator[Town]:
    """Two applications, which nothing has followed yet."""
    with grounds.town() as town:
        for key in ("one", "two"):
            town.submit(key)
        yield town


def changes(town: Town) -> list[streams.Record]:
    """The records of the two cases themselves."""
    records = streams.written(table.NAME, town._read)
    return [r for r in records if r["dynamodb"]["Keys"]["sk"]["S"] == "CASE"]


def names(records: list[streams.Record]) -> list[str]:
    return [record["dynamodb"]["SequenceNumber"] for record in records]


def follow(records: list[streams.Record]) -> list[str]:
    answer: dict[str, Any] = stream.on_table_change(streams.event(records), None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_each_new_case_gets_an_execution(town: Town) -> None:
    assert follow(changes(town)) == []
    assert len(town.machines.executions) == 2


def test_a_record_that_fails_is_named_and_the_others_pass(town: Town) -> None:
    first, second = changes(town)

    def plan(call: Call) -> Fault | None:
        # The table is away for the first record only: all six tries of its first read.
        return Fault.THROTTLED if call.number <= 6 else None

    with injected(plan):
        assert follow([first, second]) == names([first])

    assert len(town.machines.executions) == 1
    assert follow([first]) == []
    assert len(town.machines.executions) == 2


@pytest.mark.parametrize(
    ("broken", "remark"),
    [
        ({"Keys": {}}, "no keys"),
        ({"Keys": {"pk": {"N": "1"}, "sk": {"S": "CASE"}}}, "a number for a key"),
        ({}, "nothing but its number"),
    ],
)
def test_a_record_that_cannot_be_read_is_named_and_the_others_pass(
    town: Town, broken: dict[str, Any], remark: str
) -> None:
    first, second = changes(town)
    number = first["dynamodb"]["SequenceNumber"]
    unreadable = {**first, "dynamodb": {**broken, "SequenceNumber": number}}

    assert follow([unreadable, second]) == [number], remark
    assert len(town.machines.executions) == 1


def test_the_same_records_again_change_nothing(town: Town) -> None:
    town.settle()
    executions = dict(town.machines.executions)
    for _ in range(3):
        assert follow(streams.written(table.NAME)) == []
    assert town.machines.executions == executions


def test_records_that_are_no_cases_or_no_longer_there_are_passed_over(town: Town) -> None:
    gone = changes(town)[0]
    gone = {**gone, "dynamodb": {**gone["dynamodb"], "Keys": _key("CASE#nobody")}}
    removed = {**changes(town)[1], "eventName": "REMOVE"}

    assert follow([gone, removed]) == []
    assert town.machines.executions == {}


def _key(pk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": "CASE"}}
