"""Builders that state only what matters."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.domain.cases.state import Case, Due, PhaseState
from chalicelib.domain.deadlines import Deadline
from chalicelib.domain.ids import CaseId, CaseNumber, PhaseId, ServiceCode, SubjectId, case_number
from chalicelib.domain.journal import SYSTEM, Entry, Head, Opening, append
from chalicelib.domain.money import Money
from chalicelib.domain.payments import Order
from chalicelib.domain.services.language import Term
from chalicelib.ports.cases import Change

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def a_deadline(due: datetime = MONDAY + timedelta(days=2)) -> Deadline:
    """A due date with no steps."""
    return Deadline(
        start=MONDAY,
        term=Term(amount=2, unit="working-days"),
        calendar="test",
        due=due,
        date=date(due.year, due.month, due.day),
        steps=(),
    )


def a_case(sequence: int = 1, **changes: Any) -> Case:
    """A filed case that nothing has happened to."""
    case = Case(
        id=CaseId(f"01m852g1ja60r30c1g{sequence:08d}"),
        number=case_number("SZ", 2026, sequence),
        service=ServiceCode("permanent-address"),
        model_version=1,
        channel="portal",
        language="bg",
        applicant=SubjectId("person-0"),
        unit="civil-registration",
        tier="regular",
        delivery="portal",
        filed_at=MONDAY,
        order=Order(amount=Money(amount=256), status="due"),
        due=Due(deadline=a_deadline(), provisional=True),
    )
    return case.model_copy(update=changes)


def in_phase(case: Case, phase: str, **changes: Any) -> Case:
    """The case in an open phase."""
    state = PhaseState(id=PhaseId(phase), opened_at=MONDAY).model_copy(update=changes)
    return case.model_copy(update={"phase": state})


def a_change(case: Case, events: int = 1, **more: Any) -> Change:
    """What saves the case as its next version, with so many journal entries."""
    openings: dict[int, dict[str, Opening]] = more.pop("openings", {})
    version, head, entries = case.version + 1, case.head, list[Entry]()
    for _ in range(events):
        entry = append(
            head,
            case=case.id,
            version=version,
            at=MONDAY,
            actor=SYSTEM,
            event="phase-opened",
            data={},
            openings=openings.get(head.seq + 1, {}),
        )
        entries.append(entry)
        head = Head(seq=entry.seq, hash=entry.hash)
    after = case.model_copy(update={"version": version, "head": head})
    wake_at = more.pop("wake_at", MONDAY)
    return Change(after=after, entries=tuple(entries), openings=openings, wake_at=wake_at, **more)


def number_of(sequence: int) -> CaseNumber:
    """The number that `a_case(sequence)` has."""
    return case_number("SZ", 2026, sequence)
