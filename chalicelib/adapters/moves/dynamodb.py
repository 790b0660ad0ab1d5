"""The log of moves in the table: `MOVE#<batch>/BATCH` and `MOVE#<batch>/CASE#<case>`."""

from collections.abc import Sequence

from pynamodb.exceptions import PutError

from chalicelib.adapters.table import Row, find_row, steadily
from chalicelib.domain.errors import NotFound
from chalicelib.ports.moves import Batch, MoveRecord


class DynamoMoveLog:
    """Row knows the table. All raise Busy."""

    def begin(self, batch: Batch) -> Batch:
        """The one that was there first stays."""
        row = Row(_pk(batch.id), "BATCH", body=batch.model_dump_json())
        try:
            steadily(lambda: row.save(condition=Row.pk.does_not_exist()))
        except PutError:
            return self.batch(batch.id)
        return batch

    def batch(self, id_: str) -> Batch:
        """Raises NotFound."""
        row = find_row(_pk(id_), "BATCH")
        if row is None or row.body is None:
            raise NotFound(what="batch")
        return Batch.model_validate_json(row.body)

    def note(self, record: MoveRecord) -> None:
        """The newest word."""
        row = Row(_pk(record.batch), f"CASE#{record.case}", body=record.model_dump_json())
        steadily(row.save)

    def records(self, batch: str) -> Sequence[MoveRecord]:
        """By case."""
        rows = steadily(
            lambda: list(Row.query(_pk(batch), Row.sk.startswith("CASE#"), consistent_read=True))
        )
        return [MoveRecord.model_validate_json(row.body) for row in rows if row.body]


def _pk(batch: str) -> str:
    return f"MOVE#{batch}"
