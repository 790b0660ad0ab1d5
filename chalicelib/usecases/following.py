"""What follows from the stream and the schedule: executions are started, woken, replaced."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from chalicelib.domain.cases.planning import LONGEST_WAIT
from chalicelib.domain.cases.routing import Reply, reply
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Busy, NotFound
from chalicelib.domain.ids import CaseId
from chalicelib.domain.services.language import ServiceModel
from chalicelib.ports import Ports
from chalicelib.ports.cases import Execution
from chalicelib.usecases.changing import model_of

SHARDS = 16
# How late something may be before its execution counts as lost.
GRACE = timedelta(minutes=5)
# Well before AWS ends an execution or its history is full.
LONGEST_EXECUTION = timedelta(days=300)
MOST_ENTRIES = 1000
# Beyond every wait: all open cases are due before.
FAR = timedelta(days=3660)
_MOST_NAMED = 10


def follow(ports: Ports, case_id: CaseId, now: datetime) -> None:
    """Sees to it that an execution walks the case, and wakes it when its phase has ended.

    Run for every change of a case, in any order and any number of times. Raises TryAgain.
    """
    case = ports.cases.load(case_id)
    execution = ports.execution_records.execution(case_id)
    if execution and case.is_open and execution.generation <= case.left_behind:
        restart(ports, case, execution.generation, now)
    elif execution is None or not execution.phase:
        if case.is_open:
            _start(ports, case, execution or _enlist(ports, case, 0, now), now)
    elif case.is_open and case.resume_at is not None:
        restart(ports, case, execution.generation, now)
    elif execution.token and case.phase and execution.phase == case.phase.id:
        _wake(ports, case, execution, now)


def _wake(ports: Ports, case: Case, execution: Execution, now: datetime) -> None:
    answer = _reply(ports, case, execution, now)
    if answer.outcome is None:
        return
    if ports.executions.wake(execution.token, answer):
        ports.execution_records.forget_token(execution)
    elif case.is_open:  # nobody waits behind the token: the execution is gone
        restart(ports, case, execution.generation, now)


def restart(ports: Ports, case: Case, generation: int, now: datetime) -> None:
    """A new execution takes over from the one of that generation, where the record stands."""
    _start(ports, case, _enlist(ports, case, generation, now), now)


def is_spent(execution: Execution, case: Case, now: datetime) -> bool:
    """Whether an execution should hand its case on: it may not live longer than a year, nor have
    a history of more than 25,000 events (a journal entry stands for some ten of them)."""
    if execution.since is None:
        return False
    entries = case.head.seq - execution.since_entry
    return now - execution.since >= LONGEST_EXECUTION or entries >= MOST_ENTRIES


def _enlist(ports: Ports, case: Case, over: int, now: datetime) -> Execution | None:
    execution = Execution(
        case=case.id, generation=over + 1, at=now, since=now, since_entry=case.head.seq
    )
    return execution if ports.execution_records.put_execution(execution, over=over) else None


def _start(ports: Ports, case: Case, execution: Execution | None, now: datetime) -> None:
    if execution is None:  # somebody else has just taken over
        return
    published = ports.services.version(case.service, case.model_version)
    name = f"{case.id}-{execution.generation}"
    ports.executions.start(published.machine, name, _reply(ports, case, execution, now))


def _reply(ports: Ports, case: Case, execution: Execution, now: datetime) -> Reply:
    model: ServiceModel = model_of(ports, case)
    return reply(case, model, execution.generation, now, ports.calendar)


def open_cases(ports: Ports, now: datetime) -> Iterator[Case]:
    """All of them, as they stand. Raises Busy."""
    for shard in range(SHARDS):
        for case_id in ports.lists.overdue_to_move(shard, now + FAR):
            try:
                case = ports.cases.load(case_id)  # the index may lag behind the record
            except NotFound:
                continue
            if case.is_open:
                yield case


def reconcile(ports: Ports, now: datetime, *, everything: bool = False) -> int:
    """Gives every open case that has stood still too long a new execution; says to how many.

    `everything` is for after executions were lost: every open case gets one. A case that cannot
    be revived holds up no other: when all were tried, Busy is raised with some of those that
    could not.
    """
    before = now + FAR if everything else now - GRACE
    revived, failed = 0, list[CaseId]()
    for shard in range(SHARDS):
        for case_id in ports.lists.overdue_to_move(shard, before):
            try:
                revived += _revive(ports, case_id, now, everything=everything)
            except Exception:  # whatever is wrong with this one, the others are not to blame
                failed.append(case_id)
    if failed:
        raise Busy("not-revived", revived=revived, failed=len(failed), cases=failed[:_MOST_NAMED])
    return revived


def _revive(ports: Ports, case_id: CaseId, now: datetime, *, everything: bool) -> int:
    try:
        case = ports.cases.load(case_id)  # the index may lag behind the record
    except NotFound:
        return 0
    execution = ports.execution_records.execution(case_id)
    well = execution is not None and not everything and _walks(ports, case, execution, now)
    if not case.is_open or well:
        return 0
    restart(ports, case, execution.generation if execution else 0, now)
    return 1


def _walks(ports: Ports, case: Case, execution: Execution, now: datetime) -> bool:
    """Whether the execution began just now, or sleeps as it should: nothing is over or due.

    Without the second, a case that an official leaves lying would get an execution every sweep.
    """
    if execution.generation <= case.left_behind:
        return False
    if now - execution.at < GRACE:
        return True
    phase = case.phase
    if phase is None or not execution.token or execution.phase != phase.id:
        return False
    due = any(planned.at < now - GRACE for planned in case.planned)
    over = _reply(ports, case, execution, now).outcome is not None
    return not (due or over) and now - execution.at < LONGEST_WAIT + GRACE
