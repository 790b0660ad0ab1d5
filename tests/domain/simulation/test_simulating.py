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
from tests.every_word import full, phase
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
    order = Order(cases=cases, since=SINCE, seed=seed, profile=profile, proof_days=7)
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
    for of in report.phases:
        assert sum(one.times for one in of.outcomes) == of.visits >= of.cases
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


def test_a_term_that_would_be_missed_is_extended() -> None:
    data = full()
    data["silence"]["next"] = None
    data["phases"] = [one for one in data["phases"] if not one["id"].startswith("tacit")]
    model = ServiceModel.model_validate(data)
    slow = {"least": 4, "usual": 4, "most": 4}
    report = simulated(model, 1, extends=1, lets_pass=0, takes={"human": slow, "joint": slow})
    assert sum(tier.extended for tier in report.tiers) > 0
    never = simulated(model, 1, extends=0, lets_pass=0, takes={"human": slow, "joint": slow})
    assert sum(tier.extended for tier in never.tiers) == 0


def test_a_case_that_goes_round_by_itself_for_ever_is_taken_out() -> None:
    data = full()
    phase(data, "sorting")["outcomes"]["examine"]["next"] = "asking"
    phase(data, "sorting")["choices"] = []
    (stuck,) = {
        track.stuck for track in tracks_of(ServiceModel.model_validate(data), 1, 2, lets_pass=0)
    }
    assert stuck == "endless"


def test_a_case_that_people_send_round_ends_at_last() -> None:
    back = {"phases": {"examination": {"outcomes": {"correct": 1_000_000}}}}
    tracks = tracks_of(every_word(), 1, 6, lets_pass=0, silent=0, withdraws=0, **back)
    assert max(len(track.visits) for track in tracks) > 10
    assert all(track.case.closed_at for track in tracks)


def test_a_closed_service_can_be_simulated() -> None:
    data = permanent_address().model_dump(mode="json", exclude_none=True)
    data |= {"status": "closed", "closed_because": {"bg": "Още не", "en": "Not yet"}}
    assert simulated(ServiceModel.model_validate(data), 1).cases == CASES


def test_every_unit_that_is_asked_has_a_task_and_answers_before_the_decision() -> None:
    data = full()
    phase(data, "sorting")["outcomes"]["examine"]["next"] = "opinions"
    phase(data, "opinions")["term"] = None
    tracks = tracks_of(ServiceModel.model_validate(data), 1, lets_pass=0, silent=0, withdraws=0)
    asked = [task for track in tracks for task in track.tasks if task.phase == "opinions"]
    visits = [visit for track in tracks for visit in track.visits if visit.phase == "opinions"]
    assert visits
    assert all(visit.outcome == "agreed" for visit in visits)
    assert len(asked) == 3 * len(visits)
    assert {task.desk for task in asked} == {
        "architecture/registrar",
        "civil-registration/registrar",
    }
