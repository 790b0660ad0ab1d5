"""moto's DynamoDB, repaired where a race or a crash would prove nothing on it (moto 5.2.5).

Plain moto ignores ClientRequestToken, lets threads interleave inside one conditional write,
undoes a failed transaction by restoring a copy of the whole table (which wipes what others wrote
meanwhile and costs as much as the table is big), lets 4.8 MB pass, and reports the insert of an
upsert twice in the stream. test_dynamodb.py shows each on plain moto and fails when moto no
longer does it: then delete that part here.

Sources: API reference of TransactWriteItems (100 actions, 4 MB, one action an item, a token is
good for ten minutes and only with the same request).
"""

import copy
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from moto.core.responses import ActionResult
from moto.dynamodb.exceptions import DynamodbException, MockValidationException
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

from tests.ground.quick import quick_answers

MOST_BYTES = 4 * 1024 * 1024

# moto's values are untyped JSON of the wire.
Action = Mapping[str, Mapping[str, Any]]
Place = tuple[Table, DynamoType, DynamoType | None]


class TokenReused(DynamodbException):
    """The same ClientRequestToken came with another request."""

    def __init__(self) -> None:
        super().__init__(
            "com.amazonaws.dynamodb.v20120810#IdempotentParameterMismatchException",
            "Another request was made with the same client token.",
        )


class Repair:
    """What the repaired backend remembers: one lock and the tokens of finished transactions."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._tokens: dict[tuple[str, str, str], str] = {}
        self._act: Callable[[DynamoHandler], Any] = DynamoHandler.call_action
        self._transact: Callable[[DynamoHandler], ActionResult] = DynamoHandler.transact_write_items
        self._update: Callable[..., Item] = DynamoDBBackend.update_item

    def forget_tokens(self) -> None:
        """As if ten minutes had passed: from now on only conditions protect."""
        self._tokens.clear()

    def call_action(self, handler: DynamoHandler) -> Any:
        """One request at a time, from reading the tables to writing the answer down."""
        with self.lock:
            return self._act(handler)

    def transact_write_items(self, handler: DynamoHandler) -> ActionResult:
        """A transaction with its token, its size limit and an undo of just what it touched."""
        body = dict(handler.body)
        token = str(body.pop("ClientRequestToken", ""))
        request = json.dumps(body, sort_keys=True, default=repr)
        key = (handler.current_account, handler.region, token)
        if token and self._tokens.get(key, request) != request:
            raise TokenReused
        if token and key in self._tokens:
            return ActionResult({})
        answer = self._transact_once(handler, body["TransactItems"])
        if token:
            self._tokens[key] = request
        return answer

    def _transact_once(self, handler: DynamoHandler, actions: list[Action]) -> ActionResult:
        touched = _touched(handler.dynamodb_backend, actions)
        before = _bytes(touched)
        with _undone_on_failure(touched), _no_table_copies():
            answer = self._transact(handler)
            if max(before, _bytes(touched)) > MOST_BYTES:
                raise MockValidationException("The transaction is larger than 4 MB")
        return answer

    def update_item(self, backend: DynamoDBBackend, table_name: str, key: Any, **rest: Any) -> Item:
        """An upsert is one write: one record in the stream, and nothing left when it fails."""
        table = backend.get_table(table_name)
        place = (table, *backend.get_keys_value(table, key))
        shard = table.stream_shard
        known = len(shard.items) if shard else 0
        with _undone_on_failure([place]):
            item = self._update(backend, table_name, key, **rest)
        if shard:
            del shard.items[known:-1]
            shard.items[-1].record["dynamodb"]["SequenceNumber"] = str(
                shard.starting_sequence_number + known
            )
        return item


@contextmanager
def repaired_dynamodb() -> Iterator[Repair]:
    """Inside, moto's DynamoDB keeps DynamoDB's promises. Use it within `mock_aws()`."""
    repair = Repair()
    with ExitStack() as stack:
        for owner, name, replacement in (
            (DynamoHandler, "call_action", repair.call_action),
            (DynamoHandler, "transact_write_items", repair.transact_write_items),
            (DynamoDBBackend, "update_item", repair.update_item),
        ):
            stack.enter_context(mock.patch.object(owner, name, _method(replacement)))
        stack.enter_context(quick_answers())
        yield repair


def _method(function: Callable[..., Any]) -> Callable[..., Any]:
    """A plain function: unlike a bound method, a class hands it its instances."""

    def bound(*positional: Any, **named: Any) -> Any:
        return function(*positional, **named)

    return bound


def _touched(backend: DynamoDBBackend, actions: list[Action]) -> list[Place]:
    places = []
    for action in actions:
        wanted = next(iter(action.values()))
        table = backend.get_table(wanted["TableName"])
        key = wanted.get("Key") or wanted["Item"]
        places.append((table, *backend.get_keys_value(table, key)))
    return places


def _bytes(places: list[Place]) -> int:
    items = (table.get_item(partition, sort) for table, partition, sort in places)
    return sum(item.size() for item in items if item)


@contextmanager
def _undone_on_failure(places: list[Place]) -> Iterator[None]:
    before = [copy.deepcopy(table.get_item(partition, sort)) for table, partition, sort in places]
    shards = {id(t.stream_shard): t.stream_shard for t, _, _ in places if t.stream_shard}
    lengths = [(shard, len(shard.items)) for shard in shards.values()]
    try:
        yield
    except BaseException:
        for place, item in zip(places, before, strict=True):
            _restore(place, item)
        for shard, length in lengths:
            del shard.items[length:]
        raise


def _restore(place: Place, item: Item | None) -> None:
    table, partition, sort = place
    by_range = sort is not None
    holder: dict[Any, Any] = table.items[partition] if by_range else table.items
    key = sort if by_range else partition
    if item is None:
        holder.pop(key, None)
    else:
        holder[key] = item


@contextmanager
def _no_table_copies() -> Iterator[None]:
    """moto copies each table before a transaction and puts the copy back when it fails."""
    with mock.patch.object(Table, "__deepcopy__", lambda table, _: table, create=True):
        yield
