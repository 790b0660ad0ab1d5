"""Each defect of plain moto, shown; each gone on the repaired one.

When `test_plain_moto_still_needs_the_repair` fails, moto has mended that defect: delete the part
of dynamodb.py that repairs it, and its row here.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.dynamodb import comparisons
from moto.dynamodb.models import DynamoDBBackend, dynamo_type
from moto.dynamodb.models import table as moto_table

from tests.ground import streams, tables
from tests.ground.dynamodb import Repair, repaired_dynamodb

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PATIENCE = 0.3  # seconds that one thread gives the other to get in between


def transact(db: "DynamoDBClient", *actions: Any, token: str = "") -> str:
    """The error's code, or an empty string."""
    named: dict[str, Any] = {"ClientRequestToken": token} if token else {}
    try:
        db.transact_write_items(TransactItems=list(actions), **named)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return ""


def token_is_ignored(db: "DynamoDBClient") -> bool:
    for _ in range(2):
        transact(db, tables.add("a"), token="t")
    return tables.number(db, "a") == 2


def token_of_another_request_is_accepted(db: "DynamoDBClient") -> bool:
    transact(db, tables.add("a"), token="t")
    return transact(db, tables.add("b"), token="t") != "IdempotentParameterMismatchException"


def two_threads_create_the_same_item(db: "DynamoDBClient") -> bool:
    """Both have checked that there is none before either writes."""
    meeting = threading.Barrier(2)
    plain = comparisons.get_filter_expression

    def checked_together(*arguments: Any) -> Any:
        condition = plain(*arguments)

        def expr(item: Any) -> bool:
            answer = bool(condition.expr(item))
            with suppress(threading.BrokenBarrierError):
                meeting.wait(PATIENCE)
            return answer

        return mock.Mock(expr=expr)

    created: list[str] = []

    def create() -> None:
        with suppress(ClientError):
            db.put_item(
                TableName=tables.NAME,
                Item=tables.item("a"),
                ConditionExpression="attribute_not_exists(pk)",
            )
            created.append("a")

    with mock.patch.object(moto_table, "get_filter_expression", checked_together):
        in_threads(create, create)
    return len(created) == 2


def failing_transaction_wipes_others_writes(db: "DynamoDBClient") -> bool:
    """Another thread's write is acknowledged while a transaction that fails is under way."""
    tables_get = DynamoDBBackend.get_item
    other = threading.Thread(
        target=lambda: db.put_item(TableName=tables.NAME, Item=tables.item("other", n=1))
    )

    def get_item(*arguments: Any, **named: Any) -> Any:
        if not other.ident:
            other.start()
            other.join(PATIENCE)
        return tables_get(*arguments, **named)

    db.put_item(TableName=tables.NAME, Item=tables.item("a"))
    with mock.patch.object(DynamoDBBackend, "get_item", get_item):
        assert transact(db, tables.put("a", new=True)) == "TransactionCanceledException"
        other.join()
    return tables.number(db, "other") is None


def transaction_costs_as_much_as_the_table_is_big(db: "DynamoDBClient") -> bool:
    for n in range(100):
        db.put_item(TableName=tables.NAME, Item=tables.item(f"filler-{n}"))
    plain = dynamo_type.Item.__deepcopy__
    copies = 0

    def counted(item: Any, memo: Any) -> Any:
        nonlocal copies
        copies += 1
        return plain(item, memo)

    with mock.patch.object(dynamo_type.Item, "__deepcopy__", counted):
        transact(db, tables.put("a"))
    return copies >= 100


def oversized_transaction_passes(db: "DynamoDBClient") -> bool:
    big = {"blob": {"S": "x" * 390_000}}
    actions = [
        {"Put": {"TableName": tables.NAME, "Item": tables.item(f"big-{n}") | big}}
        for n in range(12)
    ]
    return transact(db, *actions) == ""


def upsert_is_two_records_in_the_stream(db: "DynamoDBClient") -> bool:
    transact(db, tables.add("a"))
    return len(streams.written(tables.NAME)) == 2


def failing_upsert_leaves_an_item(db: "DynamoDBClient") -> bool:
    with suppress(ClientError):
        db.update_item(
            TableName=tables.NAME,
            Key=tables.key("a"),
            UpdateExpression="SET big = :big",
            ExpressionAttributeValues={":big": {"S": "x" * 500_000}},
        )
    return "Item" in db.get_item(TableName=tables.NAME, Key=tables.key("a"))


