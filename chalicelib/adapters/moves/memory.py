"""The log of moves in memory: the twin of the table for tests."""

from collections.abc import Sequence

from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import CaseId
from chalicelib.ports.moves import Batch, MoveRecord


class MemoryMoveLog:
    """Batches by id, records by case."""

    def __init__(self) -> None:
        self._batches: dict[str, Batch] = {}
        self._records: dict[str, dict[CaseId, MoveRecord]] = {}

    def begin(self, batch: Batch) -> Batch:
        """The one that was there first stays."""
        return self._batches.setdefault(batch.id, batch)

    def batch(self, id_: str) -> Batch:
        """Raises NotFound."""
        if id_ not in self._batches:
            raise NotFound(what="batch")
        return self._batches[id_]

    def note(self, record: MoveRecord) -> None:
        """The newest word."""
        self._records.setdefault(record.batch, {})[record.case] = record

    def records(self, batch: str) -> Sequence[MoveRecord]:
        """By case."""
        return [record for _, record in sorted(self._records.get(batch, {}).items())]
