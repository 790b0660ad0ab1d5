"""Services: cards, search, their pages."""

from collections.abc import Sequence
from datetime import date

from chalicelib.domain.services import fees
from chalicelib.domain.services.language import Attachment, Exemption, Fee, ServiceModel
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.pages.portal import FeeRow, ServiceCard, ServicePage
from chalicelib.web.presenting import words

SILENCE = {
    "none": "",
    "approve": N_("If you get no answer in time, the application counts as granted (%(ground)s)."),
    "refuse": N_(
        "If you get no answer in time, it counts as a refusal, which you can appeal (%(ground)s)."
    ),
}
UNCONFIRMED = N_(
    "What it means to get no answer is still to be confirmed by the administration's lawyer."
)
_SHORTEST_STEM = 4
_ENDING = 2  # Bulgarian words change at the end: "адрес", "адреса", "адресна"


def valid_fees(model: ServiceModel, today: date) -> list[Fee]:
    """The fees that hold today; if none does, all, so that the page can say what they were."""
    return [fee for fee in model.fees if fees.holds(fee, today)] or list(model.fees)


def card(model: ServiceModel, language: Language, today: date) -> ServiceCard:
    """A service in a list."""
    valid = valid_fees(model, today)
    return ServiceCard(
        code=model.service,
        title=model.title.in_(language),
        summary=model.summary.in_(language),
        fee_from=min(valid, key=lambda fee: fee.amount.amount).amount,
        term_from=min(valid, key=lambda fee: (fee.term.unit, fee.term.amount)).term,
        is_open=model.status == "open",
    )


def found(models: Sequence[ServiceModel], query: str) -> list[ServiceModel]:
    """The services that speak of every word of the query, in either language."""
    stems = [word[: max(_SHORTEST_STEM, len(word) - _ENDING)] for word in query.casefold().split()]
    return [model for model in models if all(stem in _text(model) for stem in stems)]


def _text(model: ServiceModel) -> str:
    texts = (model.title, model.summary, model.what_you_get)
    return " ".join(f"{text.bg} {text.en}" for text in texts).casefold()


def silence(model: ServiceModel, language: Language) -> str:
    """What it means when no answer comes; empty where the law says nothing.

    What no lawyer has confirmed yet is said to be so: people rely on it.
    """
    text = SILENCE[model.silence.effect]
    if not text:
        return ""
    told = say(language, text, ground=model.silence.ground.in_(language))
    return told if model.silence.confirmed_on else f"{told} {say(language, UNCONFIRMED)}"


def _attachment(one: Attachment, language: Language) -> str:
    """What it is, how it should be, and whether everybody needs it."""
    title = one.title.in_(language)
    if one.when is not None:
        title = say(language, N_("%(document)s, where your answers call for it"), document=title)
    elif not one.required:
        title = say(language, N_("%(document)s (optional)"), document=title)
    return f"{title}. {one.hint.in_(language)}" if one.hint else title


def _exemption(one: Exemption, language: Language) -> str:
    text = N_("%(who)s: %(percent)s%% of the fee is waived (%(ground)s)")
    title, ground = one.title.in_(language), one.ground.in_(language)
    return say(language, text, who=title, percent=one.percent, ground=ground)


def page(model: ServiceModel, language: Language, today: date) -> ServicePage:
    """Everything to know before applying."""
    titles = {delivery.id: delivery.title.in_(language) for delivery in model.deliveries}
    because = model.closed_because
    return ServicePage(
        code=model.service,
        title=model.title.in_(language),
        summary=model.summary.in_(language),
        what_you_get=model.what_you_get.in_(language),
        who_may_apply=model.who_may_apply.in_(language),
        what_you_need=tuple(need.in_(language) for need in model.what_you_need),
        attachments=tuple(_attachment(one, language) for one in model.attachments),
        exemptions=tuple(_exemption(one, language) for one in model.exemptions),
        fees=tuple(
            FeeRow(
                tier=words.tier(language, fee.tier),
                delivery=titles[fee.delivery],
                amount=fee.amount,
                term=fee.term,
            )
            for fee in valid_fees(model, today)
        ),
        term_begins_when_paid=model.arrival == "paid",
        legal_grounds=tuple(ground.title.in_(language) for ground in model.legal_grounds),
        register_number=model.register_number,
        appeal_body=model.appeal.body.in_(language),
        appeal_term=model.appeal.term,
        silence=silence(model, language),
        closed_because=because.in_(language) if because else "",
    )
