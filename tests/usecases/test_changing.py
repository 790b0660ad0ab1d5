"""The one way to change a case: a lost race is run again, and nothing is written by halves."""

from collections.abc import Sequence

import pytest

from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.filing import Application, file
from chalicelib.domain.cases.state import Case, Official
from chalicelib.domain.errors import Busy
from chalicelib.domain.ids import CaseId, Invoice, SubjectId
from chalicelib.domain.journal import SYSTEM, check_chain
from chalicelib.domain.services.language import ServiceModel
from chalicelib.ports.cases import InvoiceRecord, Taken
from chalicelib.usecases.changing import ATTEMPTS, Beside, change, write
from tests.builders import a_case, a_change, in_phase
from tests.meanwhile import before
from tests.models import permanent_address
from tests.world import World, citizen

CASE = in_phase(a_case(), "examination")
INVOICE = InvoiceRecord(invoice=Invoice("2600000001"), operator="epay", case=CASE.id)


@pytest.fixture
def world() -> World:
    world = World()
    world.cases.save(a_change(CASE))
    return world


class Looks:
    """A decision that counts how often it is asked, and of which versions."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.versions: list[int] = []
        self.quiet = quiet

    def __call__(self, case: Case, model: ServiceModel) -> Sequence[e.Event]:
        self.versions.append(case.version)
        return [] if self.quiet else [_looked("Мария")]


def _looked(name: str) -> e.Event:
    by = Official(subject=SubjectId(name), name=name)
    return e.PersonalDataViewed(official=by, purpose="test")


def _somebody_else(world: World, case: CaseId = CASE.id) -> None:
    change(world, case, SYSTEM, world.now, lambda case, model: [_looked("Петър")])


def _names(world: World) -> list[str]:
    journal = world.cases.journal(CASE.id)
    seen = [entry.data["official"] for entry in journal if entry.event == "personal-data-viewed"]
    return [str(by["name"]) for by in seen if isinstance(by, dict)]


@pytest.mark.parametrize("lost", [0, 1, 2, ATTEMPTS - 1])
def test_a_lost_race_is_run_again_on_what_the_winner_left(
    world: World, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    before(monkeypatch, world.cases, "save", *[lambda: _somebody_else(world)] * lost)
    decide = Looks()

    after = change(world, CASE.id, SYSTEM, world.now, decide)

    assert decide.versions == list(range(1, lost + 2)), "each time the newest record is judged"
    assert _names(world) == ["Петър"] * lost + ["Мария"]
    assert after == world.cases.load(CASE.id)
    check_chain(world.cases.journal(CASE.id), after.head)


def test_who_loses_every_time_is_told_to_come_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before(monkeypatch, world.cases, "save", *[lambda: _somebody_else(world)] * (ATTEMPTS + 1))
    decide = Looks()

    with pytest.raises(Busy) as busy:
        change(world, CASE.id, SYSTEM, world.now, decide, Beside(invoice=INVOICE))

    assert busy.value.facts == {"case": CASE.id}
    assert len(decide.versions) == ATTEMPTS
    assert _names(world) == ["Петър"] * ATTEMPTS
    assert world.records.invoice(INVOICE.invoice) is None, "nothing of ours is half written"


@pytest.mark.parametrize(
    ("race_too", "asked"),
    [(False, 1), (True, 2)],
    ids=["at once", "after the race was run again"],
)
def test_what_exists_beside_the_case_is_the_callers_business(
    world: World, monkeypatch: pytest.MonkeyPatch, race_too: bool, asked: int
) -> None:
    first = change(world, CASE.id, SYSTEM, world.now, Looks(), Beside(invoice=INVOICE))
    before(monkeypatch, world.cases, "save", *[lambda: _somebody_else(world)] * race_too)
    decide = Looks()

    with pytest.raises(Taken) as taken:
        change(world, CASE.id, SYSTEM, world.now, decide, Beside(invoice=INVOICE))

    assert taken.value.what == {"invoice"}
    assert len(decide.versions) == asked, "nothing that is run again makes it free"
    assert world.cases.load(CASE.id).version == first.version + race_too


def test_nothing_decided_is_nothing_written(world: World) -> None:
    stored = world.cases.load(CASE.id)
    assert change(world, CASE.id, SYSTEM, world.now, Looks(quiet=True)) == stored
    assert world.cases.load(CASE.id) == stored


def test_what_is_beside_is_written_though_nothing_was_decided(world: World) -> None:
    stored = world.cases.load(CASE.id)
    after = change(world, CASE.id, SYSTEM, world.now, Looks(quiet=True), Beside(invoice=INVOICE))
    assert world.records.invoice(INVOICE.invoice) == INVOICE
    assert (after.version, after.head) == (stored.version + 1, stored.head)


def test_a_case_begins_with_all_that_its_filing_means() -> None:
    """Where the term runs from the filing, the application has arrived with the first version."""
    world = World()
    application = Application(
        language="bg", tier="regular", delivery="portal", channel="portal", answers={}
    )
    model = permanent_address().model_copy(update={"arrival": "filed"})
    case = a_case()
    events = file(case.number, application, citizen(), model, 1, world.now, world.calendar)

    after = write(world, case, events, SYSTEM, world.now)

    assert (after.version, after.head.seq, after.arrived_at) == (1, 2, world.now)
    assert after.due is not None
    assert not after.due.provisional
    assert world.cases.load(case.id) == after
