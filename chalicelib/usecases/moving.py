"""Moving the open cases of a service to another version: looking, doing, undoing.

All is safe to repeat: a batch that was interrupted is taken up by its id where it stopped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.cases import moving
from chalicelib.domain.cases.events import Event
from chalicelib.domain.cases.moving import Order, Target, Verdict
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import CaseId, ServiceCode
from chalicelib.domain.journal import SYSTEM
from chalicelib.domain.services.language import ServiceModel
from chalicelib.ports import Ports
from chalicelib.ports.moves import Batch, MoveLog, MoveRecord, State
from chalicelib.usecases import following
from chalicelib.usecases.changing import change, model_of


def survey(
    ports: Ports, service: ServiceCode, to: int, now: datetime, from_: int | None = None
) -> Iterator[tuple[Case, Verdict]]:
    """What moving would do; changes nothing. Raises NotFound (no such version)."""
    target = _target(ports, service, to)
    for case_id in _open(ports, now):
        try:
            case = ports.cases.load(case_id)
        except NotFound:
            continue
        if _concerns(case, service, from_):
            yield case, moving.judge(case, model_of(ports, case), target, now, ports.calendar)


def move_cases(
    ports: Ports, log: MoveLog, batch: Batch, now: datetime, by: str
) -> Iterator[MoveRecord]:
    """Moves what can move, one case after the other, and says of each what became of it.
    `by` is who orders it.

    Raises NotFound (no such version), Busy.
    """
    target = _target(ports, batch.service, batch.to_version)
    kept = log.begin(batch)
    known = {record.case: record for record in log.records(kept.id)}
    run = _Run(ports, log, kept, target, now, by)
    pending = [record.case for record in known.values() if record.state == "planned"]
    for case_id in dict.fromkeys([*pending, *_open(ports, now)]):
        earlier = known.get(case_id)
        if earlier is None or earlier.state in ("planned", "left"):
            record = run.move(case_id, earlier)
            if record is not None:
                yield record


def undo(ports: Ports, log: MoveLog, batch: Batch, now: datetime, by: str) -> Iterator[MoveRecord]:
    """Moves the cases of a batch back where nothing has happened since. Raises Busy."""
    for record in log.records(batch.id):
        if record.state in ("planned", "moved"):
            target = _target(ports, batch.service, record.was.version)
            yield _Run(ports, log, batch, target, now, by).undo(record)


def _open(ports: Ports, now: datetime) -> Iterator[CaseId]:
    """Every open case of any service (the list may lag: who has just filed is on the newest
    version anyway)."""
    for shard in range(following.SHARDS):
        yield from ports.lists.overdue_to_move(shard, now + following.FAR)


def _concerns(case: Case, service: ServiceCode, from_: int | None) -> bool:
    return case.service == service and case.is_open and from_ in (None, case.model_version)


def _target(ports: Ports, service: ServiceCode, version: int) -> Target:
    return Target(version=version, model=ports.services.version(service, version).model)


@dataclass(frozen=True)
class _Run:
    """One batch at work."""

    ports: Ports
    log: MoveLog
    batch: Batch
    target: Target
    now: datetime
    by: str

    def move(self, case_id: CaseId, earlier: MoveRecord | None) -> MoveRecord | None:
        """What became of a case; None if the order is not about it."""
        noted: list[MoveRecord] = []

        def decide(case: Case, model: ServiceModel) -> Sequence[Event]:
            noted.clear()
            if earlier and earlier.state == "planned" and case.model_version == self.target.version:
                noted.append(earlier)  # it was moved, and the command died before it noted so
                return []
            if not _concerns(case, self.batch.service, self.batch.from_version):
                return []
            verdict = moving.judge(case, model, self.target, self.now, self.ports.calendar)
            noted.append(self._record(case, verdict))
            if verdict.answer == "can-move":
                self.log.note(noted[0])  # before the case: none is moved that the log knows not
            return self._moved(case, verdict, self.batch.id)

        try:
            case = change(self.ports, case_id, SYSTEM, self.now, decide)
        except NotFound:
            return None
        return self._settle(case, noted[0], "moved") if noted else None

    def undo(self, record: MoveRecord) -> MoveRecord:
        """The case back on its old version, or why not: then the log keeps saying `moved`."""
        verdicts: list[Verdict] = []

        def decide(case: Case, model: ServiceModel) -> Sequence[Event]:
            if case.model_version == record.to_version:
                verdict = moving.judge_back(
                    case, model, self.target, record.was, self.now, self.ports.calendar
                )
            else:
                verdict = Verdict(answer="stays", reason="already-there")
            verdicts[:] = [verdict]
            again = verdict.answer == "can-move"
            return self._moved(case, verdict, f"{record.batch}-undo") if again else []

        case = change(self.ports, record.case, SYSTEM, self.now, decide)
        told = record.model_copy(update={"verdict": verdicts[0]})
        if case.model_version != record.was.version:
            return told
        return self._settle(case, told.model_copy(update={"state": "planned"}), "undone")

    def _moved(self, case: Case, verdict: Verdict, batch: str) -> Sequence[Event]:
        if verdict.answer != "can-move":
            return []
        execution = self.ports.execution_records.execution(case.id)
        generation = execution.generation if execution else 0
        order = Order(batch=batch, by=self.by)
        return moving.move(case, verdict, self.target.version, order, generation)

    def _record(self, case: Case, verdict: Verdict) -> MoveRecord:
        return MoveRecord(
            batch=self.batch.id,
            case=case.id,
            number=case.number,
            was=moving.before(case),
            to_version=self.target.version,
            verdict=verdict,
            state="planned" if verdict.answer == "can-move" else "left",
            at=self.now,
        )

    def _settle(self, case: Case, record: MoveRecord, state: State) -> MoveRecord:
        """A moved case gets an execution on the new machine (the stream may have been faster);
        then the log says that it is done."""
        if record.state == "planned":
            execution = self.ports.execution_records.execution(case.id)
            generation = execution.generation if execution else 0
            if case.is_open and generation <= case.left_behind:
                following.restart(self.ports, case, generation, self.now)
            record = record.model_copy(update={"state": state})
        self.log.note(record)
        return record
