"""The stream's double: what was written, as Lambda hands it over, with all that may go wrong."""

from collections.abc import Mapping
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.ground import streams, tables
from tests.ground.dynamodb import Repair

Record = dict[str, Any]


def test_a_transaction_is_a_record_for_each_item_with_both_images(aws: Repair) -> None:
    db = tables.create()
    db.put_item(TableName=tables.NAME, Item=tables.item("a", n=1))
    db.transact_write_items(TransactItems=[tables.add("a"), tables.put("b")])
    db.delete_item(TableName=tables.NAME, Key=tables.key("b"))

    records = streams.written(tables.NAME)

    assert [r["eventName"] for r in records] == ["INSERT", "MODIFY", "INSERT", "REMOVE"]
    changed = records[1]["dynamodb"]
    assert (changed["OldImage"]["n"], changed["NewImage"]["n"]) == ({"N": "1"}, {"N": "2"})
    assert isinstance(changed["ApproximateCreationDateTime"], int)
    assert f"table/{tables.NAME}/stream/" in records[0]["eventSourceARN"]
    assert len(streams.written(tables.NAME, start=3)) == 1


@given(
    items=st.lists(st.sampled_from("abcd"), max_size=20),
    seed=st.integers(),
    copies=st.integers(1, 3),
)
def test_a_disturbed_stream_keeps_the_order_within_an_item_and_loses_nothing(
    items: list[str], seed: int, copies: int
) -> None:
    records = [record(pk, n) for n, pk in enumerate(items)]

    mixed = streams.disturbed(records, Random(seed), copies)

    for pk in set(items):
        numbers = [number(r) for r in mixed if r["dynamodb"]["Keys"] == tables.key(pk)]
        assert numbers == sorted(numbers)
    assert {number(r) for r in mixed} == {number(r) for r in records}


def test_a_disturbed_stream_really_is_disturbed() -> None:
    records = [record(pk, n) for n, pk in enumerate("abcdefgh")]

    mixed = streams.disturbed(records, Random(1))

    assert [number(r) for r in mixed] != sorted(number(r) for r in mixed)
    assert len(mixed) > len(records)


def test_a_partial_failure_starts_again_at_the_lowest_failed_record() -> None:
    seen: list[list[int]] = []

    def consumer(event: Mapping[str, Any]) -> dict[str, Any]:
        numbers = [number(r) for r in event["Records"]]
        seen.append(numbers)
        failed = [] if len(seen) > 1 else [{"itemIdentifier": "2"}, {"itemIdentifier": "1"}]
        return {"batchItemFailures": failed}

    poison = streams.deliver([record("a", n) for n in range(4)], consumer, batch=3)

    assert seen == [[0, 1, 2], [1, 2, 3]]
    assert poison == []


def test_a_poison_record_is_given_up_after_its_tries_and_the_others_pass() -> None:
    passed: set[int] = set()

    def consumer(event: Mapping[str, Any]) -> dict[str, Any]:
        bad = [r for r in event["Records"] if number(r) == 2]
        passed.update(number(r) for r in event["Records"] if r not in bad)
        return {"batchItemFailures": [{"itemIdentifier": "2"}] if bad else []}

    poison = streams.deliver([record("a", n) for n in range(5)], consumer, batch=10, tries=3)

    assert [number(r) for r in poison] == [2]
    assert passed == {0, 1, 3, 4}


def record(pk: str, sequence: int) -> Record:
    return {"dynamodb": {"Keys": tables.key(pk), "SequenceNumber": str(sequence)}}


def number(of: Record) -> int:
    return int(of["dynamodb"]["SequenceNumber"])
