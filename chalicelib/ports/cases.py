"""The system of record: cases, their journals, and what is written with them in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from pydantic import Field

from chalicelib.domain.cases.state import Case
from chalicelib.domain.ids import CaseId, CaseNumber, DocumentId, Invoice, SubjectId
from chalicelib.domain.journal import Entry, Opening
from chalicelib.domain.values import Value

Openings = Mapping[int, Mapping[str, Opening]]


class Remembered(Value):
    """What was answered under an idempotency key. `digest` is of the request."""

    subject: SubjectId
    key: str
    digest: str
    case: CaseId
    result: str
    expires: datetime


class InvoiceRecord(Value):
    """Which case an operator's invoice belongs to."""

    invoice: Invoice
    operator: str
    case: CaseId


class NoticeRecord(Value):
    """An operator's notice, kept with what we answered. `digest` names the notice's content."""

    invoice: Invoice
    operator: str
    digest: str
    body: str
    received_at: datetime
    verdict: str


class DocumentRecord(Value):
    """Where to look a document up by its id alone (the public check)."""

    id: DocumentId
    case: CaseId
    number: CaseNumber


class Change(Value):
    """One transaction. `after.version` is one more than what is stored; 1 makes the case."""

    after: Case
    entries: tuple[Entry, ...]
    openings: dict[int, dict[str, Opening]] = Field(default_factory=dict)
    wake_at: datetime
    remembered: Remembered | None = None
    invoice: InvoiceRecord | None = None
    notice: NoticeRecord | None = None
    document: DocumentRecord | None = None


class Execution(Value):
    """The execution that walks a case now. An empty `token` means that none waits. It began
    at `since`, when the journal had so many entries.
    """

    case: CaseId
    generation: int
    phase: str = ""
    token: str = ""
    at: datetime
    since: datetime | None = None
    since_entry: int = 0


class Page(Value):
    """Some cases, and the opaque cursor to the rest (None at the end)."""

    cases: tuple[Case, ...]
    next: str | None


class Taken(Exception):
    """The transaction's condition failed. `what` names it: version, remembered, invoice, notice."""

    def __init__(self, what: frozenset[str]) -> None:
        self.what = what
        super().__init__(", ".join(sorted(what)))


class Cases(Protocol):
    """Reads are strongly consistent unless they say otherwise. All raise Busy."""

    def load(self, case: CaseId) -> Case:
        """Raises NotFound."""
        ...

    def find(self, number: CaseNumber) -> Case:
        """Raises NotFound."""
        ...

    def save(self, change: Change) -> None:
        """Everything or nothing. Raises Taken."""
        ...

    def next_in(self, counter: str) -> int:
        """The next number of a series, from 1; never twice, gaps possible."""
        ...

    def journal(self, case: CaseId) -> Sequence[Entry]:
        """All entries in order."""
        ...

    def openings(self, case: CaseId) -> Openings:
        """The personal data of the case, by entry; empty once erased."""
        ...

    def erase(self, case: CaseId) -> None:
        """Forgets the personal data of the case for good."""
        ...


class CaseLists(Protocol):
    """Lists through indexes: they may lag, so nothing is decided from them."""

    def of_person(self, applicant: SubjectId, cursor: str | None) -> Page:
        """A citizen's cases, the newest first."""
        ...

    def of_unit(self, unit: str, cursor: str | None) -> Page:
        """A unit's open tasks, by due date."""
        ...

    def load_of(self, unit: str) -> Mapping[SubjectId, int]:
        """How many open tasks of the unit each official has."""
        ...

    def overdue_to_move(self, shard: int, before: datetime) -> Sequence[CaseId]:
        """Open cases of a shard that should have moved by then (reconcile)."""
        ...


class Records(Protocol):
    """The small records beside the cases."""

    def remembered(self, subject: SubjectId, key: str) -> Remembered | None:
        """What was answered under the key."""
        ...

    def invoice(self, invoice: Invoice) -> InvoiceRecord | None:
        """Whose invoice it is."""
        ...

    def notice(self, invoice: Invoice, digest: str) -> NoticeRecord | None:
        """A notice that came before."""
        ...

    def park(self, notice: NoticeRecord) -> None:
        """Keeps a notice that belongs to nothing; the same one again changes nothing."""
        ...

    def document(self, document: DocumentId) -> DocumentRecord | None:
        """Which case a document belongs to."""
        ...


class ExecutionRecords(Protocol):
    """Which execution walks a case."""

    def execution(self, case: CaseId) -> Execution | None:
        """The newest."""
        ...

    def put_execution(self, execution: Execution, *, over: int) -> bool:
        """Stores it if the stored generation is `over` (0: none is stored); else False."""
        ...

    def forget_token(self, execution: Execution) -> None:
        """Nobody waits behind its token any more; leaves alone what was stored since."""
        ...
