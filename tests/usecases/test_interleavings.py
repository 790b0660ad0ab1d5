"""Anything may happen in any order: citizens, operators, officials, clocks, sweeps, lost machines.

Hypothesis plays a town: callbacks that come several times, late, for the wrong sum or for another
attempt; two tabs and two officials; a stream that repeats and reorders; indexes that lag; a
register that is down; executions that are lost; and calls to AWS that fail or kill the process.
Whatever it did, the town is then left in peace, and the invariants hold.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from chalicelib.domain.access import Principal
from chalicelib.domain.errors import ZagoraError
from chalicelib.domain.ids import CaseNumber, Invoice
from chalicelib.domain.money import Money
from chalicelib.usecases import viewing
from tests import table
from tests.ground import faults, size, streams
from tests.ground.faults import Call, Fault, Killed
from tests.ground.invariants import check_invariants
from tests.ground.stale import StaleIndexes, stale_indexes
from tests.ground.town import FEE, Town, citizen, ground, official

OFFICIALS = [official("Мария"), official("Петър"), official("Ана", "head-of-unit")]
SUMS = [FEE, Money(amount=255), Money(amount=25600)]
# A run in which one of these never happened, or few faults struck, has shown little.
ALL = {"issued", "unpaid", "paid", "mismatched", "restarted"}
ATTEMPTS = 3
Broken = tuple[int, Fault] | None
FAULTS = [*Fault, *[Fault.CONFLICT] * 3]  # only some calls can conflict
BROKEN = st.one_of(st.none(), st.tuples(st.integers(1, 20), st.sampled_from(FAULTS)))
CASES = 2


class Anything(RuleBasedStateMachine):
    """One town, and what has been asked of it."""

    town: Town
    restore: Callable[[], None]
    indexes: StaleIndexes
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.restore()
        self.indexes.catch_up()
        self.numbers: list[CaseNumber] = []
        self.invoices: list[tuple[CaseNumber, Invoice]] = []
        self.keys = 0

    # What people do.

    @initialize()
    def begin(self) -> None:
        """A town without a case is soon told."""
        self.keys += 1
        self.numbers.append(self.town.submit(f"key-{self.keys}").number)
        self.invoices.append((self.numbers[0], self.town.start_payment(self.numbers[0])))

    @rule(broken=BROKEN, who=st.sampled_from(OFFICIALS), data=st.data())
    def the_story_goes_on(self, broken: Broken, who: Principal, data: st.DataObject) -> None:
        """The next sensible thing, and what follows."""
        number = data.draw(st.sampled_from(self.numbers))
        with self.perhaps(broken):
            self.town.settle()
            case = self.town.case(number)
            if case.order.status == "due" and case.order.attempts:
                self.town.notify(case.order.attempts[-1].invoice)
            elif case.phase and case.phase.id == "examination":
                self.town.claim(number, who)
                self.town.decide(number, who=who)
            self.town.settle()

    @precondition(lambda self: len(self.numbers) < CASES)
    @rule(broken=BROKEN, twice=st.booleans())
    def submit(self, broken: Broken, twice: bool) -> None:
        self.keys += 1
        for _ in range(1 + twice):
            with self.perhaps(broken):
                number = self.town.submit(f"key-{self.keys}").number
                if number not in self.numbers:
                    self.numbers.append(number)

    @precondition(lambda self: self.numbers and len(self.invoices) < ATTEMPTS * CASES)
    @rule(broken=BROKEN, data=st.data())
    def start_payment(self, broken: Broken, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.numbers))
        with self.perhaps(broken):
            self.invoices.append((number, self.town.start_payment(number)))

    @precondition(lambda self: self.invoices)
    @rule(
        broken=BROKEN,
        data=st.data(),
        status=st.sampled_from(["paid", "denied", "denied", "expired"]),
        times=st.integers(1, 3),
        amount=st.sampled_from([*[FEE] * 4, *SUMS]),
    )
    def notify(
        self, broken: Broken, data: st.DataObject, status: str, times: int, amount: Money
    ) -> None:
        _, invoice = data.draw(st.sampled_from(self.invoices))
        amount = self.town.ledger.get(invoice, amount)  # an operator sticks to what it took
        for _ in range(times):
            with self.perhaps(broken):
                self.town.notify(invoice, status, amount)  # type: ignore[arg-type] # of the list

    @rule(broken=BROKEN, invoice=st.sampled_from(["1", "2600000009"]))
    def notify_of_nothing(self, broken: Broken, invoice: str) -> None:
        with self.perhaps(broken):
            assert self.town.notify(Invoice(invoice), "denied") == "unknown"

    @precondition(lambda self: self.numbers)
    @rule(broken=BROKEN, data=st.data())
    def come_back_from_the_operator(self, broken: Broken, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.numbers))
        with self.perhaps(broken):
            viewing.own_case(self.town.ports, citizen(), number)

    @precondition(lambda self: self.numbers)
    @rule(
        broken=BROKEN,
        data=st.data(),
        who=st.sampled_from(OFFICIALS),
        what=st.sampled_from("cccaaaard"),
    )
    def official_acts(self, broken: Broken, data: st.DataObject, who: Principal, what: str) -> None:
        number = data.draw(st.sampled_from(self.numbers))
        with self.perhaps(broken):
            if what == "c":
                self.town.claim(number, who)
            elif what == "d":
                viewing.office_case(self.town.ports, who, number, "look", self.town.now)
            else:
                self.town.decide(number, "approve" if what == "a" else "refuse", who)

    # What happens by itself, and what goes wrong.

    @rule(broken=BROKEN)
    def things_take_their_course(self, broken: Broken) -> None:
        with self.perhaps(broken):
            self.town.settle()

    @rule(broken=BROKEN, seed=st.integers(0, 9), newest=st.integers(1, 30), batch=st.integers(1, 5))
    def the_stream_repeats_itself(self, broken: Broken, seed: int, newest: int, batch: int) -> None:
        records = streams.written(table.NAME)[-newest:]
        with self.perhaps(broken):
            self.town.deliver(streams.disturbed(records, size.chance(seed)), batch)

    @rule(broken=BROKEN, hours=st.sampled_from([0.1, 0.4, 3, 26, 24 * 8]))
    def time_passes(self, broken: Broken, hours: float) -> None:
        with self.perhaps(broken):
            self.town.wait(hours=hours)

    @rule(broken=BROKEN, everything=st.booleans())
    def the_sweep_comes(self, broken: Broken, everything: bool) -> None:
        with self.perhaps(broken):
            self.town.sweep(everything=everything)

    @rule()
    def executions_are_lost(self) -> None:
        self.town.machines.lose_all()

    @rule(down=st.booleans())
    def the_register_goes(self, down: bool) -> None:
        self.town.ports.register.down = down

    @rule(lag=st.integers(0, 8))
    def indexes_lag(self, lag: int) -> None:
        self.indexes.lag = lag

    def perhaps(self, broken: Broken) -> "Perhaps":
        """The act meets this trouble, if it comes so far."""
        return Perhaps(broken, self.seen)

    # What must hold.

    @invariant()
    def money_is_never_credited_twice(self) -> None:
        for number in self.numbers:
            case = self.town.case(number)
            assert case.order.credited.amount in (0, FEE.amount)

    def teardown(self) -> None:
        self.indexes.catch_up()
        self.town.ports.register.down = False
        self.town.recover()
        check_invariants(self.town)
        self._everything_ends()
        check_invariants(self.town)

    def _everything_ends(self) -> None:
        """Left alone, each case comes to an end or waits for a who, with that who's task."""
        self.town.wait(days=9)
        self.town.recover()
        generations = [name.rsplit("-", 1)[1] for name in self.town.machines.executions]
        self.seen.update(["restarted"] if "2" in generations else [])
        for case_id in self.town.case_ids():
            case = self.town.ports.cases.load(case_id)
            assert case.phase, f"{case.number} never began"
            self.seen.update([str(case.closed_as), *(a.status for a in case.order.attempts)])
            waits_for_official = case.phase.id == "examination" and case.phase.outcome is None
            at_desk = case.trouble is not None and case.trouble.state == "desk"
            ended = not case.is_open
            assert ended or waits_for_official or at_desk, f"{case.number} is stuck: {case}"


