"""A case as it stands. It holds no personal data: only pseudonyms, codes, times and money."""

from datetime import datetime
from typing import Literal

from chalicelib.domain.access import Role
from chalicelib.domain.deadlines import Clock, Deadline
from chalicelib.domain.ids import CaseId, CaseNumber, DocumentId, PhaseId, ServiceCode, SubjectId
from chalicelib.domain.journal import Head
from chalicelib.domain.payments import Order
from chalicelib.domain.services.language import CloseKind, Language
from chalicelib.domain.values import Value

MilestoneKind = Literal["reminder", "warning", "escalation", "expiry", "silence"]
View = Literal["agrees", "objects"]
AssignedBecause = Literal["least-loaded", "same-as-before", "stands-in", "ordered"]
DocumentKind = Literal["result", "refusal"]


class Planned(Value):
    """A milestone of the open phase, or of the term of the case, with its moment (UTC)."""

    kind: MilestoneKind
    at: datetime
    to: Role | None = None
    outcome: str | None = None
    done: bool = False


class Replanned(Value):
    """The open phase by another model or calendar: its due moment (UTC), its milestones, the unit
    in charge where it is not the case's, whether the term may run out in it."""

    due_at: datetime | None
    milestones: tuple[Planned, ...]
    unit: str | None = None
    may_fall_silent: bool = False


class Official(Value):
    """A person in charge, by office."""

    subject: SubjectId
    name: str


class Asked(Value):
    """A unit whose opinion a joint phase asks. `says` and `by` are set once it has answered;
    `silence` is what it means if it does not, by the end of the phase's term."""

    id: str
    unit: str
    role: Role
    silence: Literal["agrees", "waits"] = "waits"
    says: View | None = None
    by: Official | None = None
    at: datetime | None = None


class PhaseState(Value):
    """The phase that the case is in. `outcome` is set once it has ended; `unit` is the one in
    charge, where it is not the unit of the case."""

    id: PhaseId
    opened_at: datetime
    due_at: datetime | None = None
    milestones: tuple[Planned, ...] = ()
    assignee: Official | None = None
    escalated: bool = False
    escalated_to: Official | None = None
    by_official: bool = False
    may_fall_silent: bool = False
    unit: str | None = None
    opinions: tuple[Asked, ...] = ()
    outcome: str | None = None
    ended_at: datetime | None = None

    @property
    def units_awaited(self) -> tuple[str, ...]:
        """The units that still owe an opinion."""
        if self.outcome is not None:
            return ()
        return tuple(dict.fromkeys(asked.unit for asked in self.opinions if asked.says is None))


class Decided(Value):
    """Who ended a phase: with four eyes it is somebody else who ends the next."""

    phase: PhaseId
    by: SubjectId


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
    says what the due date would be, had it arrived when it was filed. `weighed` is the calendar
    by which it was counted again without becoming better.
    """

    deadline: Deadline
    provisional: bool
    weighed: str = ""


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
    capacity: str = "self"
    exemption: str | None = None
    arrived_at: datetime | None = None
    due: Due | None = None
    clock: Clock | None = None
    milestones: tuple[Planned, ...] = ()
    phase: PhaseState | None = None
    resume_at: PhaseId | None = None
    trouble: Trouble | None = None
    evidence: tuple[str, ...] = ()
    result: str | None = None
    decided: tuple[Decided, ...] = ()
    documents: tuple[IssuedDocument, ...] = ()
    closed_as: CloseKind | None = None
    closed_at: datetime | None = None
    # Executions up to this generation walk a version that the case has left.
    left_behind: int = 0
    version: int = 0
    head: Head = Head()

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done."""
        return self.closed_as is None

    @property
    def unit_in_charge(self) -> str:
        """The unit that handles the case now."""
        return (self.phase.unit if self.phase else None) or self.unit

    @property
    def units(self) -> frozenset[str]:
        """Those that may see the case: its own, the one in charge, those whose opinion is asked."""
        asked = self.phase.opinions if self.phase else ()
        return frozenset({self.unit, self.unit_in_charge, *(one.unit for one in asked)})

    @property
    def planned(self) -> tuple[Planned, ...]:
        """What is still to come by itself, of the open phase and of the term, the earliest
        first. Silence only where it may fall."""
        if self.phase is None or self.phase.outcome is not None:
            return ()
        silent = self.phase.may_fall_silent
        term = [one for one in self.milestones if silent or one.kind != "silence"]
        waiting = [one for one in (*self.phase.milestones, *term) if not one.done]
        return tuple(sorted(waiting, key=lambda one: one.at))
