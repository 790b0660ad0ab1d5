"""The back office: worklist, cases, decisions, the exception desk."""

from dataclasses import replace
from typing import Literal

from chalice import Blueprint, Response

from chalicelib.domain.access import OFFICIALS, require, require_office
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.domain.ids import CaseNumber, DocumentId, PhaseId
from chalicelib.domain.services.language import ServiceModel
from chalicelib.handlers.http import page
from chalicelib.handlers.visit import Visit
from chalicelib.usecases import assigning, decisions, documents, viewing
from chalicelib.usecases.changing import model_of
from chalicelib.web.faults import fault_text
from chalicelib.web.forms import ErrorView
from chalicelib.web.i18n import N_, say
from chalicelib.web.pages.common import Status
from chalicelib.web.pages.office import DecidePage, DeskPage, HealthLine
from chalicelib.web.presenting import office, words

bp = Blueprint(__name__)

_LABELS = {
    "outcome": N_("What do you decide?"),
    "facts": N_("Facts"),
    "grounds": N_("Legal grounds"),
}
_LISTS = {"checklist": N_("Checked"), "documents": N_("Documents at hand")}
# What the journal keeps as the reason, for the purposes that the page offers.
_PURPOSES = {
    "examination": "Разглеждане на заявлението",
    "enquiry": "Запитване от заявителя",
    "supervision": "Контрол върху работата на звеното",
}


@page(bp, "/office")
def show_worklist(visit: Visit) -> Response:
    """The unit's tasks; `show=mine` keeps one's own."""
    me, language = visit.principal, visit.language
    found = viewing.worklist(visit.ports, me, visit.query("cursor") or None)
    tasks = [
        office.task(case, model_of(visit.ports, case), me, language, visit.now)
        for case in found.cases
    ]
    shown: Literal["unit", "mine"] = "mine" if visit.query("show") == "mine" else "unit"
    unit = words.unit(visit.ports.administration, me.unit or "", language)
    return visit.show(office.worklist(tasks, unit, shown, found.next))


@page(bp, "/office/cases/{number}")
def open_case(visit: Visit, number: str) -> Response:
    """The person in charge sees the case at once; others are asked why first."""
    case, model = case_of(visit, number)
    assignee = case.phase.assignee if case.phase else None
    if assignee is not None and assignee.subject == visit.principal.subject and case.is_open:
        return _show(visit, number, "examination")
    return visit.show(office.look_up(case, model, visit.language))


@page(bp, "/office/cases/{number}", method="POST")
def look_at_case(visit: Visit, number: str) -> Response:
    """The case, once a purpose was given and journalled."""
    purpose = visit.form.get("purpose", "")
    if purpose in _PURPOSES:
        return _show(visit, number, purpose)
    case, model = case_of(visit, number)
    wrong = ErrorView(field="purpose", text=say(visit.language, N_("Say why you open the case")))
    return visit.show(office.look_up(case, model, visit.language, (wrong,)), status=422)


@page(bp, "/office/cases/{number}/claim", method="POST")
def claim(visit: Visit, number: str) -> Response:
    """Takes the task."""
    decisions.claim(visit.ports, visit.principal, CaseNumber(number), _phase(visit), visit.now)
    return visit.go(f"/office/cases/{number}")


@page(bp, "/office/cases/{number}/release", method="POST")
def release(visit: Visit, number: str) -> Response:
    """Gives the task back."""
    decisions.release(visit.ports, visit.principal, CaseNumber(number), _phase(visit), visit.now)
    return visit.go("/office")


@page(bp, "/office/cases/{number}/decide")
def begin_decision(visit: Visit, number: str) -> Response:
    """The form of the decision, for the person in charge."""
    return visit.show(_decision(visit, number))


@page(bp, "/office/cases/{number}/decide", method="POST")
def decide(visit: Visit, number: str) -> Response:
    """Decides; what is missing is said, and nothing typed is lost."""
    form = visit.form
    typed = {name: form.get(name, "").replace("\r\n", "\n") for name in _LABELS}
    key = f"{number}/{form.get('version', '')}"[:64]
    try:
        decision = Decision(
            phase=_phase(visit),
            checked=tuple(form.all("checked")),
            seen=tuple(form.all("seen")),
            **typed,
        )
        decisions.decide(
            visit.ports, visit.principal, CaseNumber(number), decision, visit.now, key=key
        )
    except Invalid as wrong:
        content = replace(
            _decision(visit, number),
            outcome=typed["outcome"],
            facts=typed["facts"],
            grounds=typed["grounds"],
            checked=tuple(form.all("checked")),
            seen=tuple(form.all("seen")),
            errors=_errors(visit, wrong),
        )
        return visit.show(content, status=422)
    return visit.go("/office")


