"""Folding what happened into the case."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import cast

from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.state import Case, Decided, Due, PhaseState, Planned, Trouble
from chalicelib.domain.deadlines import Clock, Stop
from chalicelib.domain.deadlines.clock import extended, resumed, stopped
from chalicelib.domain.ids import CaseId
from chalicelib.domain.money import Money
from chalicelib.domain.payments import Attempt, AttemptStatus, Order
from chalicelib.domain.services.routes import SILENCE


def begin(case_id: CaseId, filed: e.ApplicationFiled, at: datetime) -> Case:
    """The case that an application opens."""
    return Case(
        id=case_id,
        number=filed.number,
        service=filed.service,
        model_version=filed.model_version,
        channel=filed.channel,
        language=filed.language,
        applicant=filed.applicant,
        unit=filed.unit,
        tier=filed.tier,
        delivery=filed.delivery,
        filed_at=at,
        capacity=filed.capacity,
        exemption=filed.exemption,
        order=Order(amount=filed.fee, status="due" if filed.fee.amount else "not-due"),
        due=Due(deadline=filed.deadline, provisional=True),
    )


def evolve(case: Case, event: e.Event, at: datetime) -> Case:
    """The case after one event."""
    change = _CHANGES.get(type(event))
    return case.model_copy(update=change(case, event, at)) if change else case


def evolve_all(case: Case, events: Iterable[e.Event], at: datetime) -> Case:
    """The case after these events."""
    for event in events:
        case = evolve(case, event, at)
    return case


def _arrived(case: Case, event: e.ApplicationArrived, at: datetime) -> dict[str, object]:
    started = Clock(start=event.deadline.start, term=event.deadline.term)
    return {"arrived_at": event.arrived_at} | _term(event, started)


def _term(
    event: e.ApplicationArrived | e.ClockResumed | e.TermExtended | e.CaseReopened,
    clock: Clock | None,
) -> dict[str, object]:
    due = Due(deadline=event.deadline, provisional=False)
    return {"due": due, "clock": clock, "milestones": event.milestones}


def _clock_stopped(case: Case, event: e.ClockStopped, at: datetime) -> dict[str, object]:
    if case.clock is None:
        return {}
    stop = Stop(kind=event.stop, at=event.stopped_at, ground=event.ground)
    due = Due(deadline=event.deadline, provisional=False)
    return {"due": due, "clock": stopped(case.clock, stop), "milestones": ()}


def _clock_resumed(case: Case, event: e.ClockResumed, at: datetime) -> dict[str, object]:
    return _term(event, case.clock and resumed(case.clock, event.resumed_at))


def _extended(case: Case, event: e.TermExtended, at: datetime) -> dict[str, object]:
    plan = _phase(case, **dict(event.plan)) if event.plan else {}
    return _term(event, case.clock and extended(case.clock, event.extension)) | plan


def _reopened(case: Case, event: e.CaseReopened, at: datetime) -> dict[str, object]:
    anew = Clock(start=event.deadline.start, term=event.deadline.term)
    opened = {"closed_as": None, "closed_at": None, "resume_at": event.phase, "trouble": None}
    return opened | _term(event, anew)


def _opinion(case: Case, event: e.OpinionGiven, at: datetime) -> dict[str, object]:
    if case.phase is None:
        return {}
    given = {"says": event.says, "by": event.by, "at": at}
    return _phase(
        case,
        opinions=tuple(
            asked.model_copy(update=given) if asked.id == event.opinion else asked
            for asked in case.phase.opinions
        ),
    )


def _opened(case: Case, event: e.PhaseOpened, at: datetime) -> dict[str, object]:
    phase = PhaseState(
        id=event.phase,
        opened_at=at,
        due_at=event.due_at,
        milestones=event.milestones,
        by_official=event.by_official,
        may_fall_silent=event.may_fall_silent,
        unit=event.unit,
        opinions=event.opinions,
    )
    evidence = tuple(name for name in case.evidence if name not in event.asks)
    return {"phase": phase, "evidence": evidence, "trouble": None, "resume_at": None}


def _ended(case: Case, event: e.PhaseEnded, at: datetime) -> dict[str, object]:
    result = event.outcome if event.decides or event.outcome == SILENCE else case.result
    ended = {**_phase(case, outcome=event.outcome, ended_at=at), "result": result, "trouble": None}
    if event.by is not None:
        ended["decided"] = (*case.decided, Decided(phase=event.phase, by=event.by.subject))
    return ended


def _phase(case: Case, **changes: object) -> dict[str, object]:
    return {"phase": case.phase.model_copy(update=changes) if case.phase else None}


def _order(case: Case, order: Order) -> dict[str, object]:
    return {"order": order}


def _payment_started(case: Case, event: e.PaymentStarted, at: datetime) -> dict[str, object]:
    attempt = Attempt(
        invoice=event.invoice, operator=event.operator, started_at=at, expires_at=event.expires_at
    )
    return {"order": case.order.model_copy(update={"attempts": (*case.order.attempts, attempt)})}


def _settled(
    order: Order,
    event: e.PaymentConfirmed | e.PaymentParked | e.PaymentFailed,
    status: AttemptStatus,
    paid: Money | None = None,
    reference: str = "",
) -> Order:
    attempt = order.attempt(event.invoice)
    if attempt is None:
        return order
    changed = {"status": status, "paid": paid, "reference": reference}
    return order.replaced(attempt.model_copy(update=changed))


def _confirmed(case: Case, event: e.PaymentConfirmed, at: datetime) -> dict[str, object]:
    order = _settled(case.order, event, "paid", event.paid, event.reference)
    return {"order": order.model_copy(update={"status": "paid"})}


def _parked(case: Case, event: e.PaymentParked, at: datetime) -> dict[str, object]:
    return {"order": _settled(case.order, event, event.status, event.paid, event.reference)}


def _failed(case: Case, event: e.PaymentFailed, at: datetime) -> dict[str, object]:
    return {"order": _settled(case.order, event, event.status)}


def _milestone(case: Case, event: e.MilestoneReached, at: datetime) -> dict[str, object]:
    if event.of_term:
        return {"milestones": _done(case.milestones, event)}
    if case.phase is None:
        return {}
    done = _done(case.phase.milestones, event)
    if event.milestone != "escalation":
        return _phase(case, milestones=done)
    return _phase(case, milestones=done, escalated=True, escalated_to=event.official)


def _done(milestones: tuple[Planned, ...], event: e.MilestoneReached) -> tuple[Planned, ...]:
    return tuple(
        planned.model_copy(update={"done": True})
        if (planned.kind, planned.at) == (event.milestone, event.planned_at)
        else planned
        for planned in milestones
    )


def _trouble(case: Case, event: e.TroubleMet, at: datetime) -> dict[str, object]:
    earlier = case.trouble
    trouble = Trouble(
        source=event.source,
        code=event.code,
        since=earlier.since if earlier else at,
        times=earlier.times + 1 if earlier else 1,
        state="desk" if event.at_desk else "retrying",
    )
    return {"trouble": trouble}


def _retry(case: Case, event: e.RetryOrdered, at: datetime) -> dict[str, object]:
    return {"trouble": case.trouble and case.trouble.model_copy(update={"state": "again"})}


def _resumed(case: Case, event: e.PhaseResumed, at: datetime) -> dict[str, object]:
    return {"trouble": case.trouble and case.trouble.model_copy(update={"state": "retrying"})}


def _closed(case: Case, event: e.CaseClosed, at: datetime) -> dict[str, object]:
    order = case.order
    if order.status == "due":
        order = order.model_copy(update={"status": "expired"})
    return {"closed_as": event.closed_as, "closed_at": at, "order": order}


def _obtained(case: Case, event: e.EvidenceObtained, at: datetime) -> dict[str, object]:
    return {"evidence": (*case.evidence, event.evidence), "trouble": None}


def _issued(case: Case, event: e.DocumentIssued, at: datetime) -> dict[str, object]:
    return {"documents": (*case.documents, event.document)}


def _moved(case: Case, event: e.CaseMoved, at: datetime) -> dict[str, object]:
    changes = {"model_version": event.to_version, "left_behind": event.execution}
    return {**changes, **_replanned(case, event)}


def _reconsidered(case: Case, event: e.DueReconsidered, at: datetime) -> dict[str, object]:
    weighed = case.due and case.due.model_copy(update={"weighed": event.calendar})
    return {"due": weighed, **_replanned(case, event)}


def _replanned(case: Case, event: e.CaseMoved | e.DueReconsidered) -> dict[str, object]:
    """What is None in the event stays. A better due date has its term, and so has its clock."""
    found = dict[str, object]()
    if event.deadline is not None and case.due is not None:
        found["due"] = case.due.model_copy(update={"deadline": event.deadline, "weighed": ""})
        term = {"term": event.deadline.term}
        found["clock"] = case.clock and case.clock.model_copy(update=term)
    if event.milestones is not None:
        found["milestones"] = event.milestones
    return found | (_phase(case, **dict(event.plan)) if event.plan else {})


_Change = Callable[[Case, e.Event, datetime], dict[str, object]]

_CHANGES: dict[type, _Change] = {
    kind: cast("_Change", change)
    for kind, change in {
        e.ApplicationArrived: _arrived,
        e.PhaseOpened: _opened,
        e.PhaseEnded: _ended,
        e.PaymentStarted: _payment_started,
        e.PaymentConfirmed: _confirmed,
        e.PaymentParked: _parked,
        e.PaymentFailed: _failed,
        e.TaskClaimed: lambda case, event, at: _phase(case, assignee=event.official),
        e.TaskAssigned: lambda case, event, at: _phase(case, assignee=event.official),
        e.TaskReleased: lambda case, event, at: _phase(case, assignee=None),
        e.MilestoneReached: _milestone,
        e.ClockStopped: _clock_stopped,
        e.ClockResumed: _clock_resumed,
        e.TermExtended: _extended,
        e.OpinionGiven: _opinion,
        e.CaseReopened: _reopened,
        e.EvidenceObtained: _obtained,
        e.TroubleMet: _trouble,
        e.RetryOrdered: _retry,
        e.PhaseResumed: _resumed,
        e.DocumentIssued: _issued,
        e.CaseMoved: _moved,
        e.DueReconsidered: _reconsidered,
        e.CaseClosed: _closed,
    }.items()
}
