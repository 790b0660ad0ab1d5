"""A citizen's cases: receipt, payment, progress, documents, journal."""

from dataclasses import replace
from typing import Literal

from chalice import Blueprint, Response

from chalicelib.domain.access import require, require_own
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import CaseNumber, DocumentId
from chalicelib.domain.services.language import ServiceModel
from chalicelib.handlers.http import page
from chalicelib.handlers.visit import Visit
from chalicelib.usecases import documents, payments, viewing
from chalicelib.usecases.changing import model_of
from chalicelib.web.pages.cases import CasesPage, HandOverPage, JournalPage, PaymentReturnPage
from chalicelib.web.presenting import applications, cases, journal, words

bp = Blueprint(__name__)

Problem = Literal["", "denied", "expired", "cancelled", "choose"]


@page(bp, "/cases")
def list_cases(visit: Visit) -> Response:
    """My cases, the newest first."""
    found = viewing.my_cases(visit.ports, visit.principal, visit.query("cursor") or None)
    cards = tuple(
        cases.card(case, model_of(visit.ports, case), visit.language) for case in found.cases
    )
    return visit.show(CasesPage(cases=cards, next=found.next))


@page(bp, "/cases/{number}")
def show_case(visit: Visit, number: str) -> Response:
    """One case."""
    view = viewing.own_case(visit.ports, visit.principal, CaseNumber(number))
    return visit.show(cases.page(view, visit.language, visit.now))


@page(bp, "/cases/{number}/receipt")
def show_receipt(visit: Visit, number: str) -> Response:
    """That it was received, when an answer is due and why."""
    case, model = own_case(visit, number)
    content = applications.receipt_page(
        case, model, visit.principal.name, visit.language, visit.now
    )
    return visit.show(content)


@page(bp, "/cases/{number}/journal")
def show_journal(visit: Visit, number: str) -> Response:
    """Everything that was done."""
    view = viewing.own_case(visit.ports, visit.principal, CaseNumber(number))
    lines = journal.lines(view.entries, view.model, visit.language)
    return visit.show(JournalPage(number=view.case.number, lines=lines))


@page(bp, "/cases/{number}/journal.json")
def download_journal(visit: Visit, number: str) -> Response:
    """The journal with its signed head, for `zagora verify`."""
    exported = viewing.export_journal(visit.ports, visit.principal, CaseNumber(number), visit.now)
    return visit.download(
        exported.model_dump_json(indent=1), "application/json", f"{exported.number}.json"
    )


@page(bp, "/cases/{number}/documents/{document}")
def download_document(visit: Visit, number: str, document: str) -> Response:
    """To the file, by a link that lives two minutes."""
    case, _ = own_case(visit, number)
    if document not in {one.id for one in case.documents}:
        raise NotFound(what="document")
    found = documents.link(visit.ports, visit.principal, DocumentId(document), visit.now)
    return visit.leave(found.url)


@page(bp, "/cases/{number}/payment")
def show_payment(visit: Visit, number: str) -> Response:
    """How to pay, or what is known of the payment. `back`: how the payer came from the operator."""
    case, model = own_case(visit, number)
    if case.order.status == "paid":
        return _returned(visit, case, "paid")
    if case.order.status != "due" or not case.is_open:
        return visit.go(f"/cases/{case.number}")
    problem = _problem(visit, case)
    if visit.query("back") == "paid" and not problem:
        return _returned(visit, case, "waiting")
    return _payment(visit, case, model, problem)


@page(bp, "/cases/{number}/payment", method="POST")
def begin_payment(visit: Visit, number: str) -> Response:
    """Starts an attempt and leads to the operator."""
    operator = visit.form.get("operator", "")
    if not operator:
        case, model = own_case(visit, number)
        return _payment(visit, case, model, "choose")
    case, _, checkout = payments.begin_payment(
        visit.ports, visit.principal, CaseNumber(number), operator, visit.language, visit.now
    )
    content = HandOverPage(
        number=case.number,
        amount=case.order.amount,
        operator=words.operator(operator),
        address=checkout.url,
        fields=checkout.fields,
    )
    return visit.show(content)


def own_case(visit: Visit, number: str) -> tuple[Case, ServiceModel]:
    """The citizen's own case without its personal data. Raises NotFound."""
    principal = visit.principal
    require(principal, "citizen")
    case = viewing.case_for(visit.ports, principal, CaseNumber(number))
    require_own(principal, case.applicant)
    return case, model_of(visit.ports, case)


def _problem(visit: Visit, case: Case) -> Problem:
    """Why the last attempt came to nothing, as far as it is known."""
    if visit.query("back") == "cancelled":
        return "cancelled"
    last = case.order.attempts[-1] if case.order.attempts else None
    if last is not None and last.status in {"denied", "expired"}:
        return "denied" if last.status == "denied" else "expired"
    return ""


def _payment(visit: Visit, case: Case, model: ServiceModel, problem: Problem) -> Response:
    content = cases.payment_page(case, model, visit.language)
    status = 422 if problem == "choose" else 200
    return visit.show(replace(content, problem=problem), status=status)


def _returned(visit: Visit, case: Case, state: Literal["paid", "waiting"]) -> Response:
    due = applications.due(case, visit.language, visit.now) if state == "paid" else None
    return visit.show(
        PaymentReturnPage(number=case.number, amount=case.order.amount, state=state, due=due)
    )
