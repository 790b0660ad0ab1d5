"""Pages with one thing to do, for the applicant and for officials."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import JsonValue

from chalicelib.domain.administration import Administration
from chalicelib.domain.cases.heading import phases_to_reopen_at
from chalicelib.domain.cases.state import Asked, Case
from chalicelib.domain.errors import Fault
from chalicelib.domain.services.language import ServiceModel
from chalicelib.web import formats, forms
from chalicelib.web.faults import fault_text
from chalicelib.web.forms import ErrorView
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.pages.acts import (
    ActPage,
    Choices,
    CorrectionPage,
    OfficeActPage,
    OwnActPage,
)
from chalicelib.web.pages.common import Row
from chalicelib.web.presenting import words

_LABELS = {
    "note": N_("What have you put right?"),
    "text": N_("Opinion"),
    "says": N_("What is the opinion of your unit?"),
    "reason": N_("Reason"),
    "phase": N_("Where does the case go on?"),
}


def withdrawal(case: Case, model: ServiceModel, language: Language) -> OwnActPage:
    """Are you sure?"""
    ground = model.withdrawal.ground.in_(language) if model.withdrawal else ""
    says = [
        say(language, N_("We stop working on the application and close the case (%(ground)s)."),
            ground=ground),
        say(language, N_("You can apply again at any time.")),
    ]  # fmt: skip
    if case.order.status == "paid":
        says.append(say(language, N_("You have paid the fee: ask the unit for its return.")))
    return OwnActPage(
        number=case.number,
        service=model.title.in_(language),
        title=say(language, N_("Withdraw the application")),
        says=tuple(says),
        path=f"/cases/{case.number}/withdrawal",
        text_name="note",
        label=say(language, N_("Why? (you need not say)")),
        button=say(language, N_("Withdraw the application")),
    )


def opinion(
    case: Case, model: ServiceModel, asked: Asked, us: Administration, language: Language
) -> OfficeActPage:
    """What does your unit think?"""
    phase = model.phase(case.phase.id if case.phase else model.first)
    title = next(one.title for one in phase.opinions if one.id == asked.id)
    answers = tuple((code, say(language, text)) for code, text in _OPINIONS.items())
    return OfficeActPage(
        number=case.number,
        service=model.title.in_(language),
        title=say(language, N_("Opinion: %(what)s"), what=title.in_(language)),
        says=(words.unit(us, asked.unit, language),),
        path=f"/office/cases/{case.number}/opinion",
        text_name="text",
        label=_label(language, "text"),
        hint=say(language, N_("An objection says what it rests on.")),
        button=say(language, N_("Give the opinion")),
        choices=Choices(name="says", question=_label(language, "says"), answers=answers),
        hidden={"opinion": asked.id, "phase": phase.id},
    )


_OPINIONS = {"agrees": N_("Agrees"), "objects": N_("Objects")}


def extension(case: Case, model: ServiceModel, language: Language) -> OfficeActPage:
    """Why is the term not enough?"""
    granted = model.extension
    term = formats.term(granted.by, language) if granted else ""
    ground = granted.ground.in_(language) if granted else ""
    return OfficeActPage(
        number=case.number,
        service=model.title.in_(language),
        title=say(language, N_("Extend the term")),
        says=(
            say(language, N_("The term is extended by %(term)s (%(ground)s)."), term=term,
                ground=ground),
        ),
        path=f"/office/cases/{case.number}/extension",
        text_name="reason",
        label=_label(language, "reason"),
        hint=say(language, N_("The applicant will read it.")),
        button=say(language, N_("Extend the term")),
    )  # fmt: skip


def reopening(case: Case, model: ServiceModel, language: Language) -> OfficeActPage:
    """Why, and where does it go on?"""
    answers = tuple(
        (str(one), model.phase(one).title.in_(language)) for one in phases_to_reopen_at(case, model)
    )
    return OfficeActPage(
        number=case.number,
        service=model.title.in_(language),
        title=say(language, N_("Take the case up again")),
        says=(say(language, N_("A new term begins. What was issued stays in the case.")),),
        path=f"/office/cases/{case.number}/reopening",
        text_name="reason",
        label=_label(language, "reason"),
        hint=say(language, N_("For example, the court’s decision and its date.")),
        button=say(language, N_("Take the case up again")),
        choices=Choices(name="phase", question=_label(language, "phase"), answers=answers),
    )


def again(
    page: ActPage, text: str, chosen: str, faults: Sequence[Fault], language: Language
) -> ActPage:
    """The page with what was typed and what is wrong with it."""
    choices = page.choices and replace(page.choices, chosen=chosen)
    errors = tuple(_error(fault, language) for fault in faults)
    return replace(page, text=text, choices=choices, errors=errors)


def _label(language: Language, field: str) -> str:
    return say(language, _LABELS.get(field, field))


def _error(fault: Fault, language: Language) -> ErrorView:
    label = _label(language, fault.field)
    kind = "radios" if fault.field in {"says", "phase"} else ""
    return ErrorView(field=fault.field, text=fault_text(fault, label, kind, language))


def correction(
    case: Case,
    model: ServiceModel,
    decision: Mapping[str, JsonValue],
    typed: Mapping[str, str],
    language: Language,
    faults: Sequence[Fault] = (),
) -> CorrectionPage:
    """What has to be put right, and the application as it stands."""
    groups = forms.groups(model.form, language, typed, faults)
    own = [_error(fault, language) for fault in faults if fault.field == "note"]
    due_at = case.phase.due_at if case.phase else None
    return CorrectionPage(
        number=case.number,
        service=model.title.in_(language),
        instruction=instruction(decision, language),
        due=formats.day(due_at, language) if due_at else "",
        groups=groups,
        note=typed.get("note", ""),
        errors=(*own, *forms.errors(groups)),
    )


def instruction(decision: Mapping[str, JsonValue], language: Language) -> tuple[Row, ...]:
    """What the official wrote to the applicant."""
    said = {"facts": N_("What has to be put right"), "grounds": N_("Legal grounds")}
    return tuple(
        Row(name=say(language, label), value=str(decision[name]))
        for name, label in said.items()
        if decision.get(name)
    )


def opinions(
    case: Case,
    model: ServiceModel,
    texts: Mapping[str, str],
    us: Administration,
    language: Language,
) -> tuple[Row, ...]:
    """Which units were asked, and what they said."""
    state = case.phase
    if state is None or not state.opinions:
        return ()
    titles = {one.id: one.title for one in model.phase(state.id).opinions}
    waiting = say(language, N_("not given yet"))
    found = list[Row]()
    for asked in state.opinions:
        said = say(language, words.SAYS[asked.says]) if asked.says else waiting
        who = f" ({asked.by.name})" if asked.by else ""
        text = f": {texts[asked.id]}" if texts.get(asked.id) else ""
        name = f"{words.unit(us, asked.unit, language)}: {titles[asked.id].in_(language)}"
        found.append(Row(name=name, value=f"{said}{who}{text}"))
    return tuple(found)
