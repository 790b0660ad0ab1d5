"""The staff in memory: the twin."""

from collections.abc import Sequence
from datetime import date

from chalicelib.domain.ids import SubjectId
from chalicelib.domain.staff.members import Member
from chalicelib.ports.staff import Check


class MemoryStaff:
    """Keeps the last version of each."""

    def __init__(self) -> None:
        self._members = dict[SubjectId, Member]()
        self._check = Check()

    def members(self) -> Sequence[Member]:
        """See the port."""
        return list(self._members.values())

    def put(self, member: Member) -> bool:
        """See the port."""
        known = self._members.get(member.subject)
        if (known.version if known else 0) != member.version:
            return False
        stored = member.model_copy(update={"version": member.version + 1})
        self._members[member.subject] = stored
        return True

    def last_check(self) -> Check:
        """See the port."""
        return self._check

    def put_check(self, day: date | None, *, over: Check) -> bool:
        """See the port."""
        if over.version != self._check.version:
            return False
        self._check = Check(day=day, version=over.version + 1)
        return True
