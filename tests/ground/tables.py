"""A table as the product's: keys pk and sk, one index, a stream. For the ground's own tests."""

from functools import cache
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NAME = "ground"


@cache
def client() -> "DynamoDBClient":
    """A client of the in-process AWS; one serves every `mock_aws()`, making one takes 100 ms."""
    return boto3.client("dynamodb", region_name="eu-central-1")


def create(name: str = NAME) -> "DynamoDBClient":
    """Creates the table and gives a client for it."""
    db = client()
    db.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_keys("pk", "sk"),
        AttributeDefinitions=[
            {"AttributeName": n, "AttributeType": "S"} for n in ("pk", "sk", "work_pk", "work_sk")
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "work",
                "KeySchema": _keys("work_pk", "work_sk"),
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    return db


def key(pk: str, sk: str = "X") -> dict[str, Any]:
    """The key of an item, on the wire."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def item(pk: str, sk: str = "X", **numbers: int) -> dict[str, Any]:
    """An item with numbers, on the wire."""
    return key(pk, sk) | {name: {"N": str(value)} for name, value in numbers.items()}


def put(pk: str, *, new: bool = False, sk: str = "X", **numbers: int) -> Any:
    """A Put of a transaction; `new`: only where there is none."""
    action: dict[str, Any] = {"TableName": NAME, "Item": item(pk, sk, **numbers)}
    return {"Put": action | ({"ConditionExpression": "attribute_not_exists(pk)"} if new else {})}


def add(pk: str, by: int = 1) -> Any:
    """An Update of a transaction that adds to `n`."""
    return {
        "Update": {
            "TableName": NAME,
            "Key": key(pk),
            "UpdateExpression": "ADD n :by",
            "ExpressionAttributeValues": {":by": {"N": str(by)}},
        }
    }


def number(db: "DynamoDBClient", pk: str, name: str = "n") -> int | None:
    """What the number is now; None where there is no such item."""
    found = db.get_item(TableName=NAME, Key=key(pk), ConsistentRead=True).get("Item")
    return int(found[name]["N"]) if found and name in found else None


def _keys(partition: str, sort: str) -> Any:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]
