"""A case and its journal are shown as of one moment, whatever happens while they are read; and
the exception desk shows to each what is theirs to mend.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from chalicelib.adapters.attestation.offline import verify
from chalicelib.adapters.cases.memory import MemoryCases
from chalicelib.domain.access import Principal
from chalicelib.domain.cases.state import Case, Trouble
from chalicelib.domain.errors import Forbidden
from chalicelib.domain.ids import CaseId, CaseNumber
from chalicelib.domain.journal import check_export
from chalicelib.usecases import applications, viewing
from chalicelib.usecases.applications import Filing
from tests.builders import MONDAY, a_case, a_change, in_phase
from tests.world import World, citizen, official

OWNER = citizen()
FILING = Filing.model_validate(
    {
        "service": "permanent-address",
        "tier": "regular",
        "delivery": "portal",
        "answers": {"purpose": "bank", "truth": True},
    }
)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(params=["journal", "openings"])
def number(
    request: pytest.FixtureRequest, world: World, monkeypatch: pytest.MonkeyPatch
) -> CaseNumber:
    """Of a case at which an official looks just before anybody else reads that part of it."""
    case = applications.file_application(world, OWNER, FILING, "k", world.now)
    read = getattr(world.cases, request.param)

    def read_late(wanted: CaseId) -> object:
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(world.cases, request.param, read)
            viewing.office_case(world, official(), case.number, "examination", world.now)
        return read(wanted)

    monkeypatch.setattr(world.cases, request.param, read_late)
    return case.number


def test_a_page_shows_no_journal_that_is_ahead_of_its_case(
    world: World, number: CaseNumber
) -> None:
    seen = viewing.own_case(world, OWNER, number)
    assert seen.entries[-1].seq == seen.case.head.seq


def test_an_export_is_whole_though_somebody_looks_at_the_case_meanwhile(
    world: World, number: CaseNumber
) -> None:
    exported = viewing.export_journal(world, OWNER, number, world.now)
    claims = verify(exported.head, world.attestation.keys())
    check_export(exported, claims)
    assert max(exported.openings) <= exported.entries[-1].seq


def troubled(sequence: int, **changes: object) -> Case:
    """A case whose register does not answer."""
    trouble = Trouble(source="uscrasp", code="register-unavailable", since=MONDAY)
    return in_phase(a_case(sequence, trouble=trouble, **changes), "issuing")


class Desk(MemoryCases):
    """Its index still shows a case that is gone."""

    def overdue_to_move(self, shard: int, before: datetime) -> Sequence[CaseId]:
        return [a_case(9).id, *super().overdue_to_move(shard, before)]


OURS, TAXES = troubled(1), troubled(2, unit="taxes")


@pytest.fixture
def desk() -> World:
    """Two units with a case in trouble each, and cases that are no trouble."""
    world = World(cases=Desk())
    closed = troubled(4, closed_as="unpaid")
    for case in (OURS, TAXES, in_phase(a_case(3), "issuing"), closed):
        # Far ahead: trouble is shown whenever the case is to move next.
        world.cases.save(a_change(case, wake_at=MONDAY + timedelta(days=30)))
    return world


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (official("head-of-unit"), [OURS]),
        (official("head-of-unit", unit="taxes"), [TAXES]),
        (official("head-of-unit", unit="construction"), []),
        (official("administrator", unit=None), [OURS, TAXES]),
    ],
    ids=["head of the unit", "head of another unit", "head of a third", "administrator"],
)
def test_the_exception_desk_shows_the_trouble_of_ones_own_unit(
    desk: World, who: Principal, seen: list[Case]
) -> None:
    found = viewing.stuck_cases(desk, who, desk.now)
    assert sorted(case.number for case in found) == [case.number for case in seen]


@pytest.mark.parametrize("who", [OWNER, official("registrar")], ids=["citizen", "registrar"])
def test_the_exception_desk_is_not_for_everybody(desk: World, who: Principal) -> None:
    with pytest.raises(Forbidden):
        viewing.stuck_cases(desk, who, desk.now)