class Perhaps:
    """Swallows refusals, busy answers and kills; breaks the ordered call."""

    def __init__(self, ordered: tuple[int, Fault] | None, seen: Counter[str]) -> None:
        self._injected = faults.injected(self._plan)
        self._ordered = ordered
        self._seen = seen

    def _plan(self, call: Call) -> Fault | None:
        if self._ordered is None:
            return None
        at, fault = self._ordered
        if call.number < at or not faults.can_happen(fault, call):
            return None
        self._ordered = None
        self._seen[str(fault)] += 1
        return fault

    def __enter__(self) -> None:
        self._injected.__enter__()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> bool:
        self._injected.__exit__(None, None, None)
        return kind is not None and issubclass(kind, ZagoraError | Killed)


@pytest.fixture(scope="module")
def machine() -> Iterator[type[Anything]]:
    logging.disable()
    with ground() as made, made.town() as town, stale_indexes() as indexes:
        with suppress(ZagoraError):
            town.settle()

        class Here(Anything):
            pass

        Here.town, Here.restore, Here.indexes = town, staticmethod(town.snapshot()), indexes
        Here.seen = Counter()
        yield Here
    logging.disable(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_whatever_happens_in_whatever_order_nothing_is_lost_and_nothing_done_twice(
    machine: type[Anything],
) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=size.times(70),
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(dict(machine.seen))  # noqa: T201 - the numbers are asked for
    assert set(machine.seen) >= ALL, f"never happened: {ALL - set(machine.seen)}"
    assert len(set(machine.seen) & set(Fault)) >= 5, f"few faults struck: {machine.seen}"
