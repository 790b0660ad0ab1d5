"""A case as callers see it."""

from datetime import datetime
from typing import Any

from pydantic import JsonValue

from chalicelib.domain.cases.state import Case, IssuedDocument
from chalicelib.domain.ids import DocumentId, Invoice, PhaseId, ServiceCode
from chalicelib.domain.money import Money
from chalicelib.domain.payments import AttemptStatus, OrderStatus
from chalicelib.domain.services.language import Language, ServiceModel, Text
from chalicelib.handlers.api.call import Call
from chalicelib.handlers.api.models import (
    DeadlineView,
    Links,
    Moment,
    Number,
    Said,
    State,
    state_of,
)
from chalicelib.usecases.viewing import View


class PhaseNow(Said):
    """The phase that the case is in. `outcome` is there once it has ended."""

    id: PhaseId
    title: Text
    opened_at: Moment
    due_at: Moment | None
    assignee: str | None
    outcome: str | None

    @classmethod
    def of(cls, case: Case, model: ServiceModel) -> "PhaseNow | None":
        """The phase of a case."""
        phase = case.phase
        if phase is None:
            return None
        return cls(
            id=phase.id,
            title=model.phase(phase.id).title,
            opened_at=phase.opened_at,
            due_at=phase.due_at,
            assignee=phase.assignee.name if phase.assignee else None,
            outcome=phase.outcome,
        )


class AttemptView(Said):
    """One try to pay."""

    invoice: Invoice
    operator: str
    status: AttemptStatus
    started_at: Moment
    expires_at: Moment


class PaymentView(Said):
    """What is owed and what became of it."""

    amount: Money
    status: OrderStatus
    attempts: tuple[AttemptView, ...]


class DocumentView(Said):
    """A document of the case. `digest` is the file's SHA-256 in hexadecimal."""

    id: DocumentId
    kind: str
    language: Language
    issued_at: Moment
    digest: str
    size: int
    link: str
    verification: str


class PersonView(Said):
    """The applicant."""

    name: str
    egn: str


class DecisionTexts(Said):
    """What the person in charge wrote."""

    facts: str
    grounds: str


class TroubleView(Said):
    """What an automatic phase waits for, since when, and whether a person must act (`desk`)."""

    source: str
    code: str
    since: Moment
    state: str


class CaseItem(Said):
    """A case in a list."""

    number: Number
    service: ServiceCode
    status: State
    phase: PhaseId | None
    filed_at: Moment
    deadline: DeadlineView | None
    links: Links

    @classmethod
    def of(cls, call: Call, case: Case) -> "CaseItem":
        """A case, for its applicant."""
        return cls(
            number=case.number,
            service=case.service,
            status=state_of(case),
            phase=case.phase.id if case.phase else None,
            filed_at=case.filed_at,
            deadline=DeadlineView.of(case, call.language),
            links=Links.of(call, case.number),
        )


class CaseList(Said):
    """A page of cases."""

    items: tuple[CaseItem, ...]
    next: str | None


class Acted(Said):
    """How the case stands now."""

    number: Number
    status: State
    phase: PhaseId | None
    deadline: DeadlineView | None
    links: Links

    @classmethod
    def of(cls, call: Call, case: Case) -> "Acted":
        """After the act."""
        return cls(
            number=case.number,
            status=state_of(case),
            phase=case.resume_at or (case.phase.id if case.phase else None),
            deadline=DeadlineView.of(case, call.language),
            links=Links.of(call, case.number),
        )


class CaseView(Said):
    """A case with what it says of the person; for its applicant and its officials."""

    number: Number
    service: ServiceCode
    service_version: int
    title: Text
    status: State
    result: str | None
    tier: str
    delivery: str
    channel: str
    capacity: str
    language: Language
    filed_at: Moment
    arrived_at: Moment | None
    closed_at: Moment | None
    deadline: DeadlineView | None
    phase: PhaseNow | None
    trouble: TroubleView | None
    payment: PaymentView
    documents: tuple[DocumentView, ...]
    applicant: PersonView | None
    answers: dict[str, JsonValue] | None
    decision: DecisionTexts | None
    links: Links

    @classmethod
    def of(cls, call: Call, view: View) -> "CaseView":
        """A case; the personal parts are None once they were erased."""
        case, filed = view.case, view.private.get("application-filed", {})
        return cls(
            **_plain(case),
            title=view.model.title,
            status=state_of(case),
            deadline=DeadlineView.of(case, call.language),
            phase=PhaseNow.of(case, view.model),
            trouble=trouble_of(case),
            payment=_payment(case),
            documents=tuple(_document(call, one) for one in case.documents),
            applicant=_person(filed.get("person")),
            answers=view.answers,
            decision=_decision(view.private.get("phase-ended")),
            links=Links.of(call, case.number),
        )


def _plain(case: Case) -> dict[str, Any]:
    same = ("number", "service", "result", "tier", "delivery", "channel", "capacity", "language")
    times: dict[str, datetime | None] = {
        "filed_at": case.filed_at,
        "arrived_at": case.arrived_at,
        "closed_at": case.closed_at,
    }
    return {
        **{name: getattr(case, name) for name in same},
        **times,
        "service_version": case.model_version,
    }


def trouble_of(case: Case) -> TroubleView | None:
    """Why the case does not get on, if it does not."""
    found = case.trouble
    if found is None:
        return None
    return TroubleView(source=found.source, code=found.code, since=found.since, state=found.state)


def _payment(case: Case) -> PaymentView:
    shown = ("invoice", "operator", "status", "started_at", "expires_at")
    attempts = (
        AttemptView.model_validate({name: getattr(attempt, name) for name in shown})
        for attempt in case.order.attempts
    )
    return PaymentView(amount=case.order.amount, status=case.order.status, attempts=tuple(attempts))


def _document(call: Call, document: IssuedDocument) -> DocumentView:
    shown = ("id", "kind", "language", "issued_at", "digest", "size")
    place = call.link(f"/documents/{document.id}")
    return DocumentView(
        **{name: getattr(document, name) for name in shown},
        link=place,
        verification=f"{place}/verification",
    )


def _person(value: JsonValue) -> PersonView | None:
    return PersonView.model_validate(value) if isinstance(value, dict) else None


def _decision(texts: dict[str, JsonValue] | None) -> DecisionTexts | None:
    if texts is None:
        return None
    return DecisionTexts(facts=str(texts.get("facts", "")), grounds=str(texts.get("grounds", "")))
