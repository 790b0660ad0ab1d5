"""What can happen to a case. `private` goes into the journal as commitments only."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.domain.access import Role
from chalicelib.domain.cases.events_moving import CaseMoved, DueReconsidered
from chalicelib.domain.cases.events_paying import (
    PaymentConfirmed,
    PaymentFailed,
    PaymentParked,
    PaymentStarted,
)
from chalicelib.domain.cases.events_term import (
    CaseReopened,
    ClockResumed,
    ClockStopped,
    TermExtended,
)
from chalicelib.domain.cases.happened import Happened
from chalicelib.domain.cases.state import (
    Asked,
    AssignedBecause,
    IssuedDocument,
    MilestoneKind,
    Official,
    Planned,
    View,
)
from chalicelib.domain.deadlines import Deadline
from chalicelib.domain.ids import CaseNumber, PhaseId, ServiceCode, SubjectId
from chalicelib.domain.money import Money
from chalicelib.domain.services.language import CloseKind, Language, Text

__all__ = [
    "CaseMoved",
    "CaseReopened",
    "ClockResumed",
    "ClockStopped",
    "DueReconsidered",
    "Event",
    "PaymentConfirmed",
    "PaymentFailed",
    "PaymentParked",
    "PaymentStarted",
    "TermExtended",
]


class ApplicationFiled(Happened):
    """Somebody asked for a service."""

    kind: Literal["application-filed"] = "application-filed"
    number: CaseNumber
    service: ServiceCode
    model_version: int
    channel: str
    language: Language
    applicant: SubjectId
    unit: str
    tier: str
    delivery: str
    capacity: str = "self"
    fee: Money
    exemption: str | None = None
    deadline: Deadline


class ApplicationArrived(Happened):
    """The term runs from now: the model's moment of arrival has come."""

    kind: Literal["application-arrived"] = "application-arrived"
    arrived_at: datetime
    deadline: Deadline
    milestones: tuple[Planned, ...] = ()


class PhaseOpened(Happened):
    """A phase began. What it asks of registers is asked anew, though it was answered before."""

    kind: Literal["phase-opened"] = "phase-opened"
    phase: PhaseId
    due_at: datetime | None
    milestones: tuple[Planned, ...]
    by_official: bool = False
    may_fall_silent: bool = False
    unit: str | None = None
    opinions: tuple[Asked, ...] = ()
    asks: tuple[str, ...] = ()


class PhaseEnded(Happened):
    """A phase ended; what follows is in the model. `reasons` are the words of the conditions
    that chose the outcome."""

    kind: Literal["phase-ended"] = "phase-ended"
    phase: PhaseId
    outcome: str
    decides: bool = False
    by: Official | None = None
    reasons: tuple[Text, ...] = ()


class TaskClaimed(Happened):
    """An official took the task."""

    kind: Literal["task-claimed"] = "task-claimed"
    phase: PhaseId
    official: Official


class TaskAssigned(Happened):
    """The task was given to an official: by the rule of its phase, because somebody stands in, or
    because the head of the unit said so (`by`)."""

    kind: Literal["task-assigned"] = "task-assigned"
    phase: PhaseId
    official: Official
    because: AssignedBecause
    by: Official | None = None


class TaskReleased(Happened):
    """The task went back to its unit."""

    kind: Literal["task-released"] = "task-released"
    phase: PhaseId


class MilestoneReached(Happened):
    """A reminder, warning, escalation or expiry of the open phase became due, or, `of_term`, a
    warning of the term of the case, or its end in silence. An escalation goes to `official`."""

    kind: Literal["milestone-reached"] = "milestone-reached"
    phase: PhaseId
    milestone: MilestoneKind
    planned_at: datetime
    to: Role | None
    of_term: bool = False
    official: Official | None = None


class OpinionGiven(Happened):
    """A unit said what it thinks."""

    kind: Literal["opinion-given"] = "opinion-given"
    phase: PhaseId
    opinion: str
    says: View
    by: Official


class CorrectionFiled(Happened):
    """The applicant put the application right: `answers` among the private are what changed."""

    kind: Literal["correction-filed"] = "correction-filed"
    phase: PhaseId


class ApplicationWithdrawn(Happened):
    """The applicant does not want it any more."""

    kind: Literal["application-withdrawn"] = "application-withdrawn"


class EvidenceAsked(Happened):
    """A register is about to be asked about a person: who, why and on what ground."""

    kind: Literal["evidence-asked"] = "evidence-asked"
    evidence: str
    source: str
    purpose: str
    legal_ground: str


class EvidenceObtained(Happened):
    """The register answered."""

    kind: Literal["evidence-obtained"] = "evidence-obtained"
    evidence: str
    source: str


class TroubleMet(Happened):
    """An automatic phase could not go on; at the desk it waits for a person."""

    kind: Literal["trouble-met"] = "trouble-met"
    phase: PhaseId
    source: str
    code: str
    at_desk: bool


class RetryOrdered(Happened):
    """A person at the exception desk said: again."""

    kind: Literal["retry-ordered"] = "retry-ordered"
    phase: PhaseId


class PhaseResumed(Happened):
    """The automatic phase took the order and tries again."""

    kind: Literal["phase-resumed"] = "phase-resumed"
    phase: PhaseId


class DocumentIssued(Happened):
    """A document was rendered, sealed and stored."""

    kind: Literal["document-issued"] = "document-issued"
    document: IssuedDocument


class ResultDelivered(Happened):
    """The result lies where the citizen wanted it."""

    kind: Literal["result-delivered"] = "result-delivered"
    delivery: str


class PersonalDataViewed(Happened):
    """An official opened the personal data of the case."""

    kind: Literal["personal-data-viewed"] = "personal-data-viewed"
    official: Official
    purpose: str


class CaseClosed(Happened):
    """Nothing remains to be done."""

    kind: Literal["case-closed"] = "case-closed"
    closed_as: CloseKind


Event = Annotated[
    ApplicationFiled
    | ApplicationArrived
    | PhaseOpened
    | PhaseEnded
    | PaymentStarted
    | PaymentConfirmed
    | PaymentFailed
    | PaymentParked
    | TaskClaimed
    | TaskAssigned
    | TaskReleased
    | MilestoneReached
    | ClockStopped
    | ClockResumed
    | TermExtended
    | OpinionGiven
    | CorrectionFiled
    | ApplicationWithdrawn
    | CaseReopened
    | EvidenceAsked
    | EvidenceObtained
    | TroubleMet
    | RetryOrdered
    | PhaseResumed
    | DocumentIssued
    | ResultDelivered
    | PersonalDataViewed
    | CaseMoved
    | DueReconsidered
    | CaseClosed,
    Field(discriminator="kind"),
]
