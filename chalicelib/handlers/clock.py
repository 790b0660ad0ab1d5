"""The clock of demonstrations: there is no such page where cases are real."""

from chalice import Blueprint, Response

from chalicelib.domain.errors import Invalid
from chalicelib.handlers.http import page
from chalicelib.handlers.visit import Visit
from chalicelib.usecases import demonstrating
from chalicelib.web.faults import fault_text
from chalicelib.web.forms import ErrorView
from chalicelib.web.i18n import N_, say
from chalicelib.web.pages.clock import ClockPage

bp = Blueprint(__name__)

_STEPS = {
    "+1 hour": N_("An hour"),
    "+1 day": N_("A day"),
    "+1 week": N_("A week"),
    "+30 days": N_("30 days"),
}
_TO = N_("To another moment")
_LONGEST = 40


@page(bp, "/office/clock")
def show_clock(visit: Visit) -> Response:
    """What it shows."""
    return visit.show(_page(visit))


@page(bp, "/office/clock", method="POST")
def move_clock(visit: Visit) -> Response:
    """Moves it forward."""
    words = visit.form.get("to", "")[:_LONGEST]
    try:
        demonstrating.move_clock(visit.ports, visit.principal, words, visit.real_now)
    except Invalid as wrong:
        label = say(visit.language, _TO)
        errors = [fault_text(fault, label, "", visit.language) for fault in wrong.faults]
        return visit.show(_page(visit, words, *errors), status=422)
    return visit.go("/office/clock")


def _page(visit: Visit, typed: str = "", *errors: str) -> ClockPage:
    _, setting = demonstrating.clock_of(visit.ports, visit.principal)
    return ClockPage(
        shows=visit.real_now + setting.ahead,
        really=visit.real_now,
        moved_by=setting.moved_by,
        steps=tuple((value, say(visit.language, text)) for value, text in _STEPS.items()),
        to=typed,
        errors=tuple(ErrorView(field="to", text=error) for error in errors),
    )
