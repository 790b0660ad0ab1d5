"""The crash harness finds what is wrong, passes what is right, and reaches every client."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from moto import mock_aws
from pynamodb.connection import TableConnection
from pynamodb.connection.base import MetaTable
from pynamodb.exceptions import TransactWriteError

from tests.ground import tables
from tests.ground.dynamodb import Repair, repaired_dynamodb
from tests.ground.faults import Call, Fault, Killed, Point, every_point, injected

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

READ, WRITE = Call(1, "dynamodb", "GetItem"), Call(2, "dynamodb", "TransactWriteItems")


@contextmanager
def account() -> Iterator["DynamoDBClient"]:
    """A world: an account with 100."""
    with mock_aws(), repaired_dynamodb() as repair:
        db = tables.create()
        db.put_item(TableName=tables.NAME, Item=tables.item("account", n=100))
        repair.forget_tokens()
        yield db


def withdraw_once(db: "DynamoDBClient") -> None:
    """Right: the withdrawal and the mark that it was made are one transaction."""
    tables.number(db, "account")
    try:
        db.transact_write_items(
            TransactItems=[tables.add("account", -10), tables.put("mark", new=True)]
        )
    except ClientError as error:
        if "ConditionalCheckFailed" not in str(error):
            raise


def withdraw_then_mark(db: "DynamoDBClient") -> None:
    """Wrong: between the two calls there is a place to die."""
    if tables.number(db, "mark") is None:
        db.transact_write_items(TransactItems=[tables.add("account", -10)])
        db.put_item(TableName=tables.NAME, Item=tables.item("mark", n=1))


def ten_less(db: "DynamoDBClient") -> None:
    assert tables.number(db, "account") == 90


def test_what_is_right_recovers_from_every_point() -> None:
    report = every_point("right", account, withdraw_once, withdraw_once, ten_less)

    assert report.calls == [READ, WRITE]
    # Two calls: before, after, twice, not reached, lost; two errors for 1 and for 6 calls; and
    # a conflict, for 1 and 6, of the transaction alone.
    assert (report.points, report.failed) == (2 * (5 + 2 * 2) + 2, [])


def test_what_is_wrong_is_found_and_named() -> None:
    report = every_point("wrong", account, withdraw_then_mark, withdraw_then_mark, ten_less)

    found = {(point.call.number, point.fault) for point, _ in report.failed}
    done_but_not_marked = {(2, Fault.KILLED_AFTER), (2, Fault.ANSWER_LOST)}
    not_marked = {(3, Fault.KILLED_BEFORE), (3, Fault.NOT_REACHED)}
    not_marked |= {(3, Fault.THROTTLED), (3, Fault.SERVER_ERROR)}
    assert found == done_but_not_marked | not_marked
    assert "2 dynamodb.TransactWriteItems: killed after" in str(report)


def test_a_scenario_that_changes_from_run_to_run_is_a_failure() -> None:
    runs: list[int] = []

    def act(db: "DynamoDBClient") -> None:
        runs.append(1)
        for _ in range(3 if len(runs) == 1 else 1):
            tables.number(db, "account")

    report = every_point(
        "fickle",
        account,
        act,
        lambda _: None,
        lambda _: None,
        choose=lambda _: [(Fault.KILLED_BEFORE, 1)],
    )

    assert [point.call.number for point, _ in report.failed] == [2, 3]


@pytest.mark.parametrize(
    ("fault", "raised", "done", "remark"),
    [
        (Fault.KILLED_BEFORE, Killed, 0, "never sent"),
        (Fault.KILLED_AFTER, Killed, 1, "done, and nobody there to hear it"),
        (Fault.TWICE, None, 1, "the token makes the second time harmless"),
        (Fault.ANSWER_LOST, ReadTimeoutError, 1, "done, and the caller cannot know"),
        (Fault.THROTTLED, ClientError, 0, "refused"),
        (Fault.CONFLICT, ClientError, 0, "refused"),
    ],
)
def test_a_fault_does_what_it_says(
    aws: Repair, fault: Fault, raised: type[BaseException] | None, done: int, remark: str
) -> None:
    db = tables.create()
    raises = pytest.raises(raised) if raised else _nothing()

    with injected(lambda _: fault), raises:
        db.transact_write_items(TransactItems=[tables.add("account")])

    assert (tables.number(db, "account") or 0) == done, remark


def test_pynamodb_is_counted_and_sees_a_conflict_as_it_would_from_aws(aws: Repair) -> None:
    tables.create()
    connection = TableConnection(
        tables.NAME,
        region="eu-central-1",
        meta_table=MetaTable(
            {"TableName": tables.NAME, "KeySchema": [], "AttributeDefinitions": []}
        ),
    ).connection

    with injected(lambda _: Fault.CONFLICT) as calls, pytest.raises(TransactWriteError) as caught:
        connection.transact_write_items([], [], [tables.put("a")["Put"]], [])

    assert [call.operation for call in calls] == ["TransactWriteItems"]
    assert [r and r.code for r in caught.value.cancellation_reasons] == ["TransactionConflict"]


def test_an_error_lasts_as_long_as_it_is_told_to() -> None:
    point = Point(Call(3, "dynamodb", "GetItem"), Fault.THROTTLED, lasting=2)

    struck = [n for n in range(1, 7) if point.covers(Call(n, "dynamodb", "GetItem"))]

    assert struck == [3, 4]


@contextmanager
def _nothing() -> Iterator[None]:
    yield
