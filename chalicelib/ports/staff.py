"""The officials of the administration, as far as the work needs to know them."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from chalicelib.domain.staff.members import Member
from chalicelib.domain.values import Value


class Check(Value):
    """The local day for which all tasks were last seen to be attended; None: they are to be
    checked. `version` is of the record."""

    day: date | None = None
    version: int = 0


class StaffRecords(Protocol):
    """All raise Busy."""

    def members(self) -> Sequence[Member]:
        """Everybody, those who left too."""
        ...

    def put(self, member: Member) -> bool:
        """Stores the member as the next version; False if somebody changed the record since."""
        ...

    def last_check(self) -> Check:
        """When all tasks were checked last."""
        ...

    def put_check(self, day: date | None, *, over: Check) -> bool:
        """They were checked for that day, or (None) are to be checked again; False if somebody
        else has said so since."""
        ...
