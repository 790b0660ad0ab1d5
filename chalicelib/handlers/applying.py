"""What applicants do with a case that is under way: put it right, withdraw it."""

from collections.abc import Mapping

from chalice import Blueprint, Response

from chalicelib.domain.cases.applying import awaits_correction, may_withdraw
from chalicelib.domain.errors import Invalid, NotPossible
from chalicelib.domain.ids import CaseNumber
from chalicelib.handlers.cases import own_case
from chalicelib.handlers.http import page
from chalicelib.handlers.visit import Visit
from chalicelib.usecases import applying, viewing
from chalicelib.usecases.applying import Correction
from chalicelib.usecases.viewing import View
from chalicelib.web import forms
from chalicelib.web.pages.acts import CorrectionPage
from chalicelib.web.presenting import acts
from chalicelib.web.slots import written

bp = Blueprint(__name__)


@page(bp, "/cases/{number}/withdrawal")
def ask_withdrawal(visit: Visit, number: str) -> Response:
    """Are you sure?"""
    case, model = own_case(visit, number)
    if not may_withdraw(case, model):
        raise NotPossible("cannot-be-withdrawn", case=case.number)
    return visit.show(acts.withdrawal(case, model, visit.language))


@page(bp, "/cases/{number}/withdrawal", method="POST")
def withdraw(visit: Visit, number: str) -> Response:
    """Withdraws the application."""
    note = visit.form.get("note", "").replace("\r\n", "\n")
    try:
        applying.withdraw(visit.ports, visit.principal, CaseNumber(number), note, visit.now)
    except Invalid as wrong:
        case, model = own_case(visit, number)
        content = acts.withdrawal(case, model, visit.language)
        shown = acts.again(content, note, "", wrong.faults, visit.language)
        return visit.show(shown, status=422)
    return visit.go(f"/cases/{number}")


@page(bp, "/cases/{number}/correction")
def ask_correction(visit: Visit, number: str) -> Response:
    """What has to be put right, and the application as it stands."""
    view = _view(visit, number)
    return visit.show(_page(visit, view, written(view.model.form, view.answers or {})))


@page(bp, "/cases/{number}/correction", method="POST")
def correct(visit: Visit, number: str) -> Response:
    """Takes the correction; what is wrong is said, and nothing typed is lost."""
    view = _view(visit, number)
    form = view.model.form
    posted = {**forms.own(form, visit.form), "note": visit.form.get("note", "")}
    if changed := forms.after_button(form, posted, visit.form.get("action", "")):
        return visit.show(_page(visit, view, changed))
    answers = forms.answers(form, posted, {"names": visit.principal.name})
    correction = Correction(answers=answers, note=posted.get("note", "").replace("\r\n", "\n"))
    try:
        applying.correct(visit.ports, visit.principal, CaseNumber(number), correction, visit.now)
    except Invalid as wrong:
        return visit.show(_page(visit, view, posted, wrong), status=422)
    return visit.go(f"/cases/{number}")


def _view(visit: Visit, number: str) -> View:
    view = viewing.own_case(visit.ports, visit.principal, CaseNumber(number))
    if awaits_correction(view.case, view.model) is None:
        raise NotPossible("no-correction-asked", case=view.case.number)
    return view


def _page(
    visit: Visit, view: View, typed: Mapping[str, str], wrong: Invalid | None = None
) -> CorrectionPage:
    decision = view.private.get("phase-ended", {})
    faults = wrong.faults if wrong else ()
    return acts.correction(view.case, view.model, decision, typed, visit.language, faults)
