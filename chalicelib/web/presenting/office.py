"""The back office: worklist, case, decision, exception desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from chalicelib.domain.access import Principal
from chalicelib.domain.administration import Administration
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases.assigning import post_of
from chalicelib.domain.cases.heading import may_extend, phases_to_reopen_at
from chalicelib.domain.cases.state import Case
from chalicelib.domain.identity import mask
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.phases import LED
from chalicelib.domain.staff.members import Member
from chalicelib.usecases.viewing import View
from chalicelib.web import formats
from chalicelib.web.forms import ErrorView
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.pages import office
from chalicelib.web.pages.common import Row, Status
from chalicelib.web.presenting import acts, applications, cases, journal, words

# Why an official opens a case. Journalled in Bulgarian: the applicant and the auditor read it.
PURPOSES = {
    "examination": N_("Examination of the application"),
    "enquiry": N_("An enquiry of the applicant"),
    "supervision": N_("Supervision of the unit’s work"),
}


class Surroundings(Protocol):
    """Who we are, and which days we work."""

    @property
    def administration(self) -> Administration:
        """Units and their names."""
        ...

    @property
    def calendar(self) -> Calendar:
        """Working days."""
        ...


def task(
    case: Case, model: ServiceModel, me: Principal, language: Language, now: datetime
) -> office.Task:
    """A line of the worklist."""
    state = case.phase
    assignee = state.assignee if state else None
    due = state.due_at if state else None
    return office.Task(
        number=case.number,
        service=model.title.in_(language),
        tier=words.tier(language, case.tier),
        phase=_phase(case, model, language),
        due=due,
        late=due is not None and due < now,
        assignee=assignee.name if assignee else "",
        mine=assignee is not None and assignee.subject == me.subject,
        escalated=state.escalated if state else False,
    )


def worklist(
    tasks: Sequence[office.Task],
    unit: str,
    shown: Literal["unit", "mine"],
    following: str | None,
) -> office.WorklistPage:
    """The late ones first, then by due date; `mine` keeps one's own."""
    kept = [one for one in tasks if one.mine or shown == "unit"]
    ordered = sorted(kept, key=lambda t: (not t.late, t.due is None, str(t.due), t.number))
    return office.WorklistPage(
        unit=unit,
        shown=shown,
        late=sum(one.late for one in ordered),
        tasks=tuple(ordered),
        next=following,
    )


def look_up(
    case: Case, model: ServiceModel, language: Language, errors: tuple[ErrorView, ...] = ()
) -> office.LookUpPage:
    """Before the personal data: why?"""
    return office.LookUpPage(
        number=case.number,
        service=model.title.in_(language),
        purposes=tuple((code, say(language, text)) for code, text in PURPOSES.items()),
        errors=errors,
    )


def page(
    view: View,
    me: Principal,
    us: Surroundings,
    language: Language,
    now: datetime,
    takers: Sequence[Member] = (),
) -> office.OfficeCasePage:
    """Everything about a case; `takers` may be given its task by this official."""
    case, model, state = view.case, view.model, view.case.phase
    assignee = state.assignee if state else None
    mine = assignee is not None and assignee.subject == me.subject
    return office.OfficeCasePage(
        number=case.number,
        service=model.title.in_(language),
        tier=words.tier(language, case.tier),
        status=cases.status(case, model, language),
        phase=_phase(case, model, language) if case.is_open else "",
        phase_id=state.id if state else "",
        assignee=assignee.name if assignee else "",
        action=_action(case, model, me),
        may_release=is_task(case, model) and (mine or (bool(assignee) and me.has("head-of-unit"))),
        filed_at=case.filed_at,
        applicant=_applicant(view, language),
        answers=applications.rows(model, language, view.answers or {}),
        evidence=_evidence(case, model, language),
        documents=cases.documents(case, model, language),
        due=applications.due(case, language, now),
        phase_due=state.due_at if state and case.is_open else None,
        fee=case.order.amount,
        payment=words.status(language, words.ORDERS[case.order.status]),
        attempts=_attempts(case, language),
        journal=journal.lines(view.entries, model, language),
        trouble=words.trouble(language, case.trouble.code) if case.trouble else "",
        opinions=acts.opinions(case, model, view.opinions, us.administration, language),
        my_opinions=_my_opinions(case, model, me, language),
        escalated_to=state.escalated_to.name if state and state.escalated_to else "",
        takers=tuple((one.subject, one.name) for one in takers),
        may_extend=me.has("head-of-unit") and may_extend(case, model, now, us.calendar),
        may_reopen=me.has("head-of-unit") and bool(phases_to_reopen_at(case, model)),
        notes=_notes(view, language),
    )


def _my_opinions(
    case: Case, model: ServiceModel, me: Principal, language: Language
) -> tuple[tuple[str, str], ...]:
    """What this official may be asked for: id and title."""
    state = case.phase
    if not case.is_open or state is None or state.outcome is not None:
        return ()
    titles = {one.id: one.title.in_(language) for one in model.phase(state.id).opinions}
    return tuple(
        (one.id, titles[one.id])
        for one in state.opinions
        if one.says is None and one.unit == me.unit and me.has("head-of-unit", one.role)
    )


