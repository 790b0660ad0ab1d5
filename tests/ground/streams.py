"""The table's stream: what was written, as the events that Lambda would hand to a function.

`written` reads what moto recorded. `deliver` stands for the event source mapping: batches, a
partial failure that starts again at the lowest failed record, giving up after some tries.
`disturbed` makes what a stream may really bring: duplicates, and any order between items, but
never within one item.

Source: Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB" (ReportBatchItemFailures).
"""

import base64
import json
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from moto.dynamodb.models import dynamodb_backends

if TYPE_CHECKING:
    from moto.dynamodb.models.table import StreamShard, Table

ACCOUNT = "123456789012"  # moto's
REGION = "eu-central-1"
Record = dict[str, Any]
Event = dict[str, Any]
Consumer = Callable[[Event], Mapping[str, Any] | None]


def table(name: str, region: str = REGION) -> "Table":
    """moto's own table of this name."""
    return dynamodb_backends[ACCOUNT][region].tables[name]


def shard(of: "Table") -> "StreamShard":
    """Its stream; a table without one has no place in these tests."""
    assert of.stream_shard is not None, f"{of.name} has no stream"
    return of.stream_shard


def written(name: str, start: int = 0) -> list[Record]:
    """Every record from number `start` on, oldest first, as plain JSON."""
    of = table(name)
    arn = f"{of.table_arn}/stream/{of.latest_stream_label}"
    return [_as_lambda_sees_it(r.to_json(), arn) for r in shard(of).items[start:]]


def event(records: Sequence[Record]) -> Event:
    """One invocation's payload."""
    return {"Records": list(records)}


def disturbed(
    records: Sequence[Record], chance: random.Random, most_copies: int = 2
) -> list[Record]:
    """The same records, some again, in another order between items; the seed is `chance`'s."""
    queues: dict[str, list[Record]] = {}
    for record in records:
        copies = chance.randint(1, most_copies)
        queues.setdefault(item_of(record), []).extend([record] * copies)
    mixed = []
    while queues:
        name = chance.choice(sorted(queues))
        mixed.append(queues[name].pop(0))
        if not queues[name]:
            del queues[name]
    return mixed


def deliver(
    records: Sequence[Record], consumer: Consumer, *, batch: int = 10, tries: int = 3
) -> list[Record]:
    """Hands all over as a mapping does that bisects; returns what it had to give up (poison)."""
    given_up: list[Record] = []
    position = 0
    tried: dict[str, int] = {}
    while position < len(records):
        part = records[position : position + batch]
        failed = _lowest_failed(part, consumer(event(part)))
        position += len(part) if failed is None else failed
        if failed is not None:
            number = _number(part[failed])
            tried[number] = tried.get(number, 0) + 1
            if tried[number] >= tries:
                given_up.append(part[failed])
                position += 1
    return given_up


def item_of(record: Record) -> str:
    """Which item the record is of: order holds within one only."""
    return json.dumps(record["dynamodb"]["Keys"], sort_keys=True)


def _lowest_failed(part: Sequence[Record], answer: Mapping[str, Any] | None) -> int | None:
    failures = {f["itemIdentifier"] for f in (answer or {}).get("batchItemFailures", ())}
    known = {_number(record) for record in part}
    if not failures <= known:
        return 0  # AWS: an unknown identifier fails the whole batch
    return next((n for n, record in enumerate(part) if _number(record) in failures), None)


def _number(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


def _as_lambda_sees_it(record: Record, arn: str) -> Record:
    plain: Record = json.loads(json.dumps(record, default=_plain))
    return plain | {"eventSourceARN": arn, "awsRegion": arn.split(":")[3]}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(type(value))
