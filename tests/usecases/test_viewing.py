"""A case and its journal are shown as of one moment, whatever happens while they are read."""

import pytest

from chalicelib.adapters.attestation.offline import verify
from chalicelib.domain.ids import CaseId, CaseNumber
from chalicelib.domain.journal import Entry, check_export
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


@pytest.fixture
def number(world: World, monkeypatch: pytest.MonkeyPatch) -> CaseNumber:
    """Of a case at which an official looks whenever anybody else is about to read its journal."""
    case = applications.file_application(world, OWNER, FILING, "k", world.now)
    journal, openings = world.cases.journal, world.cases.openings

    def read_late(wanted: CaseId) -> list[Entry]:
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(world.cases, "journal", journal)
            meanwhile.setattr(world.cases, "openings", openings)
            viewing.office_case(world, official(), case.number, "examination", world.now)
        return list(journal(wanted))

    monkeypatch.setattr(world.cases, "journal", read_late)
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
