"""Two to eight threads at the same instant, from behind a barrier, on the repaired table.

Each row is a pair (or more) of things that people, operators and machines really do at once. After
each race the town settles, and the invariants hold, and the row's own promise.
"""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest

from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.errors import Refused, ZagoraError
from chalicelib.domain.ids import CaseNumber, Invoice
from chalicelib.handlers import engine, issuing, reconcile
from chalicelib.usecases import decisions, payments
from tests import table
from tests.ground import size, streams
from tests.ground.invariants import check_invariants
from tests.ground.town import A_WHILE, OPERATOR, Ground, Town, citizen, ground, official

Act = Callable[[], object]
MARIA, PETAR = official("Мария"), official("Петър")


@dataclass
class Scene:
    """A town with one case, brought to where the race begins."""

    town: Town
    number: CaseNumber
    invoices: tuple[Invoice, ...] = ()

    def promise(self, *, closed_as: str | None = None, credited: int | None = None) -> None:
        """What this row promises beyond the invariants."""
        case = self.town.case(self.number)
        if credited is not None:
            assert case.order.credited.amount == credited
        if closed_as is not None:
            assert case.closed_as == closed_as


@dataclass
class Race:
    """What goes before, what happens at once, and what must be true then."""

    name: str
    prepare: Callable[[Scene], None]
    acts: Callable[[Scene], list[Act]]
    then: Callable[[Scene], None]

    def __str__(self) -> str:
        return self.name


def started(scene: Scene, attempts: int = 1) -> None:
    scene.invoices = tuple(scene.town.start_payment(scene.number) for _ in range(attempts))


def twice_started(scene: Scene) -> None:
    started(scene, 2)


def about_to_expire(scene: Scene) -> None:
    started(scene)
    case = scene.town.case(scene.number)
    assert case.phase
    scene.town.now = case.phase.milestones[-1].at


def paid(scene: Scene) -> None:
    started(scene)
    scene.town.notify(scene.invoices[0])
    scene.town.settle()


def claimed(scene: Scene) -> None:
    paid(scene)
    scene.town.claim(scene.number, MARIA)


def deliver_all(scene: Scene) -> Act:
    return lambda: scene.town.deliver(streams.written(table.NAME))


def step(scene: Scene, phase: str) -> dict[str, object]:
    case = scene.town.case(scene.number)
    return {"case": case.id, "generation": 1, "phase": phase}


def paid_or_expired(scene: Scene) -> None:
    case = scene.town.case(scene.number)
    money = case.order.attempts[0]
    assert money.paid is not None, "the money is never lost"
    assert (case.closed_as == "unpaid") == (money.status == "overpaid")


def one_decided(scene: Scene) -> None:
    entries = scene.town.ports.cases.journal(scene.town.case(scene.number).id)
    decided = [e for e in entries if e.event == "phase-ended" and e.data["phase"] == "examination"]
    assert len(decided) == 1


def one_claimed(scene: Scene) -> None:
    entries = scene.town.ports.cases.journal(scene.town.case(scene.number).id)
    assert [e.event for e in entries].count("task-claimed") == 1


def one_second_is_kept(scene: Scene) -> None:
    case = scene.town.case(scene.number)
    assert sorted(a.status for a in case.order.attempts) == ["overpaid", "paid"]


def one_execution_walks(scene: Scene) -> None:
    """Old ones may still sleep: they end when they wake, and hold no token that counts."""
    case = scene.town.case(scene.number)
    record = scene.town.ports.execution_records.execution(case.id)
    assert record is not None
    newest = scene.town.machines.executions[f"{case.id}-{record.generation}"]
    assert newest.waits
    assert newest.token == record.token
    generations = {int(name.rsplit("-", 1)[1]) for name in scene.town.machines.executions}
    assert max(generations) == record.generation


def one_document(scene: Scene) -> None:
    scene.promise(closed_as="issued")
    assert len(scene.town.case(scene.number).documents) == 1


@contextmanager
def never_refused() -> Iterator[None]:
    """Who sends the same again gets the answer, not a conflict."""
    try:
        yield
    except Refused as error:
        raise AssertionError("refused") from error


@never_refused()
def keyed_payment(scene: Scene) -> None:
    town = scene.town
    payments.begin_payment(
        town.ports, citizen(0), scene.number, OPERATOR, "bg", town.now, key="pay"
    )


def one_attempt(scene: Scene) -> None:
    assert len(scene.town.case(scene.number).order.attempts) == 1


