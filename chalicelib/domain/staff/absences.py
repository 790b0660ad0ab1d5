"""Announcing and cancelling absences."""

from datetime import date, timedelta

from chalicelib.domain.access import Principal
from chalicelib.domain.errors import Fault, Forbidden, Invalid, NotFound
from chalicelib.domain.staff.members import Absence, Member, Staff
from chalicelib.domain.staff.substitutes import DEEPEST, chain

# Parental leave is the longest there is: Labour Code, art. 163 (1) and art. 164 (1).
LONGEST = timedelta(days=3 * 366)


def has_say(principal: Principal, member: Member) -> bool:
    """Whether it is about themselves, about the people whom they head, or they administer."""
    heads = principal.has("head-of-unit") and principal.unit == member.unit
    return principal.subject == member.subject or heads or principal.has("administrator")


def require_say(principal: Principal, member: Member) -> None:
    """Raises Forbidden for others."""
    if not has_say(principal, member):
        raise Forbidden(needs="head-of-unit")


def announce(staff: Staff, member: Member, absence: Absence, today: date) -> Member:
    """The member with one absence more. Raises Invalid with all that is wrong with it."""
    faults = [*_days(member, absence, today), *_substitute(staff, member, absence)]
    if faults:
        raise Invalid(faults)
    known = sorted((*member.absences, absence), key=lambda one: one.first)
    changed = member.model_copy(update={"absences": tuple(known)})
    fault = _tangled(_with(staff, changed), changed, absence)
    if fault:
        raise Invalid([Fault(field="substitute", code=fault)])
    return changed


def cancel(member: Member, absence: str) -> Member:
    """The member without it. Raises NotFound."""
    rest = tuple(one for one in member.absences if one.id != absence)
    if len(rest) == len(member.absences):
        raise NotFound(what="absence")
    return member.model_copy(update={"absences": rest})


def _days(member: Member, absence: Absence, today: date) -> list[Fault]:
    if absence.last < absence.first:
        return [Fault(field="last", code="before-first")]
    if absence.last < today:
        return [Fault(field="last", code="already-over")]
    if absence.last - absence.first > LONGEST:
        return [Fault(field="last", code="absence-too-long")]
    known = (one for one in member.absences if one.first <= absence.last)
    if any(absence.first <= one.last for one in known):
        return [Fault(field="first", code="overlaps")]
    return []


def _substitute(staff: Staff, member: Member, absence: Absence) -> list[Fault]:
    if absence.substitute is None:
        return []
    if absence.substitute == member.subject:
        return [Fault(field="substitute", code="own-substitute")]
    if absence.substitute not in {one.subject for one in staff.in_unit(member.unit)}:
        return [Fault(field="substitute", code="not-of-unit")]
    return []


def _with(staff: Staff, changed: Member) -> Staff:
    others = [one for one in staff.members if one.subject != changed.subject]
    return Staff.of([*others, changed])


def _tangled(staff: Staff, changed: Member, absence: Absence) -> str:
    """What is wrong with anybody's chain of substitutes on any day of the absence."""
    for day in _turns(staff, changed, absence):
        for member in staff.in_unit(changed.unit):
            links = list(chain(staff, member, day))
            gone, met = (links or [member])[-1].absence_on(day), {member.subject}
            met |= {one.subject for one in links}
            if gone is not None and gone.substitute in met:
                return "circle"
            if len(links) > DEEPEST:
                return "chain-too-long"
    return ""


def _turns(staff: Staff, changed: Member, absence: Absence) -> list[date]:
    """Days of the absence on which somebody else begins to be absent: between them chains only
    grow shorter."""
    known = (one for member in staff.in_unit(changed.unit) for one in member.absences)
    return sorted({absence.first, *(one.first for one in known if absence.covers(one.first))})
