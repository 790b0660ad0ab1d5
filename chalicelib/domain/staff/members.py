"""The officials of an administration: their units, roles and absences."""

from collections.abc import Collection
from datetime import date

from chalicelib.domain.access import OFFICIALS, Principal, Role
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.values import Value


class Absence(Value):
    """Days on which somebody is not at work, the first and the last included, local dates, and who
    stands in. Why is nobody's business here."""

    id: str
    first: date
    last: date
    substitute: SubjectId | None = None

    def covers(self, day: date) -> bool:
        """Whether it is one of its days."""
        return self.first <= day <= self.last


class Member(Value):
    """An official. Who `left` keeps their name in old cases and gets no tasks. `version` is of the
    record."""

    subject: SubjectId
    name: str
    unit: str | None
    roles: frozenset[Role]
    absences: tuple[Absence, ...] = ()
    left: bool = False
    version: int = 0

    @classmethod
    def of(cls, principal: Principal) -> "Member":
        """An official as they sign in."""
        return cls(
            subject=principal.subject,
            name=principal.name,
            unit=principal.unit,
            roles=principal.roles,
        )

    def absence_on(self, day: date) -> Absence | None:
        """The absence that covers the day, if any."""
        return next((one for one in self.absences if one.covers(day)), None)

    def is_present(self, day: date) -> bool:
        """Whether they can be given work that day."""
        return not self.left and self.absence_on(day) is None

    def handles(self, unit: str, role: Role | None) -> bool:
        """Whether such tasks are theirs by office: heads do what their people do."""
        wanted = {"head-of-unit", role} if role else OFFICIALS
        return self.unit == unit and not self.roles.isdisjoint(wanted)

    def same_person(self, other: "Member") -> bool:
        """Whether nothing changed of what the user pool says."""
        return (self.name, self.unit, self.roles, self.left) == (
            other.name,
            other.unit,
            other.roles,
            other.left,
        )


class Staff(Value):
    """All officials, in the order of their names."""

    members: tuple[Member, ...] = ()

    @classmethod
    def of(cls, members: Collection[Member]) -> "Staff":
        """In an order that never changes by itself."""
        return cls(members=tuple(sorted(members, key=lambda one: (one.name, one.subject))))

    def find(self, subject: SubjectId | None) -> Member | None:
        """Somebody by id; None when nobody knows them."""
        return next((one for one in self.members if one.subject == subject), None)

    def in_unit(self, unit: str | None) -> tuple[Member, ...]:
        """Who works there."""
        return tuple(one for one in self.members if one.unit == unit and not one.left)