@never_refused()
def keyed_decision(scene: Scene) -> None:
    town, approval = scene.town, Decision(outcome="approve")
    decisions.decide(town.ports, MARIA, scene.number, approval, town.now, key="decide")


def decided_not_issued(scene: Scene) -> None:
    """Decided; the machine has not come to the issuing yet."""
    claimed(scene)
    scene.town.decide(scene.number, who=MARIA)


RACES = [
    Race(
        "the same callback four times",
        started,
        lambda s: [lambda: s.town.notify(s.invoices[0])] * 4,
        lambda s: s.promise(credited=256),
    ),
    Race(
        "callback, the browser's return, a second tab",
        started,
        lambda s: [
            lambda: s.town.notify(s.invoices[0]),
            lambda: s.town.case(s.number),
            lambda: s.town.start_payment(s.number),
        ],
        lambda s: s.promise(credited=256),
    ),
    Race(
        "callback and expiry",
        about_to_expire,
        lambda s: [
            lambda: s.town.notify(s.invoices[0]),
            lambda: engine.clock(step(s, "payment"), None),
        ],
        paid_or_expired,
    ),
    Race(
        "two real payments",
        twice_started,
        lambda s: [lambda: s.town.notify(s.invoices[0]), lambda: s.town.notify(s.invoices[1])],
        one_second_is_kept,
    ),
    Race(
        "paid and denied of the same attempt",
        started,
        lambda s: [
            lambda: s.town.notify(s.invoices[0]),
            lambda: s.town.notify(s.invoices[0], "denied"),
            lambda: s.town.notify(s.invoices[0], "expired"),
        ],
        lambda s: s.promise(credited=256),
    ),
    Race(
        "one payment sent four times under one key",
        lambda s: None,
        lambda s: [lambda: keyed_payment(s)] * 4,
        one_attempt,
    ),
    Race(
        "one decision sent four times under one key",
        claimed,
        lambda s: [lambda: keyed_decision(s)] * 4,
        one_decided,
    ),
    Race(
        "two officials claim",
        paid,
        lambda s: [
            lambda: s.town.claim(s.number, MARIA),
            lambda: s.town.claim(s.number, PETAR),
        ],
        one_claimed,
    ),
    Race(
        "approval and refusal in two tabs, and somebody else's",
        claimed,
        lambda s: [
            lambda: s.town.decide(s.number, "approve", MARIA),
            lambda: s.town.decide(s.number, "refuse", MARIA),
            lambda: s.town.decide(s.number, "approve", PETAR),
        ],
        one_decided,
    ),
    Race(
        "the stream's function twice, and the sweep",
        paid,
        lambda s: [
            deliver_all(s),
            deliver_all(s),
            lambda: reconcile.reconcile({"all": True}, None),
        ],
        one_execution_walks,
    ),
    Race(
        "an invocation that overlaps its own repetition",
        decided_not_issued,
        lambda s: [lambda: issuing.issue_document(step(s, "issuing"), None)] * 3,
        one_document,
    ),
]


@pytest.fixture(scope="module")
def grounds() -> Iterator[Ground]:
    logging.disable()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    with ground() as made:
        yield made
    sys.setswitchinterval(interval)
    logging.disable(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("race", RACES, ids=str)
def test_at_the_same_instant_one_wins_and_nothing_is_lost(grounds: Ground, race: Race) -> None:
    with grounds.town() as town:
        scene = Scene(town, town.submit().number)
        town.settle()
        race.prepare(scene)
        restore = town.snapshot()
        for number in range(size.times(15)):
            restore()
            at_once(race.acts(scene))
            for _ in range(2):
                town.now += A_WHILE
                town.settle()
                town.sweep()
            try:
                check_invariants(town)
                race.then(scene)
            except AssertionError as error:
                pytest.fail(f"race {number} of {race}: {error}")


@pytest.mark.slow
def test_one_form_sent_eight_times_at_once_is_one_case(grounds: Ground) -> None:
    with grounds.town() as town:
        restore = town.snapshot()
        for _ in range(size.times(10)):
            restore()
            at_once([lambda: town.submit("the same key")] * 8)
            town.settle()
            check_invariants(town)
            assert len(town.case_ids()) == 1


def at_once(acts: list[Act]) -> None:
    """All together, from behind a barrier; refusals are answers."""
    barrier = threading.Barrier(len(acts))
    failures: list[BaseException] = []

    def run(act: Act) -> None:
        barrier.wait(10)
        try:
            with suppress(ZagoraError):
                act()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
