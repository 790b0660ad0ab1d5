"""Published services in the table: immutable versions, and a catalogue of the current ones."""

from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.table import Row, find_row, steadily
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.ids import ServiceCode
from chalicelib.ports.services import Published

CATALOGUE = "CATALOGUE"


class DynamoServices:
    """Versions never change, so each is read once per container. All raise Busy."""

    def __init__(self, region: str) -> None:
        self._region = region
        self._read: dict[tuple[str, int], Published] = {}

    def current(self, code: ServiceCode) -> Published:
        """Raises NotFound."""
        row = find_row(CATALOGUE, f"SERVICE#{code}")
        if row is None:
            raise NotFound(what="service")
        return self.version(code, int(row.version or 0))

    def version(self, code: ServiceCode, number: int) -> Published:
        """Raises NotFound."""
        if (code, number) not in self._read:
            row = find_row(f"SERVICE#{code}", _version_sk(number))
            if row is None or row.body is None:
                raise NotFound(what="service")
            self._read[code, number] = Published.model_validate_json(row.body)
        return self._read[code, number]

    def all_current(self) -> tuple[Published, ...]:
        """By code."""
        rows = steadily(lambda: list(Row.query(CATALOGUE, consistent_read=True)))
        return tuple(
            self.version(ServiceCode(row.sk.removeprefix("SERVICE#")), int(row.version or 0))
            for row in rows
        )

    def publish(self, published: Published, after: int) -> None:
        """Raises Conflict."""
        code = published.model.service
        version = Row(
            f"SERVICE#{code}", _version_sk(published.version), body=published.model_dump_json()
        )
        current = Row(CATALOGUE, f"SERVICE#{code}", version=published.version)
        unchanged = Row.version == after if after else Row.pk.does_not_exist()

        def transact() -> None:
            with TransactWrite(connection=Connection(region=self._region)) as transaction:
                transaction.save(version, condition=Row.pk.does_not_exist())
                transaction.save(current, condition=unchanged)

        try:
            steadily(transact)
        except TransactWriteError as error:
            raise Conflict("published-meanwhile", service=code) from error


def _version_sk(number: int) -> str:
    return f"VERSION#{number:06d}"
