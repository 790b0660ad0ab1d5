"""How cases and the records beside them lie in the table."""

import zlib
from typing import Any

from pydantic import BaseModel

from chalicelib.adapters.table import Row, stamp
from chalicelib.domain.cases.state import Case
from chalicelib.domain.ids import CaseId
from chalicelib.domain.journal import Entry
from chalicelib.ports.cases import Change

SHARDS = 16


def case_pk(case: CaseId) -> str:
    """Everything of a case lies under this."""
    return f"CASE#{case}"


def entry_sk(seq: int) -> str:
    """Journal entries sort by number."""
    return f"JOURNAL#{seq:08d}"


def private_sk(seq: int) -> str:
    """The personal data of an entry."""
    return f"PRIVATE#{seq:08d}"


def open_pk(shard: int) -> str:
    """A shard of the open cases: no key is everybody's."""
    return f"OPEN#{shard:02d}"


def shard_of(case: CaseId) -> int:
    """Which shard a case is in, for ever."""
    return zlib.crc32(case.encode()) % SHARDS


def record(pk: str, sk: str, value: BaseModel, **more: Any) -> Row:
    """A row that holds a value."""
    return Row(pk, sk, body=value.model_dump_json(), **more)


def case_row(change: Change) -> Row:
    """The case with its keys in the indexes. Closed cases are in none but the person's."""
    case = change.after
    row = record(
        case_pk(case.id),
        "CASE",
        case,
        version=case.version,
        person_pk=f"PERSON#{case.applicant}",
        person_sk=case.id,
    )
    if case.is_open:
        row.open_pk = open_pk(shard_of(case.id))
        row.open_sk = stamp(change.wake_at)
    if awaits_official(case):
        row.work_pk = f"WORK#{case.unit_in_charge}"
        row.work_sk = _work_sk(case)
    return row


def task_sk(unit: str) -> str:
    """A case in the worklist of a unit whose opinion it asks."""
    return f"TASK#{unit}"


def task_rows(case: Case) -> list[Row]:
    """The case once more for each unit that owes an opinion, but for the one in charge."""
    return [
        record(
            case_pk(case.id), task_sk(unit), case, work_pk=f"WORK#{unit}", work_sk=_work_sk(case)
        )
        for unit in units_consulted(case)
    ]


def task_keys_done(case: Case) -> list[str]:
    """The sort keys of tasks that there may be and should not: their opinions are given."""
    asked = dict.fromkeys(one.unit for one in case.phase.opinions) if case.phase else {}
    return [task_sk(unit) for unit in asked if unit not in units_consulted(case)]


def units_consulted(case: Case) -> tuple[str, ...]:
    """The units that owe an opinion, but for the one in charge: it sees the case anyway."""
    if not case.is_open or case.phase is None:
        return ()
    return tuple(unit for unit in case.phase.units_awaited if unit != case.unit_in_charge)


def _work_sk(case: Case) -> str:
    moment = (case.phase.due_at or case.phase.opened_at) if case.phase else case.filed_at
    return f"{stamp(moment)}#{case.number}"


def awaits_official(case: Case) -> bool:
    """Whether an official has something to do: a claimable task, or the exception desk."""
    if not case.is_open or case.phase is None or case.phase.outcome is not None:
        return False
    return case.phase.by_official or (case.trouble is not None and case.trouble.state == "desk")


def entry_row(entry: Entry) -> Row:
    """A journal entry."""
    return record(case_pk(entry.case), entry_sk(entry.seq), entry)
