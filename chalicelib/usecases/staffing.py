"""The staff: who is known, who is absent, who stands in, who is given what."""

from collections.abc import Callable, Collection
from datetime import date, datetime

from chalicelib.domain.access import OFFICIALS, Principal, require
from chalicelib.domain.errors import Busy, NotFound
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.staff import absences
from chalicelib.domain.staff.members import Absence, Member, Staff
from chalicelib.domain.staff.substitutes import acting
from chalicelib.ports import Ports
from chalicelib.usecases.changing import ATTEMPTS

_ID_BYTES = 8


def staff_of(ports: Ports) -> Staff:
    """Everybody. Raises Busy."""
    return Staff.of(ports.staff.members())


def colleagues(ports: Ports, principal: Principal) -> tuple[Member, ...]:
    """The official's unit; for administrators everybody. Raises Forbidden, Busy."""
    require(principal, *OFFICIALS, "administrator")
    staff = staff_of(ports)
    if principal.has("administrator"):
        return tuple(one for one in staff.members if not one.left)
    return staff.in_unit(principal.unit)


def in_office(ports: Ports, principal: Principal, now: datetime) -> Principal:
    """The official with the roles of those for whom they stand in today. Raises Busy."""
    if not principal.has("registrar") or principal.has("head-of-unit"):
        return principal
    return acting(staff_of(ports), principal, ports.calendar.local_date(now))


def meet(ports: Ports, principal: Principal) -> None:
    """Remembers an official who signs in, as the user pool describes them. Raises Busy."""
    if principal.has(*OFFICIALS, "administrator"):
        enlist(ports, [Member.of(principal)])


def enlist(ports: Ports, people: Collection[Member]) -> int:
    """Makes the staff know these people as they are described; how many were new or different.
    Their absences stay. Raises Busy."""
    known = {one.subject: one for one in ports.staff.members()}
    changed = 0
    for member in people:
        before = known.get(member.subject)
        if before is not None and before.same_person(member):
            continue
        kept = {"absences": before.absences, "version": before.version} if before else {}
        # False: another sign-in was faster.
        changed += ports.staff.put(member.model_copy(update=kept))
    return changed


def take_over(ports: Ports, people: Collection[Member]) -> int:
    """Makes these the staff, as the user pool has them; how many were new, different or left.
    Who left keeps their tasks until the next check passes them on. Raises Busy."""
    here = {one.subject for one in people}
    gone = [
        one.model_copy(update={"left": True})
        for one in ports.staff.members()
        if one.subject not in here and not one.left
    ]
    changed = enlist(ports, [*people, *gone])
    if gone:
        _ask_for_a_check(ports)
    return changed


def announce_absence(
    ports: Ports,
    principal: Principal,
    subject: SubjectId,
    first: date,
    last: date,
    substitute: SubjectId | None,
    now: datetime,
) -> Absence:
    """Somebody will not be at work on these local days.

    Raises Forbidden, NotFound, Invalid, Busy.
    """
    absence = Absence(
        id=ports.chance(_ID_BYTES).hex(), first=first, last=last, substitute=substitute
    )
    today = ports.calendar.local_date(now)

    def changed(staff: Staff, member: Member) -> Member:
        return absences.announce(staff, member, absence, today)

    _change(ports, principal, subject, changed)
    return absence


def cancel_absence(ports: Ports, principal: Principal, subject: SubjectId, absence: str) -> None:
    """They will be at work after all. Raises Forbidden, NotFound, Busy."""
    _change(ports, principal, subject, lambda _, member: absences.cancel(member, absence))


def _change(
    ports: Ports,
    principal: Principal,
    subject: SubjectId,
    decide: Callable[[Staff, Member], Member],
) -> None:
    require(principal, *OFFICIALS, "administrator")
    for _ in range(ATTEMPTS):
        staff = staff_of(ports)
        member = staff.find(subject)
        if member is None or member.left:
            raise NotFound(what="official")
        absences.require_say(principal, member)
        if ports.staff.put(decide(staff, member)):
            _ask_for_a_check(ports)
            return
    raise Busy(source="table")


def _ask_for_a_check(ports: Ports) -> None:
    """The next sweep passes on what lies with the absent."""
    while not ports.staff.put_check(None, over=ports.staff.last_check()):
        pass