def _notes(view: View, language: Language) -> tuple[Row, ...]:
    """What was written beside decisions."""
    told = {
        ("correction-filed", "note"): N_("The applicant put right"),
        ("application-withdrawn", "note"): N_("Why the application was withdrawn"),
        ("term-extended", "reason"): N_("Why the term was extended"),
        ("case-reopened", "reason"): N_("Why the case was taken up again"),
    }
    return tuple(
        Row(name=say(language, label), value=str(view.private[event][name]))
        for (event, name), label in told.items()
        if name in view.private.get(event, {})
    )


def is_task(case: Case, model: ServiceModel) -> bool:
    """Whether a person must act on the open phase."""
    state = case.phase
    waits = state is not None and state.outcome is None and case.is_open
    return waits and state is not None and model.phase(state.id).kind in LED


def _action(
    case: Case, model: ServiceModel, me: Principal
) -> Literal["", "claim", "decide", "retry"]:
    if case.trouble is not None and case.trouble.state == "desk":
        return "retry" if me.has("head-of-unit", "administrator") else ""
    if not is_task(case, model) or case.phase is None:
        return ""
    phase, assignee = model.phase(case.phase.id), case.phase.assignee
    if not me.has("head-of-unit", *([phase.role] if phase.role else [])):
        return ""
    if me.subject in post_of(case, phase).barred:
        return ""
    if assignee is None:
        return "claim"
    return "decide" if assignee.subject == me.subject else ""


def _phase(case: Case, model: ServiceModel, language: Language) -> str:
    return model.phase(case.phase.id if case.phase else model.first).title.in_(language)


def _applicant(view: View, language: Language) -> tuple[Row, ...]:
    person = view.private.get("application-filed", {}).get("person")
    known = person if isinstance(person, dict) else {}
    return (
        Row(name=say(language, N_("Names")), value=str(known.get("name") or "–")),
        Row(name=say(language, N_("EGN")), value=mask(str(known.get("egn") or ""))),
    )


def _evidence(
    case: Case, model: ServiceModel, language: Language
) -> tuple[office.EvidenceView, ...]:
    got = Status(text=say(language, N_("Obtained")), tone="done")
    to_come = Status(text=say(language, N_("Will be asked when the document is made")), tone="off")
    return tuple(
        office.EvidenceView(
            title=one.purpose.in_(language),
            source=words.source(language, one.source),
            ground=one.legal_ground.in_(language),
            status=got if one.id in case.evidence else to_come,
        )
        for one in model.evidence
    )


def _attempts(case: Case, language: Language) -> tuple[office.PaymentRow, ...]:
    return tuple(
        office.PaymentRow(
            invoice=one.invoice,
            operator=words.operator(one.operator),
            started_at=one.started_at,
            status=words.status(language, words.ATTEMPTS[one.status]),
            paid=one.paid,
        )
        for one in case.order.attempts
    )


def unattended(
    case: Case, model: ServiceModel, administration: Administration, language: Language
) -> office.UnattendedTask:
    """A line of the exception desk."""
    state = case.phase
    return office.UnattendedTask(
        number=case.number,
        service=model.title.in_(language),
        phase=_phase(case, model, language),
        unit=words.unit(administration, case.unit_in_charge, language),
        assignee=state.assignee.name if state and state.assignee else "",
        due=state.due_at if state else None,
    )


def decide_page(case: Case, model: ServiceModel, language: Language) -> office.DecidePage:
    """The decision on the open phase."""
    phase = model.phase(case.phase.id if case.phase else model.first)
    return office.DecidePage(
        number=case.number,
        service=model.title.in_(language),
        phase_id=phase.id,
        version=case.version,
        outcomes=tuple(
            office.OutcomeChoice(
                id=name, title=outcome.title.in_(language), requires=outcome.requires
            )
            for name, outcome in phase.outcomes.items()
        ),
        checklist=tuple((one.id, one.title.in_(language)) for one in phase.checklist),
        papers=tuple(
            (one.id, one.title.in_(language))
            for one in model.attachments
            if one.id in phase.documents
        ),
        makes_document=_makes_document(model, phase),
        appeal_body=model.appeal.body.in_(language),
        appeal_term=formats.term(model.appeal.term, language),
    )


def _makes_document(model: ServiceModel, phase: Phase) -> bool:
    following = {outcome.next for outcome in phase.outcomes.values() if outcome.next}
    return any(model.phase(one).kind == "document" for one in following)


def stuck(case: Case, model: ServiceModel, language: Language) -> office.StuckCase:
    """A line of the exception desk. The case is in trouble."""
    trouble = case.trouble
    if trouble is None:
        raise ValueError("only cases in trouble are at the desk")
    return office.StuckCase(
        number=case.number,
        service=model.title.in_(language),
        phase=_phase(case, model, language),
        trouble=words.trouble(language, trouble.code),
        since=trouble.since,
        times=trouble.times,
        at_desk=trouble.state == "desk",
    )
