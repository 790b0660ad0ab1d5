"""A citizen's cases: apply, look, pay, take the journal away. Officials look through here too."""

from typing import Annotated, Literal

from chalice import Blueprint
from pydantic import Field, JsonValue

from chalicelib.domain.access import OFFICIALS
from chalicelib.domain.cases.applying import LONGEST_NOTE
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Fault, Invalid
from chalicelib.domain.ids import CaseNumber, Invoice, ServiceCode
from chalicelib.domain.journal import ExportedJournal
from chalicelib.domain.money import Money
from chalicelib.domain.services.language import Language
from chalicelib.handlers.api.call import Call
from chalicelib.handlers.api.case_views import Acted, CaseItem, CaseList, CaseView
from chalicelib.handlers.api.models import (
    DeadlineView,
    Links,
    Located,
    Moment,
    Number,
    Said,
    State,
    state_of,
)
from chalicelib.handlers.api.operations import CITIZENS, CREATED, operation
from chalicelib.handlers.metrics import count
from chalicelib.usecases import applications, applying, payments, viewing
from chalicelib.usecases.applications import Filing
from chalicelib.usecases.applying import Correction

bp = Blueprint(__name__)

READERS = CITIZENS | OFFICIALS
# What the journal says an official looked for.
PURPOSE = "Разглеждане на преписката"


class NewCase(Said):
    """An application. `answers` by the form's JSON Schema (GET /services/{code})."""

    service: Annotated[ServiceCode, Field(max_length=64, examples=["permanent-address"])]
    version: Annotated[
        int | None,
        Field(
            ge=1,
            description="The version of the service that the applicant read. Where anything that "
            "concerns applicants has changed since, the case is refused and each change is said. "
            "Without it the applicant agrees to the current one.",
        ),
    ] = None
    tier: Annotated[str, Field(max_length=32, examples=["regular"])]
    delivery: Annotated[str, Field(max_length=32, examples=["portal"])]
    language: Language = "bg"
    capacity: Annotated[str, Field(max_length=32, examples=["self"])] = "self"
    answers: Annotated[dict[str, JsonValue], Field(examples=[{"purpose": "bank", "truth": True}])]


class Filed(Located):
    """The receipt; the same for the same Idempotency-Key, whatever happened since."""

    number: Number
    status: State
    filed_at: Moment
    fee: Money
    exemption: str | None
    deadline: DeadlineView | None

    @classmethod
    def of(cls, call: Call, case: Case) -> "Filed":
        """The receipt of a case as it was filed."""
        return cls(
            number=case.number,
            status=state_of(case),
            filed_at=case.filed_at,
            fee=case.order.amount,
            exemption=case.exemption,
            deadline=DeadlineView.of(case, call.language),
            links=Links.of(call, case.number),
        )


class NewCorrection(Said):
    """What is put right: the answers that change, and what there is to say about it."""

    answers: Annotated[dict[str, JsonValue], Field(examples=[{"purpose": "bank"}])] = Field(
        default_factory=dict
    )
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


class NewWithdrawal(Said):
    """Why, if one wants to say."""

    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


class NewPayment(Said):
    """With which operator to pay."""

    operator: Literal["epay"]
    language: Language | None = None


class CheckoutView(Said):
    """Where the payer's browser goes: POST these form fields to `url`, before `expires_at`."""

    invoice: Invoice
    amount: Money
    url: str
    method: Literal["POST"] = "POST"
    fields: dict[str, str]
    expires_at: Moment


@operation(
    bp, "POST", "/cases", Filed, status=CREATED, body=NewCase, key="required",
    roles=CITIZENS, problems=(404, 409),
)  # fmt: skip
def file_case(call: Call) -> Filed:
    """Applies for a service."""
    key, wanted = call.key, call.body(NewCase)
    filing = Filing.model_validate(wanted.model_dump())
    try:
        case = applications.file_application(call.ports, call.principal, filing, key, call.now)
    except Invalid as error:
        raise Invalid([_placed(fault) for fault in error.faults]) from error
    if case.version == 1:
        count("CasesFiled", service_code=case.service)
    return Filed.of(call, applications.as_filed(call.ports, case))


def _placed(fault: Fault, *own: str) -> Fault:
    """Where the fault is in the body: forms know their own fields only."""
    if fault.field in NewCase.model_fields or fault.field in {"channel", "egn", *own}:
        return fault
    return fault.model_copy(update={"field": f"answers.{fault.field}".rstrip(".")})


@operation(bp, "GET", "/cases", CaseList, roles=CITIZENS, query=("cursor",), problems=(422,))
def list_cases(call: Call) -> CaseList:
    """One's own cases, the newest first."""
    page = viewing.my_cases(call.ports, call.principal, call.query("cursor"))
    return CaseList(items=tuple(CaseItem.of(call, case) for case in page.cases), next=page.next)


@operation(bp, "GET", "/cases/{number}", CaseView, roles=READERS, problems=(404,))
def show_case(call: Call, number: str) -> CaseView:
    """A case. That an official looked is journalled before they see it."""
    wanted = CaseNumber(number)
    if call.principal.has("citizen"):
        return CaseView.of(call, viewing.own_case(call.ports, call.principal, wanted))
    view = viewing.office_case(call.ports, call.principal, wanted, PURPOSE, call.now)
    return CaseView.of(call, view)


@operation(
    bp, "GET", "/cases/{number}/journal", ExportedJournal, roles=READERS, problems=(404,)
)  # fmt: skip
def export_journal(call: Call, number: str) -> ExportedJournal:
    """The journal with its signed head; anybody can check it with the keys of GET /keys."""
    return viewing.export_journal(call.ports, call.principal, CaseNumber(number), call.now)


@operation(
    bp, "POST", "/cases/{number}/corrections", Acted, body=NewCorrection, roles=CITIZENS,
    problems=(404, 409),
)  # fmt: skip
def correct(call: Call, number: str) -> Acted:
    """Puts the application right, when the administration has asked for it."""
    correction = Correction.model_validate(call.body(NewCorrection).model_dump())
    number_ = CaseNumber(number)
    try:
        case = applying.correct(call.ports, call.principal, number_, correction, call.now)
    except Invalid as error:
        raise Invalid([_placed(fault, "note") for fault in error.faults]) from error
    return Acted.of(call, case)


@operation(
    bp, "POST", "/cases/{number}/withdrawals", Acted, body=NewWithdrawal, roles=CITIZENS,
    problems=(404, 409),
)  # fmt: skip
def withdraw(call: Call, number: str) -> Acted:
    """Withdraws the application. Withdrawn once, withdrawn again is the same."""
    note = call.body(NewWithdrawal).note
    return Acted.of(
        call, applying.withdraw(call.ports, call.principal, CaseNumber(number), note, call.now)
    )


@operation(
    bp, "POST", "/cases/{number}/payments", CheckoutView, status=CREATED, body=NewPayment,
    key="required", roles=CITIZENS, problems=(404, 409),
)  # fmt: skip
def start_payment(call: Call, number: str) -> CheckoutView:
    """Starts a payment with an operator."""
    key, wanted = call.key, call.body(NewPayment)
    language = wanted.language or call.language
    case, invoice, checkout = payments.begin_payment(
        call.ports,
        call.principal,
        CaseNumber(number),
        wanted.operator,
        language,
        call.now,
        key=key,
    )
    attempt = case.order.attempt(invoice)
    count("PaymentsStarted", operator=wanted.operator)
    return CheckoutView(
        invoice=invoice,
        amount=case.order.amount,
        url=checkout.url,
        fields=checkout.fields,
        expires_at=attempt.expires_at if attempt else call.now,
    )
