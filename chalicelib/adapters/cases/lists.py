"""Lists of cases through the table's indexes; they may lag behind the record."""

import base64
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from pynamodb.indexes import GlobalSecondaryIndex
from pynamodb.pagination import ResultIterator

from chalicelib.adapters.cases.rows import open_pk
from chalicelib.adapters.table import PAGE, Row, stamp, steadily
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Fault, Invalid
from chalicelib.domain.ids import CaseId, SubjectId
from chalicelib.ports.cases import Page


class DynamoLists:
    """Pages of cases."""

    def of_person(self, applicant: SubjectId, cursor: str | None) -> Page:
        """A citizen's cases, the newest first. Raises Busy, Invalid (cursor)."""
        return _page(Row.by_person, f"PERSON#{applicant}", cursor, newest_first=True)

    def of_unit(self, unit: str, cursor: str | None) -> Page:
        """A unit's open tasks, by due date. Raises Busy, Invalid (cursor)."""
        return _page(Row.by_work, f"WORK#{unit}", cursor, newest_first=False)

    def load_of(self, unit: str) -> Mapping[SubjectId, int]:
        """How many open tasks of the unit each official has. Raises Busy."""
        rows = steadily(lambda: list(Row.by_work.query(f"WORK#{unit}")))
        cases = (Case.model_validate_json(row.body) for row in rows if row.body)
        return Counter(
            case.phase.assignee.subject
            for case in cases
            if case.unit_in_charge == unit and case.phase and case.phase.assignee
        )

    def overdue_to_move(self, shard: int, before: datetime) -> Sequence[CaseId]:
        """Open cases of a shard that should have moved by then. Raises Busy."""
        rows = steadily(
            lambda: list(
                Row.by_open.query(open_pk(shard), Row.open_sk < stamp(before), page_size=PAGE)
            )
        )
        return [CaseId(row.pk.removeprefix("CASE#")) for row in rows]


def _page(
    index: GlobalSecondaryIndex[Row], key: str, cursor: str | None, *, newest_first: bool
) -> Page:
    def read() -> tuple[list[Row], ResultIterator[Row]]:
        found = index.query(
            key,
            scan_index_forward=not newest_first,
            limit=PAGE,
            page_size=PAGE,
            last_evaluated_key=_position(cursor, str(index.Meta.index_name), key),
        )
        return list(found), found

    rows, found = steadily(read)
    cases = tuple(Case.model_validate_json(row.body) for row in rows if row.body)
    last = found.last_evaluated_key
    return Page(cases=cases, next=_cursor(last) if last else None)


def _cursor(position: Mapping[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode()


def _position(cursor: str | None, index: str, key: str) -> dict[str, dict[str, str]] | None:
    """Where to go on; what is no cursor of this very list is refused, not asked."""
    if not cursor:
        return None
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        texts = {name: value["S"] for name, value in position.items() if len(value) == 1}
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        texts = {}
    ours = set(texts) == {"pk", "sk", f"{index}_pk", f"{index}_sk"}
    if not (ours and all(isinstance(text, str) and text for text in texts.values())):
        raise _no_cursor()
    if texts[f"{index}_pk"] != key:
        raise _no_cursor()
    return {name: {"S": text} for name, text in texts.items()}


def _no_cursor() -> Invalid:
    return Invalid([Fault(field="cursor", code="not-a-cursor")])
