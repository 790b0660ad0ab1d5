"""A changed calendar meets the due dates that were promised by the old one."""

from collections.abc import Iterator
from datetime import datetime

from chalicelib.domain.cases.reconsidering import reconsider
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotFound
from chalicelib.domain.journal import SYSTEM
from chalicelib.ports import Ports
from chalicelib.usecases import following
from chalicelib.usecases.changing import change


def recompute_after_calendar_change(ports: Ports, now: datetime) -> Iterator[tuple[Case, bool]]:
    """Every open case whose due date the new calendar would change, and whether it did: promises
    stay unless the change favours the citizen, and the journal of the case says which.

    Repeating it changes nothing more. Raises Busy.
    """
    for shard in range(following.SHARDS):
        for case_id in ports.lists.overdue_to_move(shard, now + following.FAR):
            try:
                before = ports.cases.load(case_id)
            except NotFound:
                continue
            after = change(
                ports,
                case_id,
                SYSTEM,
                now,
                lambda case, model: reconsider(case, model, now, ports.calendar),
            )
            if after.version == before.version:
                continue
            if after.planned != before.planned:  # it must wake at other times
                execution = ports.execution_records.execution(case_id)
                following.restart(ports, after, execution.generation if execution else 0, now)
            yield after, _deadline(after) != _deadline(before)


def _deadline(case: Case) -> datetime | None:
    return case.due.deadline.due if case.due else None
