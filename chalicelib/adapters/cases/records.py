"""The small records beside the cases, and which execution walks a case."""

from contextlib import suppress
from typing import TypeVar

from pydantic import BaseModel
from pynamodb.exceptions import PutError

from chalicelib.adapters.cases.rows import case_pk, record
from chalicelib.adapters.table import Row, find_row, steadily
from chalicelib.domain.ids import CaseId, DocumentId, Invoice, SubjectId
from chalicelib.ports.cases import (
    DocumentRecord,
    Execution,
    InvoiceRecord,
    NoticeRecord,
    Remembered,
)

V = TypeVar("V", bound=BaseModel)


class DynamoRecords:
    """Strongly consistent reads by key. All raise Busy."""

    def remembered(self, subject: SubjectId, key: str) -> Remembered | None:
        """What was answered under the key."""
        return _value(Remembered, f"IDEMPOTENCY#{subject}#{key}", "IDEMPOTENCY")

    def invoice(self, invoice: Invoice) -> InvoiceRecord | None:
        """Whose invoice it is."""
        return _value(InvoiceRecord, f"INVOICE#{invoice}", "INVOICE")

    def notice(self, invoice: Invoice, digest: str) -> NoticeRecord | None:
        """A notice that came before."""
        return _value(NoticeRecord, f"INVOICE#{invoice}", f"NOTICE#{digest}")

    def park(self, notice: NoticeRecord) -> None:
        """Keeps a notice that belongs to nothing; the same one again changes nothing."""
        row = record(f"INVOICE#{notice.invoice}", f"NOTICE#{notice.digest}", notice)
        try:
            steadily(lambda: row.save(condition=Row.pk.does_not_exist()))
        except PutError:
            return

    def document(self, document: DocumentId) -> DocumentRecord | None:
        """Which case a document belongs to."""
        return _value(DocumentRecord, f"DOCUMENT#{document}", "DOCUMENT")


class DynamoExecutionRecords:
    """`version` of the row is the generation."""

    def execution(self, case: CaseId) -> Execution | None:
        """The newest. Raises Busy."""
        return _value(Execution, case_pk(case), "EXECUTION")

    def put_execution(self, execution: Execution, *, over: int) -> bool:
        """Stores it over that generation; False when another is stored. Raises Busy."""
        row = record(case_pk(execution.case), "EXECUTION", execution, version=execution.generation)
        condition = Row.version == over if over else Row.pk.does_not_exist()
        try:
            steadily(lambda: row.save(condition=condition))
        except PutError:
            return False
        return True

    def forget_token(self, execution: Execution) -> None:
        """Leaves alone what was stored since. Raises Busy."""
        spent = execution.model_copy(update={"token": ""})
        row = record(case_pk(spent.case), "EXECUTION", spent, version=spent.generation)
        with suppress(PutError):
            steadily(lambda: row.save(condition=Row.body == execution.model_dump_json()))


def _value(kind: type[V], pk: str, sk: str) -> V | None:
    row = find_row(pk, sk)
    return kind.model_validate_json(row.body) if row and row.body else None
