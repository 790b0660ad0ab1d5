"""The stale double lags exactly as told, and never lies about the table itself."""

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws

from tests.ground import size, tables
from tests.ground.dynamodb import Repair, repaired_dynamodb
from tests.ground.stale import stale_indexes

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def test_an_index_misses_the_newest_writes_and_the_table_does_not(aws: Repair) -> None:
    db = tables.create()
    write(db, "a", "u1")
    write(db, "b", "u1")

    with stale_indexes(lag=1) as index:
        assert listed(db, "u1") == ["a"]
        assert "Item" in db.get_item(TableName=tables.NAME, Key=tables.key("b"))
        assert db.scan(TableName=tables.NAME)["Count"] == 2
        assert db.scan(TableName=tables.NAME, IndexName="work")["Count"] == 1
        index.catch_up()
        assert listed(db, "u1") == ["a", "b"]


def test_an_index_still_shows_what_was_moved_and_deleted(aws: Repair) -> None:
    db = tables.create()
    write(db, "a", "u1")
    write(db, "b", "u1")
    with stale_indexes() as index:
        index.freeze(tables.NAME)
        write(db, "a", "u2")
        db.delete_item(TableName=tables.NAME, Key=tables.key("b"))

        assert (listed(db, "u1"), listed(db, "u2")) == (["a", "b"], [])
        index.catch_up()
        assert (listed(db, "u1"), listed(db, "u2")) == ([], ["a"])


def test_outside_the_double_indexes_are_up_to_date(aws: Repair) -> None:
    db = tables.create()
    with stale_indexes(lag=9):
        write(db, "a", "u1")
        assert listed(db, "u1") == []

    assert listed(db, "u1") == ["a"]


@settings(max_examples=size.times(40))
@given(
    writes=st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["u1", "u2", ""])), max_size=12
    ),
    lag=st.integers(0, 14),
)
def test_a_lag_of_n_is_the_state_before_the_newest_n_writes(
    writes: list[tuple[str, str]], lag: int
) -> None:
    with mock_aws(), repaired_dynamodb():
        db = tables.create()
        history = [(listed(db, "u1"), listed(db, "u2"))]
        for pk, unit in writes:
            write(db, pk, unit)
            history.append((listed(db, "u1"), listed(db, "u2")))

        with stale_indexes(lag):
            seen = (listed(db, "u1"), listed(db, "u2"))

        # Deleting what is not there is no write: count what the stream counts.
        effective = [history[0]]
        there: set[str] = set()
        for (pk, unit), state in zip(writes, history[1:], strict=True):
            if unit or pk in there:
                effective.append(state)
            there = there | {pk} if unit else there - {pk}
        assert seen == effective[max(0, len(effective) - 1 - lag)]


def write(db: "DynamoDBClient", pk: str, unit: str) -> None:
    """Puts the item into a unit's list; without a unit, deletes it."""
    if not unit:
        db.delete_item(TableName=tables.NAME, Key=tables.key(pk))
        return
    work = {"work_pk": {"S": unit}, "work_sk": {"S": pk}}
    db.put_item(TableName=tables.NAME, Item=tables.item(pk) | work)


def listed(db: "DynamoDBClient", unit: str) -> list[str]:
    answer = db.query(
        TableName=tables.NAME,
        IndexName="work",
        KeyConditionExpression="work_pk = :unit",
        ExpressionAttributeValues={":unit": {"S": unit}},
    )
    return [item["pk"]["S"] for item in answer["Items"]]