DEFECTS: list[Callable[["DynamoDBClient"], bool]] = [
    token_is_ignored,
    token_of_another_request_is_accepted,
    two_threads_create_the_same_item,
    failing_transaction_wipes_others_writes,
    transaction_costs_as_much_as_the_table_is_big,
    oversized_transaction_passes,
    upsert_is_two_records_in_the_stream,
    failing_upsert_leaves_an_item,
]


@pytest.mark.parametrize("shows", DEFECTS)
def test_plain_moto_still_needs_the_repair(
    shows: Callable[["DynamoDBClient"], bool],
) -> None:
    with database(repaired=False) as db:
        assert shows(db), f"moto has mended this: delete the repair of {shows.__name__}"


@pytest.mark.parametrize("shows", DEFECTS)
def test_the_repair_repairs(shows: Callable[["DynamoDBClient"], bool]) -> None:
    with database(repaired=True) as db:
        assert not shows(db)


@pytest.mark.parametrize(
    ("actions", "code", "remark"),
    [
        ([tables.put("a"), tables.put("a", n=2)], "ValidationException", "two puts on one item"),
        ([tables.put("a"), tables.add("a")], "ValidationException", "put and update on one item"),
        ([tables.put(str(n)) for n in range(101)], "ValidationException", "101 actions"),
        ([tables.put(str(n)) for n in range(100)], "", "100 actions are allowed"),
        ([tables.put("a"), tables.put("a", sk="Y")], "", "two items of one partition"),
    ],
)
def test_the_shape_of_a_transaction(
    aws: Repair, actions: list[Any], code: str, remark: str
) -> None:
    db = tables.create()

    assert transact(db, *actions) == code, remark
    written = db.scan(TableName=tables.NAME)["Count"]
    assert written == (0 if code else len(actions)), "all or nothing"


def test_a_failed_transaction_undoes_puts_updates_and_deletes_and_writes_no_stream(
    aws: Repair,
) -> None:
    db = tables.create()
    transact(db, tables.put("put", n=1), tables.put("update", n=1), tables.put("delete", n=1))
    before = len(streams.written(tables.NAME))

    code = transact(
        db,
        tables.put("put", n=2),
        tables.add("update"),
        tables.add("fresh"),
        {"Delete": {"TableName": tables.NAME, "Key": tables.key("delete")}},
        {
            "ConditionCheck": {
                "TableName": tables.NAME,
                "Key": tables.key("missing"),
                "ConditionExpression": "attribute_exists(pk)",
            }
        },
    )

    assert code == "TransactionCanceledException"
    names = ("put", "update", "delete", "fresh")
    assert [tables.number(db, name) for name in names] == [1, 1, 1, None]
    assert len(streams.written(tables.NAME)) == before


def test_a_failed_transactions_token_may_be_used_again(aws: Repair) -> None:
    db = tables.create()
    transact(db, tables.put("a"))
    assert transact(db, tables.put("a", new=True), token="t") == "TransactionCanceledException"
    db.delete_item(TableName=tables.NAME, Key=tables.key("a"))

    assert transact(db, tables.put("a", new=True), token="t") == ""


def test_a_token_is_forgotten_after_its_ten_minutes(aws: Repair) -> None:
    db = tables.create()
    transact(db, tables.add("a"), token="t")
    aws.forget_tokens()
    transact(db, tables.add("a"), token="t")

    assert tables.number(db, "a") == 2


def test_no_increment_is_lost_between_eight_threads(aws: Repair) -> None:
    db = tables.create()
    db.put_item(TableName=tables.NAME, Item=tables.item("a", n=0))

    def increment_ten_times() -> None:
        for _ in range(10):
            transact(db, tables.add("a"), tables.put("fails", new=True))
            transact(db, tables.add("a"))

    in_threads(*[increment_ten_times] * 8)

    # Of the transactions that also create an item, exactly one succeeds.
    assert tables.number(db, "a") == 81


@contextmanager
def database(*, repaired: bool) -> Iterator["DynamoDBClient"]:
    with ExitStack() as stack:
        stack.enter_context(mock_aws())
        stack.enter_context(repaired_dynamodb() if repaired else nullcontext())
        yield tables.create()


def in_threads(*functions: Callable[[], object]) -> None:
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
