"""A simulation as a whole: what is true of every report, whatever the seed."""

import random
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.phases import LED
from chalicelib.domain.simulation import Order, Profile, Report, simulate
from chalicelib.domain.simulation.habits import Habit
from chalicelib.domain.simulation.running import run
from chalicelib.domain.simulation.simulating import arriving
from chalicelib.domain.simulation.tracks import Track
from tests.every_word import full
from tests.models import calendar, permanent_address

SINCE = date(2026, 1, 5)
CASES = 12
SEEDS = st.integers(0, 2**32)


@cache
def every_word() -> ServiceModel:
    """A model in which every kind of phase and every word is used."""
    return ServiceModel.model_validate(full())


MODELS = (permanent_address, every_word)


def simulated(model: ServiceModel, seed: int, cases: int = CASES, **habits: object) -> Report:
    profile = Profile.model_validate(habits)
    order = Order(cases=cases, since=SINCE, seed=seed, profile=profile)
    return simulate(model, calendar(), order, random.Random(seed))


def tracks_of(model: ServiceModel, seed: int, cases: int = CASES, **habits: object) -> list[Track]:
    profile = Profile.model_validate(habits)
    habit = Habit(model, calendar(), profile, random.Random(seed))
    return run(habit, arriving(habit, Order(cases=cases, since=SINCE, profile=profile)))


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=3, deadline=None)
@given(seed=SEEDS)
def test_the_same_seed_gives_the_same_report(model: Callable[[], ServiceModel], seed: int) -> None:
    made = model()
    assert simulated(made, seed) == simulated(made, seed)


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_every_case_ends_and_none_before_it_was_filed(
    model: Callable[[], ServiceModel], seed: int
) -> None:
    for track in tracks_of(model(), seed):
        assert track.case.closed_at is not None
        assert track.case.closed_at >= track.filed
        assert track.stuck == ""
        opened = [visit.opened for visit in track.visits]
        assert opened == sorted(opened)
        assert all(visit.ended and visit.ended >= visit.opened for visit in track.visits)


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_the_load_of_the_weeks_is_the_number_of_tasks(seed: int) -> None:
    model = every_word()
    report = simulated(model, seed)
    led = {str(phase.id): 1 + len(phase.opinions) for phase in model.phases if phase.kind in LED}
    visits = sum(one.visits * led.get(one.phase, 0) for one in report.phases)
    assert sum(one.tasks for one in report.load) == visits
    assert all(sum(one.weeks.values()) == one.tasks for one in report.load)
    assert all(day.weekday() == 0 for one in report.load for day in one.weeks)


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_everything_is_counted_once(seed: int) -> None:
    report = simulated(every_word(), seed)
    assert sum(report.closings.values()) == report.cases == CASES
    assert sum(tier.cases for tier in report.tiers) == report.cases
    for phase in report.phases:
        assert sum(one.times for one in phase.outcomes) == phase.visits >= phase.cases
    for tier in report.tiers:
        assert tier.least_cost.amount <= tier.median_cost.amount <= tier.most_cost.amount


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS, more=st.integers(1, 20))
def test_a_longer_term_is_never_due_earlier(seed: int, more: int) -> None:
    model = permanent_address()
    fees = tuple(
        fee.model_copy(
            update={"term": fee.term.model_copy(update={"amount": fee.term.amount + more})}
        )
        for fee in model.fees
    )
    short = tracks_of(model, seed)
    long = tracks_of(model.model_copy(update={"fees": fees}), seed)
    assert [track.answered for track in short] == [track.answered for track in long]
    for one, other in zip(short, long, strict=True):
        assert (one.due is None) == (other.due is None)
        assert one.due is None or (other.due is not None and one.due.due <= other.due.due)


def test_nothing_late_when_everybody_is_quick() -> None:
    quick = {"least": 0, "usual": 0, "most": 0}
    takes = {"human": quick, "joint": quick, "payment": quick, "correction": quick}
    report = simulated(permanent_address(), 1, takes=takes, lets_pass=0)
    assert [tier.late for tier in report.tiers] == [0, 0]
    assert {phase.phase: phase.late for phase in report.phases if phase.late} == {}
    assert "unpaid" not in report.closings


def test_officials_who_take_too_long_are_escalated_and_late() -> None:
    slow = {"least": 3, "usual": 3, "most": 3}
    report = simulated(permanent_address(), 1, takes={"human": slow}, lets_pass=0)
    examination = next(one for one in report.phases if one.phase == "examination")
    assert examination.fired["escalation"] == examination.visits == examination.late
    assert sum(tier.late for tier in report.tiers) > 0


def test_when_nobody_pays_nothing_is_made() -> None:
    report = simulated(permanent_address(), 1, lets_pass=1)
    assert report.closings == {"unpaid": CASES}
    assert [tier.answered for tier in report.tiers] == [None, None]
    assert report.typical[0].outcome == "unpaid"
    assert report.typical_due is None


def test_silence_falls_when_officials_say_nothing() -> None:
    report = simulated(every_word(), 1, silent=1, lets_pass=0)
    fired = {kind for phase in report.phases for kind in phase.fired}
    assert "silence" in fired
    assert any(one.outcome == "silence" for p in report.phases for one in p.outcomes)


def test_who_withdraws_is_counted() -> None:
    report = simulated(every_word(), 1, withdraws=1)
    assert report.closings["withdrawn"] > 0


def test_few_people_make_a_queue() -> None:
    enough = simulated(permanent_address(), 1, cases=60, arrivals_per_week=60)
    staff = {"civil-registration/registrar": 1}
    few = simulated(
        permanent_address(), 1, cases=60, arrivals_per_week=60, staff=staff, task_hours=6
    )
    late = [sum(tier.late for tier in report.tiers) for report in (enough, few)]
    assert late[0] < late[1]


def test_outcomes_come_by_their_weights() -> None:
    phases = {"examination": {"outcomes": {"refuse": 0}}}
    report = simulated(permanent_address(), 1, phases=phases)
    assert "refused" not in report.closings
    reasons = {(one.phase, one.outcome): one.reason for one in report.untaken}
    assert reasons["examination", "refuse"] == "never-chosen-by-the-profile"
    assert reasons["refusing", ""] == "only-after-what-was-not-taken"


def test_a_case_that_goes_beyond_the_calendar_is_told_of() -> None:
    model, since = every_word(), date(2028, 11, 1)
    order = Order(cases=20, since=since, profile=Profile(arrivals_per_week=20))
    habit = Habit(model, calendar(), order.profile, random.Random(1))
    stuck = {track.stuck for track in run(habit, arriving(habit, order))}
    assert "calendar" in stuck
