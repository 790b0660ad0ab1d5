"""The staff in the table: `STAFF/MEMBER#<subject>`, and `STAFF/CHECKED`, the day of the last check.

All of them are one small partition, read with one query.
"""

from collections.abc import Sequence
from datetime import date

from pynamodb.exceptions import PutError

from chalicelib.adapters.table import Row, find_row, refused, steadily
from chalicelib.domain.staff.members import Member
from chalicelib.ports.staff import Check

_STAFF = "STAFF"
_MEMBER = "MEMBER#"
_CHECKED = "CHECKED"


class DynamoStaff:
    """All raise Busy."""

    def members(self) -> Sequence[Member]:
        """See the port. Strongly consistent: who just announced an absence sees it."""
        rows = steadily(
            lambda: list(Row.query(_STAFF, Row.sk.startswith(_MEMBER), consistent_read=True))
        )
        return [Member.model_validate_json(row.body) for row in rows if row.body]

    def put(self, member: Member) -> bool:
        """See the port."""
        stored = member.model_copy(update={"version": member.version + 1})
        return _put(f"{_MEMBER}{member.subject}", stored, over=member.version)

    def last_check(self) -> Check:
        """See the port."""
        row = find_row(_STAFF, _CHECKED)
        return Check.model_validate_json(row.body) if row and row.body else Check()

    def put_check(self, day: date | None, *, over: Check) -> bool:
        """See the port."""
        return _put(_CHECKED, Check(day=day, version=over.version + 1), over=over.version)


def _put(sk: str, value: Member | Check, *, over: int) -> bool:
    row = Row(_STAFF, sk, body=value.model_dump_json(), version=value.version)
    unchanged = Row.version == over if over else Row.pk.does_not_exist()
    try:
        steadily(lambda: row.save(condition=unchanged))
    except PutError as error:
        if refused(error):
            return False
        raise
    return True
