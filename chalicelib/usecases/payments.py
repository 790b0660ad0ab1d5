"""Paying: starting a payment, and what operators tell us about it."""

import hashlib
import logging
from datetime import datetime

from chalicelib.domain.access import Principal, require, require_own
from chalicelib.domain.cases.paying import settle, start_payment
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotFound, NotPossible
from chalicelib.domain.ids import CaseNumber, Invoice
from chalicelib.domain.journal import Actor
from chalicelib.domain.payments import Answer, Checkout, CheckoutRequest, Notice, Verdict
from chalicelib.domain.services.language import Language
from chalicelib.ports import Ports
from chalicelib.ports.cases import InvoiceRecord, NoticeRecord, Taken
from chalicelib.usecases import idempotency
from chalicelib.usecases.changing import Beside, change, model_of
from chalicelib.usecases.idempotency import Asked

Started = tuple[Case, Invoice, Checkout]

_log = logging.getLogger(__name__)


def begin_payment(
    ports: Ports,
    principal: Principal,
    number: CaseNumber,
    operator: str,
    language: Language,
    now: datetime,
    *,
    key: str | None = None,
) -> Started:
    """Starts an attempt with an operator and says where the payer's browser goes.

    Each attempt has its own invoice: operators take a number once ever. The same `key` gives the
    same attempt again. Raises Forbidden (no citizen), NotFound (not their case, or no such
    operator), NotPossible (nothing owed), KeyReused.
    """
    require(principal, "citizen")
    case = ports.cases.find(number)
    require_own(principal, case.applicant)
    adapter = ports.operator(operator)
    request = {"case": number, "operator": operator, "language": language}
    asked = idempotency.asked(key, "payment", request) if key else None
    case, invoice = _started(ports, principal, case, asked) or _start(
        ports, principal, case, operator, asked, now
    )
    return case, invoice, adapter.checkout(_checkout(ports, case, invoice, language))


def _started(
    ports: Ports, principal: Principal, case: Case, asked: Asked | None
) -> tuple[Case, Invoice] | None:
    before = idempotency.remembered(ports, principal, asked)
    return (ports.cases.load(case.id), Invoice(before.result)) if before else None


def _start(
    ports: Ports,
    principal: Principal,
    case: Case,
    operator: str,
    asked: Asked | None,
    now: datetime,
) -> tuple[Case, Invoice]:
    start_payment(case, operator, Invoice("0"), now)  # refused before a number is spent
    invoice = _new_invoice(ports, now)
    beside = Beside(
        invoice=InvoiceRecord(invoice=invoice, operator=operator, case=case.id),
        remembered=idempotency.record(principal, asked, case.id, invoice, now),
    )
    try:
        after = change(
            ports,
            case.id,
            principal.actor,
            now,
            lambda case, model: start_payment(case, operator, invoice, now),
            beside,
        )
    except Taken:
        twin = _started(ports, principal, case, asked)
        if twin is None:
            raise
        return twin
    return after, invoice


def _new_invoice(ports: Ports, now: datetime) -> Invoice:
    year = ports.calendar.local_date(now).year
    return Invoice(f"{year % 100:02d}{ports.cases.next_in(f'invoices-{year}'):08d}")


def _checkout(ports: Ports, case: Case, invoice: Invoice, language: Language) -> CheckoutRequest:
    attempt = case.order.attempt(invoice)
    if attempt is None:
        raise NotFound(what="payment")
    model = model_of(ports, case)
    page = f"{ports.base_url}/{language}/cases/{case.number}"
    return CheckoutRequest(
        invoice=invoice,
        amount=case.order.amount,
        description=f"{case.number} {model.title.in_(language)}",
        language=language,
        expires=attempt.expires_at,
        return_url=f"{page}/payment?back=paid",
        cancel_url=f"{page}/payment?back=cancelled",
    )


def receive_notification(ports: Ports, operator: str, body: bytes, now: datetime) -> str:
    """A callback: verify, check shape, record, answer. Returns the body of the answer.

    A notice that cannot be recorded now holds up no other: the operator is told to send it again.
    Raises Forged and Invalid, of which nothing is kept but a log line; and, when not one notice
    could be recorded, what stood in the way (TryAgain mostly).
    """
    adapter = ports.operator(operator)
    answers, faults = list[Answer](), list[Exception]()
    for notice in adapter.read(body):
        try:
            answers.append(_receive(ports, notice, now))
        except Exception as fault:  # one case's trouble is not the next one's
            _log.warning("a notice could not be recorded: %s", type(fault).__name__)
            answers.append(Answer(invoice=notice.invoice, verdict="failed"))
            faults.append(fault)
    if faults and len(faults) == len(answers):
        raise faults[0]
    return adapter.answer(answers)


def _receive(ports: Ports, notice: Notice, now: datetime) -> Answer:
    digest = hashlib.sha256(notice.model_dump_json().encode()).hexdigest()
    record = ports.records.invoice(notice.invoice)
    if record is None or record.operator != notice.operator:
        ports.records.park(_record(notice, digest, now, "unknown"))
        return Answer(invoice=notice.invoice, verdict="unknown")
    before = ports.records.notice(notice.invoice, digest)
    if before is not None and before.verdict == "unknown":
        # Parked before we knew the invoice. That record stays; this one gets a name of its own.
        digest = hashlib.sha256(f"{digest} again".encode()).hexdigest()
        before = ports.records.notice(notice.invoice, digest)
    if before is not None:
        return Answer(invoice=notice.invoice, verdict=_verdict(before.verdict))
    return Answer(invoice=notice.invoice, verdict=_apply(ports, record, notice, digest, now))


def _apply(
    ports: Ports, record: InvoiceRecord, notice: Notice, digest: str, now: datetime
) -> Verdict:
    try:
        change(
            ports,
            record.case,
            Actor(kind="operator", id=notice.operator),
            now,
            lambda case, model: settle(case, notice, model, now, ports.calendar),
            Beside(notice=_record(notice, digest, now, "accepted")),
        )
    except Taken:  # its twin was faster; what it wrote is what we would have written
        return "accepted"
    except NotPossible:
        ports.records.park(_record(notice, digest, now, "unknown"))
        return "unknown"
    return "accepted"


def _record(notice: Notice, digest: str, now: datetime, verdict: Verdict) -> NoticeRecord:
    return NoticeRecord(
        invoice=notice.invoice,
        operator=notice.operator,
        digest=digest,
        body=notice.model_dump_json(),
        received_at=now,
        verdict=verdict,
    )


def _verdict(text: str) -> Verdict:
    return "unknown" if text == "unknown" else "accepted"
