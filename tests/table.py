"""The product's table in the in-process AWS, with its three indexes and its stream."""

from typing import TYPE_CHECKING

import boto3

from chalicelib.adapters.table import use_table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import (
        GlobalSecondaryIndexTypeDef,
        KeySchemaElementTypeDef,
    )

NAME = "zagora"
REGION = "eu-central-1"
INDEXES = ("person", "work", "open")


def create_table() -> str:
    """Creates it and points the adapters to it; says its name."""
    names = ["pk", "sk", *(f"{index}_{part}" for index in INDEXES for part in ("pk", "sk"))]
    boto3.client("dynamodb", region_name=REGION).create_table(
        TableName=NAME,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_keys(""),
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in names],
        GlobalSecondaryIndexes=[_index(name) for name in INDEXES],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    use_table(NAME, REGION)
    return NAME


def _index(name: str) -> "GlobalSecondaryIndexTypeDef":
    return {
        "IndexName": name,
        "KeySchema": _keys(f"{name}_"),
        "Projection": {"ProjectionType": "ALL"},
    }


def _keys(prefix: str) -> "list[KeySchemaElementTypeDef]":
    return [
        {"AttributeName": f"{prefix}pk", "KeyType": "HASH"},
        {"AttributeName": f"{prefix}sk", "KeyType": "RANGE"},
    ]
