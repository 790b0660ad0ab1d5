"""The one way to change a case: load, decide, write in one transaction, or begin anew."""

from collections.abc import Callable, Sequence
from datetime import datetime

from pydantic import JsonValue

from chalicelib.domain.cases.events import Event
from chalicelib.domain.cases.evolve import evolve, evolve_all
from chalicelib.domain.cases.planning import wake_at
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Busy
from chalicelib.domain.ids import CaseId
from chalicelib.domain.journal import SALT_BYTES, Actor, Entry, Head, Opening, append
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.values import Value
from chalicelib.ports import Ports
from chalicelib.ports.cases import (
    Change,
    DocumentRecord,
    InvoiceRecord,
    NoticeRecord,
    Remembered,
    Taken,
)

# Losing a race is no reason to bother anybody: so often is it run again before Busy is said.
ATTEMPTS = 8

Decide = Callable[[Case, ServiceModel], Sequence[Event]]


class Beside(Value):
    """What is written in the same transaction as the case."""

    remembered: Remembered | None = None
    invoice: InvoiceRecord | None = None
    notice: NoticeRecord | None = None
    document: DocumentRecord | None = None


NOTHING = Beside()


def model_of(ports: Ports, case: Case) -> ServiceModel:
    """The model version that the case runs on."""
    return ports.services.version(case.service, case.model_version).model


def change(
    ports: Ports,
    case_id: CaseId,
    actor: Actor,
    now: datetime,
    decide: Decide,
    beside: Beside = NOTHING,
) -> Case:
    """Applies a decision to a case, against whoever else changes it at the same time.

    Raises what `decide` raises, Taken when something beside the case exists already, and Busy
    when others were faster every time.
    """
    for _ in range(ATTEMPTS):
        case = ports.cases.load(case_id)
        events = decide(case, model_of(ports, case))
        if not events and beside == NOTHING:
            return case
        try:
            return write(ports, case, events, actor, now, beside)
        except Taken as taken:
            if "version" not in taken.what:
                raise
    raise Busy(case=case_id)


def write(
    ports: Ports,
    case: Case,
    events: Sequence[Event],
    actor: Actor,
    now: datetime,
    beside: Beside = NOTHING,
) -> Case:
    """One transaction: the case after the events, their journal entries, and what is beside."""
    version = case.version + 1
    openings = {
        case.head.seq + index: named
        for index, event in enumerate(events, start=1)
        if (named := _openings(ports, event.private))
    }
    entries = _entries(case, events, actor, now, version, openings)
    head = Head(seq=entries[-1].seq, hash=entries[-1].hash) if entries else case.head
    evolved = evolve_all(case, events, now) if case.version else _begun(case, events, now)
    after = evolved.model_copy(update={"version": version, "head": head})
    ports.cases.save(
        Change(
            after=after,
            entries=tuple(entries),
            openings=openings,
            wake_at=wake_at(after, now),
            remembered=beside.remembered,
            invoice=beside.invoice,
            notice=beside.notice,
            document=beside.document,
        )
    )
    return after


def _begun(case: Case, events: Sequence[Event], now: datetime) -> Case:
    for event in events[1:]:  # the first made the case
        case = evolve(case, event, now)
    return case


def _openings(ports: Ports, private: dict[str, JsonValue]) -> dict[str, Opening]:
    return {
        name: Opening(salt=ports.chance(SALT_BYTES).hex(), value=value)
        for name, value in private.items()
    }


def _entries(
    case: Case,
    events: Sequence[Event],
    actor: Actor,
    now: datetime,
    version: int,
    openings: dict[int, dict[str, Opening]],
) -> list[Entry]:
    head, entries = case.head, list[Entry]()
    for event in events:
        entry = append(
            head,
            case=case.id,
            version=version,
            at=now,
            actor=actor,
            event=event.kind,
            data=event.model_dump(mode="json", exclude={"kind", "private"}),
            openings=openings.get(head.seq + 1, {}),
        )
        entries.append(entry)
        head = Head(seq=entry.seq, hash=entry.hash)
    return entries
