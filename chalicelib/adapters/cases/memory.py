"""Cases in memory: the twin of the table, with the same conditions and no clock of its own."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from threading import RLock

from chalicelib.adapters.cases.rows import awaits_official, shard_of, units_consulted
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Fault, Invalid, NotFound
from chalicelib.domain.ids import CaseId, CaseNumber, DocumentId, Invoice, SubjectId
from chalicelib.domain.journal import Entry, Opening
from chalicelib.ports.cases import (
    Change,
    DocumentRecord,
    Execution,
    InvoiceRecord,
    NoticeRecord,
    Openings,
    Page,
    Remembered,
    Taken,
)

PAGE = 25


class MemoryCases:
    """Cases, lists and records in one: the tests' system of record."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._cases: dict[CaseId, Change] = {}
        self._numbers: dict[CaseNumber, CaseId] = {}
        self._entries: dict[CaseId, list[Entry]] = {}
        self._openings: dict[CaseId, dict[int, dict[str, Opening]]] = {}
        self._counters: dict[str, int] = {}
        self._remembered: dict[tuple[SubjectId, str], Remembered] = {}
        self._invoices: dict[Invoice, InvoiceRecord] = {}
        self._notices: dict[tuple[Invoice, str], NoticeRecord] = {}
        self._documents: dict[DocumentId, DocumentRecord] = {}
        self._executions: dict[CaseId, Execution] = {}

    def load(self, case: CaseId) -> Case:
        """Raises NotFound."""
        if case not in self._cases:
            raise NotFound(what="case")
        return self._cases[case].after

    def find(self, number: CaseNumber) -> Case:
        """Raises NotFound."""
        if number not in self._numbers:
            raise NotFound(what="case")
        return self.load(self._numbers[number])

    def save(self, change: Change) -> None:
        """Raises Taken."""
        with self._lock:
            taken = self._taken(change)
            if taken:
                raise Taken(taken)
            self._write(change)

    def _taken(self, change: Change) -> frozenset[str]:
        case = change.after
        stored = self._cases.get(case.id)
        r, i, n, d = change.remembered, change.invoice, change.notice, change.document
        conditions = {
            "version": (stored.after.version if stored else 0) != case.version - 1,
            "number": case.version == 1 and case.number in self._numbers,
            "remembered": r is not None and (r.subject, r.key) in self._remembered,
            "invoice": i is not None and i.invoice in self._invoices,
            "notice": n is not None and (n.invoice, n.digest) in self._notices,
            "document": d is not None and d.id in self._documents,
        }
        return frozenset(name for name, taken in conditions.items() if taken)

    def _write(self, change: Change) -> None:
        case = change.after
        self._cases[case.id] = change
        self._numbers[case.number] = case.id
        self._entries.setdefault(case.id, []).extend(change.entries)
        self._openings.setdefault(case.id, {}).update(change.openings)
        if (r := change.remembered) is not None:
            self._remembered[r.subject, r.key] = r
        if (i := change.invoice) is not None:
            self._invoices[i.invoice] = i
        if (n := change.notice) is not None:
            self._notices[n.invoice, n.digest] = n
        if (d := change.document) is not None:
            self._documents[d.id] = d

    def next_in(self, counter: str) -> int:
        """From 1."""
        with self._lock:
            self._counters[counter] = self._counters.get(counter, 0) + 1
            return self._counters[counter]

    def journal(self, case: CaseId) -> Sequence[Entry]:
        """All entries in order."""
        return list(self._entries.get(case, []))

    def openings(self, case: CaseId) -> Openings:
        """Empty once erased."""
        return dict(self._openings.get(case, {}))

    def erase(self, case: CaseId) -> None:
        """Forgets the personal data."""
        self._openings.pop(case, None)

    def of_person(self, applicant: SubjectId, cursor: str | None) -> Page:
        """The newest first."""
        return self._page(
            lambda case: case.applicant == applicant, lambda case: case.id, cursor, newest=True
        )

    def of_unit(self, unit: str, cursor: str | None) -> Page:
        """By due date."""
        return self._page(
            lambda case: (
                (case.unit_in_charge == unit and awaits_official(case))
                or unit in units_consulted(case)
            ),
            _due,
            cursor,
            newest=False,
        )

    def load_of(self, unit: str) -> Mapping[SubjectId, int]:
        """See the port."""
        cases = [change.after for change in self._cases.values()]
        return Counter(
            case.phase.assignee.subject
            for case in cases
            if case.unit_in_charge == unit and awaits_official(case)
            and case.phase and case.phase.assignee
        )  # fmt: skip

    def _page(
        self,
        chosen: Callable[[Case], bool],
        order: Callable[[Case], str],
        cursor: str | None,
        *,
        newest: bool,
    ) -> Page:
        if cursor is not None and not cursor.isdigit():
            raise Invalid([Fault(field="cursor", code="not-a-cursor")])
        cases = [change.after for change in self._cases.values() if chosen(change.after)]
        cases.sort(key=order, reverse=newest)
        start = int(cursor or 0)
        rest = len(cases) > start + PAGE
        return Page(
            cases=tuple(cases[start : start + PAGE]), next=str(start + PAGE) if rest else None
        )

    def overdue_to_move(self, shard: int, before: datetime) -> Sequence[CaseId]:
        """Open cases of a shard that should have moved by then."""
        return [
            case_id
            for case_id, change in self._cases.items()
            if shard_of(case_id) == shard and change.after.is_open and change.wake_at < before
        ]

    def remembered(self, subject: SubjectId, key: str) -> Remembered | None:
        """What was answered under the key."""
        return self._remembered.get((subject, key))

    def invoice(self, invoice: Invoice) -> InvoiceRecord | None:
        """Whose invoice it is."""
        return self._invoices.get(invoice)

    def notice(self, invoice: Invoice, digest: str) -> NoticeRecord | None:
        """A notice that came before."""
        return self._notices.get((invoice, digest))

    def park(self, notice: NoticeRecord) -> None:
        """The same one again changes nothing."""
        self._notices.setdefault((notice.invoice, notice.digest), notice)

    def document(self, document: DocumentId) -> DocumentRecord | None:
        """Which case a document belongs to."""
        return self._documents.get(document)

    def execution(self, case: CaseId) -> Execution | None:
        """The newest."""
        return self._executions.get(case)

    def put_execution(self, execution: Execution, *, over: int) -> bool:
        """False when another generation is stored."""
        with self._lock:
            stored = self._executions.get(execution.case)
            if (stored.generation if stored else 0) != over:
                return False
            self._executions[execution.case] = execution
            return True

    def forget_token(self, execution: Execution) -> None:
        """Leaves alone what was stored since."""
        with self._lock:
            if self._executions.get(execution.case) == execution:
                self._executions[execution.case] = execution.model_copy(update={"token": ""})


def _due(case: Case) -> str:
    phase = case.phase
    moment = (phase.due_at or phase.opened_at) if phase else case.filed_at
    return f"{moment.isoformat()}#{case.number}"
