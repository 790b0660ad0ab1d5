"""What officials do beside deciding: give opinions, extend a term, take a case up again."""

from chalice import Blueprint, Response

from chalicelib.domain.access import require
from chalicelib.domain.cases.consulting import Opinion
from chalicelib.domain.cases.state import Asked, Case
from chalicelib.domain.errors import Fault, Invalid, NotFound
from chalicelib.domain.ids import CaseNumber, PhaseId
from chalicelib.handlers.http import page
from chalicelib.handlers.office import case_of
from chalicelib.handlers.visit import Visit
from chalicelib.usecases import decisions
from chalicelib.web.pages.acts import ActPage
from chalicelib.web.presenting import acts

bp = Blueprint(__name__)

_LONGEST_CODE = 64


@page(bp, "/office/cases/{number}/opinion")
def ask_opinion(visit: Visit, number: str) -> Response:
    """The form of an opinion of one's unit."""
    return visit.show(_opinion(visit, number, visit.query("opinion")))


@page(bp, "/office/cases/{number}/opinion", method="POST")
def give_opinion(visit: Visit, number: str) -> Response:
    """Gives it; what is missing is said, and nothing typed is lost."""
    form = visit.form
    which, says, text = form.get("opinion", ""), form.get("says", ""), _text(visit, "text")
    try:
        opinion = _given(_phase(visit), which, says, text)
        decisions.give_opinion(visit.ports, visit.principal, CaseNumber(number), opinion, visit.now)
    except Invalid as wrong:
        return _again(visit, _opinion(visit, number, which), text, says, wrong)
    return visit.go("/office")


@page(bp, "/office/cases/{number}/extension")
def ask_extension(visit: Visit, number: str) -> Response:
    """The form of an extension, for the head of the unit."""
    require(visit.principal, "head-of-unit")
    case, model = case_of(visit, number)
    return visit.show(acts.extension(case, model, visit.language))


@page(bp, "/office/cases/{number}/extension", method="POST")
def extend_term(visit: Visit, number: str) -> Response:
    """Extends the term."""
    reason = _text(visit, "reason")
    try:
        decisions.extend_term(visit.ports, visit.principal, CaseNumber(number), reason, visit.now)
    except Invalid as wrong:
        case, model = case_of(visit, number)
        return _again(visit, acts.extension(case, model, visit.language), reason, "", wrong)
    return visit.go(f"/office/cases/{number}")


@page(bp, "/office/cases/{number}/reopening")
def ask_reopening(visit: Visit, number: str) -> Response:
    """The form of a reopening, for the head of the unit."""
    require(visit.principal, "head-of-unit")
    case, model = case_of(visit, number)
    return visit.show(acts.reopening(case, model, visit.language))


@page(bp, "/office/cases/{number}/reopening", method="POST")
def reopen(visit: Visit, number: str) -> Response:
    """Takes the case up again."""
    reason, phase = _text(visit, "reason"), _phase(visit)
    try:
        decisions.reopen(visit.ports, visit.principal, CaseNumber(number), phase, reason, visit.now)
    except Invalid as wrong:
        case, model = case_of(visit, number)
        return _again(visit, acts.reopening(case, model, visit.language), reason, phase, wrong)
    return visit.go(f"/office/cases/{number}")


def _opinion(visit: Visit, number: str, which: str) -> ActPage:
    case, model = case_of(visit, number)
    asked = _asked(case, which, visit.principal.unit or "")
    return acts.opinion(case, model, asked, visit.ports.administration, visit.language)


def _given(phase: PhaseId, which: str, says: str, text: str) -> Opinion:
    if says not in {"agrees", "objects"}:
        raise Invalid([Fault(field="says", code="required")])
    return Opinion.model_validate({"phase": phase, "opinion": which, "says": says, "text": text})


def _asked(case: Case, which: str, unit: str) -> Asked:
    for one in case.phase.opinions if case.phase else ():
        if one.id == which and one.unit == unit:
            return one
    raise NotFound(what="opinion")


def _again(visit: Visit, content: ActPage, text: str, chosen: str, wrong: Invalid) -> Response:
    shown = acts.again(content, text, chosen, wrong.faults, visit.language)
    return visit.show(shown, status=422)


def _text(visit: Visit, name: str) -> str:
    return visit.form.get(name, "").replace("\r\n", "\n")


def _phase(visit: Visit) -> PhaseId:
    return PhaseId(visit.form.get("phase", "")[:_LONGEST_CODE])
