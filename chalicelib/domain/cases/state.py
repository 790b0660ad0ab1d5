"""A case as it stands. It holds no personal data: only pseudonyms, codes, times and money."""

from datetime import datetime
from typing import Literal

from chalicelib.domain.access import Role
from chalicelib.domain.deadlines import Deadline
from chalicelib.domain.ids import CaseId, CaseNumber, DocumentId, PhaseId, ServiceCode, SubjectId
from chalicelib.domain.journal import Head
from chalicelib.domain.payments import Order
from chalicelib.domain.services.language import CloseKind, Language
from chalicelib.domain.values import Value

MilestoneKind = Literal["reminder", "warning", "escalation", "expiry"]
DocumentKind = Literal["result", "refusal"]


class Planned(Value):
    """A milestone of the open phase with its moment (UTC)."""

    kind: MilestoneKind
    at: datetime
    to: Role | None = None
    outcome: str | None = None
    done: bool = False


class Official(Value):
    """A person in charge, by office."""

    subject: SubjectId
    name: str


class PhaseState(Value):
    """The phase that the case is in. `outcome` is set once it has ended."""

    id: PhaseId
    opened_at: datetime
    due_at: datetime | None = None
    milestones: tuple[Planned, ...] = ()
    assignee: Official | None = None
    escalated: bool = False
    by_official: bool = False
    outcome: str | None = None
    ended_at: datetime | None = None

    @property
    def next_milestone(self) -> Planned | None:
        """The earliest milestone that has not happened yet."""
        waiting = [planned for planned in self.milestones if not planned.done]
        return min(waiting, key=lambda planned: planned.at, default=None)


class Trouble(Value):
    """Why an automatic phase does not get on.

    `retrying` by itself; at the `desk` until a person says `again`.
    """

    source: str
    code: str
    since: datetime
    times: int = 1
    state: Literal["retrying", "desk", "again"] = "retrying"


class IssuedDocument(Value):
    """A sealed document. `digest` is SHA-256 of the file, hexadecimal; `key` is its place."""

    id: DocumentId
    kind: DocumentKind
    template: str
    language: Language
    digest: str
    size: int
    key: str
    issued_at: datetime


class Due(Value):
    """When the case must be decided, with the steps that led to it.

    Provisional until the application has arrived in the sense of its model (paid, say): then it
    says what the due date would be, had it arrived when it was filed.
    """

    deadline: Deadline
    provisional: bool


class Case(Value):
    """The record."""

    id: CaseId
    number: CaseNumber
    service: ServiceCode
    model_version: int
    channel: str
    language: Language
    applicant: SubjectId
    unit: str
    tier: str
    delivery: str
    filed_at: datetime
    order: Order
    arrived_at: datetime | None = None
    due: Due | None = None
    phase: PhaseState | None = None
    trouble: Trouble | None = None
    evidence: tuple[str, ...] = ()
    result: str | None = None
    documents: tuple[IssuedDocument, ...] = ()
    closed_as: CloseKind | None = None
    closed_at: datetime | None = None
    version: int = 0
    head: Head = Head()

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done."""
        return self.closed_as is None
