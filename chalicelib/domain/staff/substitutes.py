"""Who stands in for whom: a substitute who is absent too is replaced by their own."""

from collections.abc import Iterator
from datetime import date

from chalicelib.domain.access import OFFICIALS, Principal, Role
from chalicelib.domain.staff.members import Member, Staff

# A chain that is longer hides who answers for the work.
DEEPEST = 3


def chain(staff: Staff, member: Member, day: date) -> Iterator[Member]:
    """The substitutes in turn, as long as each is absent; ends where a circle would close."""
    seen = {member.subject}
    while (absence := member.absence_on(day)) is not None:
        substitute = staff.find(absence.substitute)
        if substitute is None or substitute.subject in seen:
            return
        yield substitute
        seen.add(substitute.subject)
        member = substitute


def stand_in(staff: Staff, member: Member, day: date) -> Member | None:
    """The one who does the member's work that day: they themselves while they are present."""
    if member.is_present(day):
        return member
    found = (one for one in list(chain(staff, member, day))[:DEEPEST] if one.is_present(day))
    return next(found, None)


def borrowed_roles(staff: Staff, substitute: Member, day: date) -> frozenset[Role]:
    """The roles of those whom they stand in for that day. An administrator's are lent to nobody."""
    if not substitute.is_present(day):
        return frozenset()
    lent = frozenset[Role]()
    for member in staff.in_unit(substitute.unit):
        if not member.is_present(day) and stand_in(staff, member, day) == substitute:
            lent |= member.roles & OFFICIALS
    return lent


def acting(staff: Staff, principal: Principal, day: date) -> Principal:
    """The official with the roles that they have that day for others."""
    member = staff.find(principal.subject)
    if member is None or member.unit != principal.unit:
        return principal
    lent = borrowed_roles(staff, member, day)
    return principal.model_copy(update={"roles": principal.roles | lent}) if lent else principal
