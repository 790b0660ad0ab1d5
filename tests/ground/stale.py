"""Indexes as stale as they may be: moto's are always up to date, DynamoDB's never surely.

Inside `stale_indexes`, Query and Scan on a global index see the table as it was before the newest
`lag` writes, or as it was when `freeze()` was called. Reads of the table itself stay true. It
undoes the newest stream records on a shallow copy, so the table needs a stream with old images.
"""

import copy
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest import mock

from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

from tests.ground import streams
from tests.ground.streams import shard


class StaleIndexes:
    """The switch. `lag`: how many of the newest writes every index has not seen yet."""

    def __init__(self, lag: int = 0) -> None:
        self.lag = lag
        self._frozen: dict[str, int] = {}

    def freeze(self, name: str) -> None:
        """From now on the indexes of the table `name` stay as they are."""
        self._frozen[name] = len(shard(streams.table(name)).items)

    def catch_up(self) -> None:
        """From now on indexes are up to date."""
        self.lag, self._frozen = 0, {}

    def missed(self, table: Table) -> int:
        """How many of this table's newest writes its indexes have not seen."""
        length = len(shard(table).items)
        since = length - self._frozen.get(table.name, length)
        return min(max(self.lag, since), length)


@contextmanager
def stale_indexes(lag: int = 0) -> Iterator[StaleIndexes]:
    """Inside, index reads lag; say how much through what this yields."""
    switch = StaleIndexes(lag)
    query, scan = Table.query, Table.scan

    def served_late(plain: Callable[..., Any], at: int) -> Callable[..., Any]:
        def read(table: Table, *positional: Any, **named: Any) -> Any:
            index = named.get("index_name") or (positional[at] if len(positional) > at else None)
            missed = switch.missed(table) if index else 0
            return plain(_earlier(table, missed) if missed else table, *positional, **named)

        return read

    with (
        mock.patch.object(Table, "query", served_late(query, at=7)),
        mock.patch.object(Table, "scan", served_late(scan, at=4)),
    ):
        yield switch


def _earlier(table: Table, missed: int) -> Table:
    """The table as it was before its newest `missed` writes."""
    view = copy.copy(table)
    view.items = copy.copy(table.items)
    for partition, items in table.items.items():
        view.items[partition] = dict(items)
    for record in reversed(shard(table).items[-missed:]):
        _undo(view, record.record["dynamodb"])
    return view


def _undo(view: Table, change: Mapping[str, Any]) -> None:
    partition = DynamoType(change["Keys"][view.hash_key_attr])
    sort = DynamoType(change["Keys"][view.range_key_attr])
    if "OldImage" in change:
        view.items[partition][sort] = Item(partition, sort, change["OldImage"])
    else:
        view.items[partition].pop(sort, None)
