"""The application: its form, its check page, its receipt."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pydantic import JsonValue

from chalicelib.domain.cases.state import Case
from chalicelib.domain.deadlines import explain
from chalicelib.domain.errors import Fault
from chalicelib.domain.services.language import ServiceModel
from chalicelib.web import formats, forms
from chalicelib.web.faults import fault_text
from chalicelib.web.forms import ErrorView, FieldView, OptionView
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.pages.common import Due, Row
from chalicelib.web.pages.portal import ApplicationPage, CheckAnswersPage, ReceiptPage
from chalicelib.web.presenting import services, words

_HOW_FAST = N_("How soon do you need it?")


def form_page(
    model: ServiceModel,
    language: Language,
    today: date,
    typed: Mapping[str, str],
    token: str,
    faults: Sequence[Fault] = (),
) -> ApplicationPage:
    """The form with what was typed and what is wrong."""
    groups = forms.groups(model.form, language, typed, faults)
    tier = _tier(model, language, today, typed.get("tier", ""), faults)
    shown = [*([_error(tier)] if tier.error else []), *forms.errors(groups)]
    return ApplicationPage(
        code=model.service,
        service=model.title.in_(language),
        token=token,
        tier=tier,
        delivery=typed.get("delivery") or model.deliveries[0].id,
        groups=groups,
        errors=tuple(shown),
    )


def unasked(faults: Sequence[Fault], language: Language) -> tuple[ErrorView, ...]:
    """Faults of things that no field of the form asks."""
    label = say(language, N_("Application"))
    return tuple(
        ErrorView(field="main-content", text=fault_text(fault, label, "", language))
        for fault in faults
    )


def _error(field: FieldView) -> ErrorView:
    return ErrorView(field=field.id, text=field.error)


def _tier(
    model: ServiceModel, language: Language, today: date, chosen: str, faults: Sequence[Fault]
) -> FieldView:
    label = say(language, _HOW_FAST)
    fault = next((f for f in faults if f.field in {"tier", "delivery"}), None)
    valid = services.valid_fees(model, today)
    return FieldView(
        name="tier",
        id="tier",
        kind="radios",
        label=label,
        value=chosen or valid[0].tier,
        error=fault_text(fault, label, "radios", language) if fault else "",
        options=tuple(
            OptionView(
                value=fee.tier,
                text=words.tier(language, fee.tier),
                hint=f"{formats.term(fee.term, language)}, {formats.money(fee.amount, language)}",
            )
            for fee in valid
        ),
    )


def check_page(
    model: ServiceModel,
    language: Language,
    today: date,
    answers: Mapping[str, JsonValue],
    posted: Mapping[str, str],
) -> CheckAnswersPage:
    """What will be sent. Raises Invalid when the tier is not offered."""
    fee = model.fee(posted.get("tier", ""), posted.get("delivery", ""), today)
    chosen = Row(name=say(language, _HOW_FAST), value=words.tier(language, fee.tier), change="tier")
    groups = [
        (group.title.in_(language), rows(model, language, answers, group.fields))
        for group in model.form.groups
    ]
    return CheckAnswersPage(
        code=model.service,
        service=model.title.in_(language),
        groups=(*groups, (say(language, N_("Term and fee")), (chosen,))),
        fee=fee.amount,
        term=fee.term,
        posted=posted,
    )


def rows(
    model: ServiceModel,
    language: Language,
    answers: Mapping[str, JsonValue],
    fields: Sequence[str] | None = None,
) -> tuple[Row, ...]:
    """Answers in the order of the form; a field without one shows a dash."""
    form, yes = model.form, say(language, N_("Yes"))
    asked = form.order if fields is None else fields
    return tuple(
        Row(
            name=form.texts[name].label.in_(language),
            value=forms.answer_text(form, name, answers[name], language, yes)
            if name in answers
            else "–",
            change="" if form.properties.get(name, {}).get("readOnly") else name,
        )
        for name in asked
        if name in answers or form.texts[name].when is None
    )


def due(case: Case, language: Language, now: datetime) -> Due | None:
    """When an answer is due, and why."""
    if case.due is None:
        return None
    deadline = case.due.deadline
    return Due(
        day=deadline.date,
        steps=tuple(explain(deadline, language)),
        provisional=case.due.provisional,
        late=case.is_open and not case.due.provisional and deadline.due < now,
    )


def pay_by(case: Case) -> datetime | None:
    """The moment at which an unpaid case is closed, once its payment phase is open."""
    planned = case.phase.milestones if case.phase else ()
    return next((m.at for m in planned if m.kind == "expiry" and not m.done), None)


def receipt_page(
    case: Case, model: ServiceModel, applicant: str, language: Language, now: datetime
) -> ReceiptPage:
    """Receipt acknowledged."""
    return ReceiptPage(
        number=case.number,
        service=model.title.in_(language),
        applicant=applicant,
        filed_at=case.filed_at,
        fee=case.order.amount,
        payment_due=case.order.status == "due" and case.is_open,
        pay_by=pay_by(case),
        due=due(case, language, now),
        silence=services.silence(model, language),
    )
