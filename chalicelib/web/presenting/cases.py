"""A citizen's cases."""

from datetime import datetime

from chalicelib.domain.cases.applying import awaits_correction, may_withdraw
from chalicelib.domain.cases.phases import next_phase
from chalicelib.domain.cases.state import Case, IssuedDocument
from chalicelib.domain.services.language import ServiceModel
from chalicelib.usecases.viewing import View
from chalicelib.web import formats
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.pages.cases import CaseCard, CasePage, Decision, OperatorChoice, PaymentPage
from chalicelib.web.pages.common import DocumentView, Row, Status, Tone
from chalicelib.web.presenting import acts, applications, journal, words

_WORKING: dict[str, tuple[str, Tone]] = {
    "payment": (N_("Waiting for payment"), "wait"),
    "human": (N_("Being examined"), "plain"),
    "correction": (N_("Waiting for your correction"), "wait"),
    "joint": (N_("Other units give their opinions"), "plain"),
    "outside": (N_("Waiting for another body"), "plain"),
    "automatic": (N_("Being examined"), "plain"),
    "register": (N_("Registers are being asked"), "plain"),
    "document": (N_("The document is being made"), "plain"),
    "delivery": (N_("The document is being made"), "plain"),
}
_NOW = {
    "payment": N_("Pay the fee, so that we can begin."),
    "human": N_("An official is examining the application. There is nothing for you to do."),
    "correction": N_("Something in the application has to be put right. Below you see what."),
    "joint": N_("Other units give their opinions. There is nothing for you to do."),
    "outside": N_("We are waiting for an act of another body. What has happened so far is below."),
    "automatic": N_("The application is being examined. There is nothing for you to do."),
    "register": N_("We are asking the registers. There is nothing for you to do."),
    "document": N_("We are making the document. There is nothing for you to do."),
    "delivery": N_("We are making the document. There is nothing for you to do."),
    "trouble": N_(
        "We are waiting for a system outside the municipality and try again by ourselves. "
        "There is nothing for you to do."
    ),
    "issued": N_("The document is ready. You can download it and give it to whoever needs it."),
    "refused": N_("The application was refused. Below you see why, and how you can appeal."),
    "unpaid": N_("The fee was not paid in time, so the case was closed. You can apply again."),
    "partly-issued": N_("The application was granted in part. You can download the document."),
    "withdrawn": N_("You withdrew the application. You can apply again."),
    "terminated": N_("The procedure was terminated. The document says why."),
    "forwarded": N_("The application was sent to the body that is competent for it."),
    "granted-by-silence": N_(
        "Nobody answered in time, and by law that means consent. You can download the document."
    ),
    "refused-by-silence": N_(
        "Nobody answered in time, and by law that means refusal. Below you see how to appeal."
    ),
}


def status(case: Case, model: ServiceModel, language: Language) -> Status:
    """How the case stands, in a word."""
    if case.closed_as is not None:
        return words.status(language, words.CLOSED[case.closed_as])
    return words.status(language, _WORKING[_kind(case, model)])


def _kind(case: Case, model: ServiceModel) -> str:
    """The kind of the phase that the case is in or comes to next."""
    if case.order.status == "due":
        return "payment"
    following = next_phase(case, model) or (case.phase.id if case.phase else model.first)
    return model.phase(following).kind


def what_now(case: Case, model: ServiceModel, language: Language) -> str:
    """What the citizen has to do, if anything."""
    if case.closed_as is not None:
        return say(language, _NOW[case.closed_as])
    kind = "trouble" if case.trouble else _kind(case, model)
    return say(language, _NOW[kind])


def card(case: Case, model: ServiceModel, language: Language) -> CaseCard:
    """A case in a list."""
    owed = case.order.status == "due" and case.is_open
    counted = case.due is not None and not case.due.provisional and case.is_open
    return CaseCard(
        number=case.number,
        service=model.title.in_(language),
        filed_at=case.filed_at,
        status=status(case, model, language),
        due=case.due.deadline.date if case.due and counted else None,
        to_pay=case.order.amount if owed else None,
    )


def page(view: View, language: Language, now: datetime) -> CasePage:
    """The citizen's page of a case."""
    case, model = view.case, view.model
    return CasePage(
        number=case.number,
        service=model.title.in_(language),
        status=status(case, model, language),
        what_now=what_now(case, model, language),
        filed_at=case.filed_at,
        fee=case.order.amount,
        payment=words.status(language, words.ORDERS[case.order.status]),
        payable=case.order.status == "due" and case.is_open,
        pay_by=applications.pay_by(case),
        due=applications.due(case, language, now),
        documents=documents(case, model, language),
        refusal=_refusal(view, language) if case.closed_as == "refused" else None,
        timeline=journal.timeline(case, view.entries, model, language),
        answers=applications.rows(model, language, view.answers or {}),
        may_correct=awaits_correction(case, model) is not None,
        instruction=_instruction(view, language),
        may_withdraw=may_withdraw(case, model),
        reasons=_reasons(view, language),
        lookups=journal.look_ups(view.entries, model, language),
    )


def _instruction(view: View, language: Language) -> tuple[Row, ...]:
    if awaits_correction(view.case, view.model) is None:
        return ()
    return acts.instruction(view.private.get("phase-ended", {}), language)


def _reasons(view: View, language: Language) -> tuple[Row, ...]:
    """Why the term was extended, or the case taken up again: the applicant has a right to know."""
    told = {
        "term-extended": N_("Why the term was extended"),
        "case-reopened": N_("Why the case was taken up again"),
    }
    return tuple(
        Row(name=say(language, label), value=str(view.private[event]["reason"]))
        for event, label in told.items()
        if "reason" in view.private.get(event, {})
    )


def documents(case: Case, model: ServiceModel, language: Language) -> tuple[DocumentView, ...]:
    """What was issued."""
    return tuple(_document(one, model, language) for one in case.documents)


def _document(one: IssuedDocument, model: ServiceModel, language: Language) -> DocumentView:
    titles = (r.title.in_(language) for r in model.results if r.template == one.template)
    return DocumentView(
        id=one.id,
        title=next(titles, model.title.in_(language)),
        issued_at=one.issued_at,
        size=one.size,
        digest=one.digest,
    )


def _refusal(view: View, language: Language) -> Decision:
    decided, appeal = view.private.get("phase-ended", {}), view.model.appeal
    return Decision(
        facts=str(decided.get("facts", "–")),
        grounds=str(decided.get("grounds", "–")),
        appeal_body=appeal.body.in_(language),
        appeal_term=formats.term(appeal.term, language),
        appeal_ground=appeal.ground.in_(language),
    )


def payment_page(case: Case, model: ServiceModel, language: Language) -> PaymentPage:
    """How to pay."""
    hint = say(language, N_("By card or from an account, on the operator’s page"))
    return PaymentPage(
        number=case.number,
        service=model.title.in_(language),
        amount=case.order.amount,
        pay_by=applications.pay_by(case),
        operators=(OperatorChoice(name="epay", title=words.operator("epay"), hint=hint),),
    )
