"""Paying the fee: starting an attempt, and what an operator's notice changes.

Browser return, callback, poller, phone and clerk all end in `settle`: one transition table.
"""

from datetime import datetime, timedelta

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.phases import end_phase
from chalicelib.domain.cases.state import Case
from chalicelib.domain.cases.term import arrive, term_of
from chalicelib.domain.errors import NotPossible
from chalicelib.domain.ids import Invoice
from chalicelib.domain.payments import Attempt, Notice, judge
from chalicelib.domain.services.language import ServiceModel

# How long an operator may take a payment that was started; then the invoice is dead.
ATTEMPT_LASTS = timedelta(hours=24)


def start_payment(case: Case, operator: str, invoice: Invoice, now: datetime) -> list[e.Event]:
    """A new attempt. Raises NotPossible when nothing is owed any more."""
    if case.order.status != "due" or not case.is_open:
        raise NotPossible("nothing-owed", case=case.number)
    expires_at = now + ATTEMPT_LASTS
    expiry = _expiry(case)
    if expiry is not None:
        expires_at = min(expires_at, expiry)
    if expires_at <= now:
        raise NotPossible("nothing-owed", case=case.number)
    return [e.PaymentStarted(invoice=invoice, operator=operator, expires_at=expires_at)]


def _expiry(case: Case) -> datetime | None:
    milestones = case.phase.milestones if case.phase else ()
    return next((m.at for m in milestones if m.kind == "expiry" and not m.done), None)


def settle(
    case: Case, notice: Notice, model: ServiceModel, now: datetime, calendar: Calendar
) -> list[e.Event]:
    """What the notice changes; nothing when it is old news. Raises NotPossible if not ours."""
    attempt = case.order.attempt(notice.invoice)
    if attempt is None or attempt.operator != notice.operator:
        raise NotPossible("unknown-invoice", case=case.number)
    status = judge(case.order, attempt, notice)
    if status in {"denied", "expired"}:
        return [_failed(notice)]
    if status in {"mismatched", "overpaid"}:
        return [_parked(case, notice, status)]
    return _paid(case, attempt, notice, model, now, calendar) if status == "paid" else []


def _failed(notice: Notice) -> e.PaymentFailed:
    return e.PaymentFailed.model_validate(
        {"invoice": notice.invoice, "operator": notice.operator, "status": notice.status}
    )


def _parked(case: Case, notice: Notice, status: str | None) -> e.PaymentParked:
    return e.PaymentParked.model_validate(
        {
            "invoice": notice.invoice,
            "operator": notice.operator,
            "reference": notice.reference,
            "paid": notice.amount or case.order.amount,
            "status": status,
        }
    )


def _paid(
    case: Case,
    attempt: Attempt,
    notice: Notice,
    model: ServiceModel,
    now: datetime,
    calendar: Calendar,
) -> list[e.Event]:
    events: list[e.Event] = [
        e.PaymentConfirmed(
            invoice=attempt.invoice,
            operator=attempt.operator,
            reference=notice.reference,
            paid=notice.amount or case.order.amount,
            paid_at=notice.paid_at or now,
        )
    ]
    if case.arrived_at is None and model.arrival == "paid":
        deadline = term_of(case, model, now, calendar)
        events.append(arrive(model, deadline, calendar))
    waiting = case.phase is not None and model.phase(case.phase.id).kind == "payment"
    if waiting and case.phase is not None and case.phase.outcome is None:
        events += end_phase(case, model, case.phase.id, "paid")
    return events
