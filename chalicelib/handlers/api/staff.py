"""The staff: who works in one's unit, who is absent, who stands in."""

from datetime import date
from typing import Annotated

from chalice import Blueprint
from pydantic import Field

from chalicelib.domain.access import OFFICIALS, Role
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.staff.members import Absence, Member
from chalicelib.handlers.api.call import Call
from chalicelib.handlers.api.models import Said
from chalicelib.handlers.api.operations import CREATED, DESK, operation
from chalicelib.usecases import staffing

bp = Blueprint(__name__)

Subject = Annotated[SubjectId, Field(max_length=64)]


class NewAbsence(Said):
    """Days on which somebody will not be at work, both included, and who of the unit stands in
    with their tasks and rights. Why is not asked."""

    official: Subject
    first: date
    last: date
    substitute: Subject | None = None


class Cancelled(Said):
    """Which absence of whom will not be."""

    official: Subject
    absence: Annotated[str, Field(max_length=64)]


class AbsenceItem(Said):
    """An announced absence."""

    id: str
    first: date
    last: date
    substitute: SubjectId | None

    @classmethod
    def of(cls, absence: Absence) -> "AbsenceItem":
        """As the staff has it."""
        return cls.model_validate(absence.model_dump())


class StaffMember(Said):
    """An official; `present` today."""

    id: SubjectId
    name: str
    unit: str | None
    roles: tuple[Role, ...]
    present: bool
    absences: tuple[AbsenceItem, ...]

    @classmethod
    def of(cls, member: Member, today: date) -> "StaffMember":
        """With the absences that are not over."""
        return cls(
            id=member.subject,
            name=member.name,
            unit=member.unit,
            roles=tuple(sorted(member.roles)),
            present=member.is_present(today),
            absences=tuple(AbsenceItem.of(one) for one in member.absences if one.last >= today),
        )


class StaffList(Said):
    """The people of the unit; for administrators all."""

    items: tuple[StaffMember, ...]


@operation(bp, "GET", "/staff", StaffList, roles=OFFICIALS | DESK)
def show_staff(call: Call) -> StaffList:
    """Who works in one's unit, who is absent and who stands in."""
    return _list(call)


@operation(
    bp, "POST", "/absences", AbsenceItem, status=CREATED, body=NewAbsence, roles=OFFICIALS | DESK,
    problems=(404,),
)  # fmt: skip
def announce_absence(call: Call) -> AbsenceItem:
    """Announces an absence: one's own, of one's people, or, for administrators, of anybody."""
    new = call.body(NewAbsence)
    absence = staffing.announce_absence(
        call.ports, call.principal, new.official, new.first, new.last, new.substitute, call.now
    )
    return AbsenceItem.of(absence)


@operation(
    bp, "POST", "/absences/cancellations", StaffList, body=Cancelled, roles=OFFICIALS | DESK,
    problems=(404,),
)  # fmt: skip
def cancel_absence(call: Call) -> StaffList:
    """Cancels an absence; what was passed on meanwhile stays where it is."""
    wanted = call.body(Cancelled)
    staffing.cancel_absence(call.ports, call.principal, wanted.official, wanted.absence)
    return _list(call)


def _list(call: Call) -> StaffList:
    today = call.ports.calendar.local_date(call.now)
    people = staffing.colleagues(call.ports, call.principal)
    return StaffList(items=tuple(StaffMember.of(one, today) for one in people))
