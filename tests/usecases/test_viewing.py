"""A case and its journal are shown as of one moment, whatever happens while they are read."""

import pytest

from chalicelib.adapters.attestation.offline import verify
from chalicelib.domain.ids import CaseId, CaseNumber
from chalicelib.domain.journal import check_export
from chalicelib.usecases import applications, viewing
from chalicelib.usecases.applications import Filing
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