@page(bp, "/office/cases/{number}/documents/{document}")
def download_document(visit: Visit, number: str, document: str) -> Response:
    """To the file; that an official took it is journalled."""
    case, _ = case_of(visit, number)
    if document not in {one.id for one in case.documents}:
        raise NotFound(what="document")
    found = documents.link(visit.ports, visit.principal, DocumentId(document), visit.now)
    return visit.leave(found.url)


@page(bp, "/office/desk")
def show_desk(visit: Visit) -> Response:
    """Cases that do not get on by themselves. No personal data."""
    found = viewing.stuck_cases(visit.ports, visit.principal, visit.now)
    lines = [office.stuck(one, model_of(visit.ports, one), visit.language) for one in found]
    ordered = sorted(lines, key=lambda line: (not line.at_desk, line.since))
    today = visit.ports.calendar.local_date(visit.now)
    us, language = visit.ports.administration, visit.language
    waiting = tuple(
        office.unattended(one, model_of(visit.ports, one), us, language)
        for one in assigning.unattended(visit.ports, visit.principal, visit.now)
    )
    health = _health(visit)
    return visit.show(
        DeskPage(cases=tuple(ordered), unattended=waiting, health=health, today=today)
    )


@page(bp, "/office/cases/{number}/retry", method="POST")
def retry(visit: Visit, number: str) -> Response:
    """Sends a case round again."""
    decisions.order_retry(visit.ports, visit.principal, CaseNumber(number), visit.now)
    return visit.go("/office/desk")


def case_of(visit: Visit, number: str) -> tuple[Case, ServiceModel]:
    """A case of the official's unit, without its personal data. Raises Forbidden, NotFound."""
    require(visit.principal, *OFFICIALS)
    case = viewing.case_for(visit.ports, visit.principal, CaseNumber(number))
    require_office(visit.principal, case.units)
    return case, model_of(visit.ports, case)


def _show(visit: Visit, number: str, purpose: str) -> Response:
    view = viewing.office_case(
        visit.ports, visit.principal, CaseNumber(number), _PURPOSES[purpose], visit.now
    )
    heads = visit.principal.has("head-of-unit") and visit.principal.unit == view.case.unit_in_charge
    takers = assigning.takers(visit.ports, view.case, visit.now) if heads else ()
    return visit.show(
        office.page(view, visit.principal, visit.ports, visit.language, visit.now, takers)
    )


def _decision(visit: Visit, number: str) -> DecidePage:
    """Raises Conflict when the task is not theirs."""
    case, model = case_of(visit, number)
    assignee = case.phase.assignee if case.phase else None
    if not office.is_task(case, model) or assignee is None:
        raise Conflict("not-claimed", case=case.number)
    if assignee.subject != visit.principal.subject:
        raise Conflict("claimed-by-another", official=assignee.name)
    return office.decide_page(case, model, visit.language)


def _errors(visit: Visit, wrong: Invalid) -> tuple[ErrorView, ...]:
    kinds = {"outcome": "radios"}
    return tuple(
        ErrorView(
            field=fault.field,
            text=fault_text(
                fault,
                say(visit.language, (_LABELS | _LISTS).get(fault.field, fault.field)),
                kinds.get(fault.field, ""),
                visit.language,
            ),
        )
        for fault in wrong.faults
    )


def _phase(visit: Visit) -> PhaseId:
    return PhaseId(visit.form.get("phase", "")[:64])


def _health(visit: Visit) -> tuple[HealthLine, ...]:
    """What this page itself leaned on just now: it would not be shown had it not answered."""
    up = Status(text=say(visit.language, N_("Works")), tone="done")
    names = (N_("Store of cases"), N_("Index of open cases"))
    return tuple(HealthLine(name=say(visit.language, name), status=up) for name in names)
