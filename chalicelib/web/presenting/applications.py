"""The application: its form, its check page, its receipt."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pydantic import JsonValue

from chalicelib.domain.cases.state import Case
from chalicelib.domain.deadlines import explain
from chalicelib.domain.errors import Fault
from chalicelib.domain.services.entitlement import fee_after_exemptions
from chalicelib.domain.services.facts import filed_facts
from chalicelib.domain.services.language import Exemption, ServiceModel
from chalicelib.web import formats, forms
from chalicelib.web.faults import fault_text
from chalicelib.web.forms import ErrorView, FieldView, OptionView
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.pages.common import Due, Row
from chalicelib.web.pages.portal import ApplicationPage, CheckAnswersPage, ReceiptPage
from chalicelib.web.presenting import answered, services, words

_HOW_FAST = N_("How soon do you need it?")
_AS_WHOM = N_("In whose name do you apply?")
CAPACITIES = {
    "self": N_("In my own name"),
    "representative": N_("As a legal representative (parent, guardian, manager)"),
    "mandate": N_("With a power of attorney"),
    "business": N_("For a company or another legal person"),
}


def form_page(
    model: ServiceModel,
    language: Language,
    today: date,
    typed: Mapping[str, str],
    version: int,
    faults: Sequence[Fault] = (),
) -> ApplicationPage:
    """The form with what was typed and what is wrong. `version` is what they read."""
    groups = forms.groups(model.form, language, typed, faults)
    tier = _tier(model, language, today, typed.get("tier", ""), faults)
    capacity = _capacity(model, language, typed.get("capacity", ""), faults)
    own = [_error(one) for one in (tier, capacity) if one and one.error]
    shown = [*own, *forms.errors(groups)]
    return ApplicationPage(
        code=model.service,
        service=model.title.in_(language),
        token=typed["token"],
        version=version,
        tier=tier,
        capacity=capacity,
        delivery=typed.get("delivery") or model.deliveries[0].id,
        groups=groups,
        errors=tuple(shown),
        changes=changes(faults, language),
    )


def changes(faults: Sequence[Fault], language: Language) -> tuple[str, ...]:
    """What is new in the service since they began, a sentence each."""
    facts = (fault.facts for fault in faults if fault.field == "version")
    return tuple(str(one[f"change_{language}"]) for one in facts if f"change_{language}" in one)


def _capacity(
    model: ServiceModel, language: Language, chosen: str, faults: Sequence[Fault]
) -> FieldView | None:
    """Asked only where one may apply in several ways."""
    if len(model.applicants) == 1:
        return None
    label = say(language, _AS_WHOM)
    fault = next((f for f in faults if f.field == "capacity"), None)
    return FieldView(
        name="capacity",
        id="capacity",
        kind="radios",
        label=label,
        value=chosen or model.applicants[0],
        error=fault_text(fault, label, "radios", language) if fault else "",
        options=tuple(
            OptionView(value=code, text=say(language, CAPACITIES[code]))
            for code in model.applicants
        ),
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
    faults: Sequence[Fault] = (),
) -> CheckAnswersPage:
    """What will be sent; `faults` are of the version they read. Raises Invalid when the tier is
    not offered."""
    fee = model.fee(posted.get("tier", ""), posted.get("delivery", ""), today)
    chosen = Row(name=say(language, _HOW_FAST), value=words.tier(language, fee.tier), change="tier")
    capacity = posted.get("capacity", "") or model.applicants[0]
    facts = filed_facts(
        answers, tier=fee.tier, delivery=fee.delivery, channel="portal", capacity=capacity
    )
    amount, exemption = fee_after_exemptions(model, fee, facts)
    return CheckAnswersPage(
        code=model.service,
        service=model.title.in_(language),
        groups=(
            *answered.sections(model.form, language, answers),
            (say(language, N_("Term and fee")), (*_as_whom(model, language, capacity), chosen)),
        ),
        fee=amount,
        full_fee=fee.amount,
        exemption=_why(exemption, language) if exemption else "",
        term=fee.term,
        term_begins_when_paid=model.arrival == "paid",
        posted=posted,
        changes=changes(faults, language),
    )


def _as_whom(model: ServiceModel, language: Language, capacity: str) -> tuple[Row, ...]:
    if len(model.applicants) == 1:
        return ()
    value = say(language, CAPACITIES.get(capacity, capacity))
    return (Row(name=say(language, _AS_WHOM), value=value, change="capacity"),)


def _why(exemption: Exemption, language: Language) -> str:
    return f"{exemption.title.in_(language)} ({exemption.ground.in_(language)})"


def rows(
    model: ServiceModel, language: Language, answers: Mapping[str, JsonValue]
) -> tuple[Row, ...]:
    """Answers in the order of the form; a field without one shows a dash."""
    return answered.rows(model.form, language, answers)


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
