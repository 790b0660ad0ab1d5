"""The staff: who is absent, who stands in, and tasks given by the head of a unit."""

from dataclasses import replace
from datetime import date

from chalice import Blueprint, Response

from chalicelib.domain.errors import Fault, Invalid
from chalicelib.domain.ids import CaseNumber, PhaseId, SubjectId
from chalicelib.handlers.http import page
from chalicelib.handlers.visit import Visit
from chalicelib.usecases import assigning, staffing
from chalicelib.web.faults import fault_text
from chalicelib.web.forms import ErrorView
from chalicelib.web.i18n import N_, say
from chalicelib.web.pages.staff import StaffPage
from chalicelib.web.presenting import staff

bp = Blueprint(__name__)

_LABELS = {
    "official": N_("Who will be absent"),
    "first": N_("First day"),
    "last": N_("Last day"),
    "substitute": N_("Who stands in"),
}
_LONGEST = 64


@page(bp, "/office/staff")
def show_staff(visit: Visit) -> Response:
    """The unit's people; for administrators everybody."""
    return visit.show(_page(visit))


@page(bp, "/office/staff/absences", method="POST")
def announce_absence(visit: Visit) -> Response:
    """Announces an absence; what is wrong is said, and nothing typed is lost."""
    typed = {name: visit.form.get(name, "").strip()[:_LONGEST] for name in _LABELS}
    try:
        first, last = _days(typed)
        staffing.announce_absence(
            visit.ports,
            visit.principal,
            SubjectId(typed["official"]),
            first,
            last,
            SubjectId(typed["substitute"]) if typed["substitute"] else None,
            visit.now,
        )
    except Invalid as wrong:
        shown = replace(
            _page(visit),
            official=typed["official"],
            first=typed["first"],
            last=typed["last"],
            substitute=typed["substitute"],
            errors=_errors(visit, wrong),
        )
        return visit.show(shown, status=422)
    return visit.go("/office/staff")


@page(bp, "/office/staff/absences/cancel", method="POST")
def cancel_absence(visit: Visit) -> Response:
    """They will be at work after all."""
    official = SubjectId(visit.form.get("official", "")[:_LONGEST])
    absence = visit.form.get("absence", "")[:_LONGEST]
    staffing.cancel_absence(visit.ports, visit.principal, official, absence)
    return visit.go("/office/staff")


@page(bp, "/office/cases/{number}/assign", method="POST")
def assign(visit: Visit, number: str) -> Response:
    """The head of the unit gives the task to somebody."""
    official = SubjectId(visit.form.get("official", "")[:_LONGEST])
    phase = PhaseId(visit.form.get("phase", "")[:_LONGEST])
    case = CaseNumber(number)
    assigning.assign(visit.ports, visit.principal, case, phase, official, visit.now)
    return visit.go(f"/office/cases/{number}")


def _page(visit: Visit) -> StaffPage:
    people = staffing.colleagues(visit.ports, visit.principal)
    today = visit.ports.calendar.local_date(visit.now)
    administration = visit.ports.administration
    return staff.page(people, visit.principal, administration, visit.language, today)


def _days(typed: dict[str, str]) -> tuple[date, date]:
    """As browsers send dates, or as people write them where these know no date fields."""
    found = {name: _day(typed[name]) for name in ("first", "last")}
    faults = [
        Fault(field=name, code="format.date" if typed[name] else "required")
        for name, day in found.items()
        if day is None
    ]
    if faults:
        raise Invalid(faults)
    return found["first"] or date.min, found["last"] or date.min


def _day(text: str) -> date | None:
    parts = text.removesuffix(".").split(".")
    try:
        return date.fromisoformat("-".join(part.zfill(2) for part in reversed(parts)))
    except ValueError:
        return None


def _errors(visit: Visit, wrong: Invalid) -> tuple[ErrorView, ...]:
    return tuple(
        ErrorView(
            field=fault.field,
            text=fault_text(fault, say(visit.language, _LABELS[fault.field]), "", visit.language),
        )
        for fault in wrong.faults
    )
