"""The parts of a simulation: chance, office hours, profiles, invented applications, reasons."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue, ValidationError

from chalicelib.domain.services.conditions import judge
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.simulation import Profile, Share, profile_findings
from chalicelib.domain.simulation.casting import answered, candidates, cast
from chalicelib.domain.simulation.chance import happens, pick, triangular, weighted
from chalicelib.domain.simulation.moments import Desks, in_office, working_hours_after
from chalicelib.domain.simulation.summing import spread, typical
from chalicelib.domain.simulation.tracks import Visit
from chalicelib.domain.simulation.untaken import untaken
from tests.domain.simulation.doubles import a_track
from tests.every_word import full, phase
from tests.models import calendar, permanent_address

Json = dict[str, Any]


class Always:
    """Chance that always says the same."""

    def __init__(self, number: float) -> None:
        self.number = number

    def random(self) -> float:
        return self.number


@given(st.floats(0, 0.999999), st.lists(st.floats(0, 9), min_size=3, max_size=3).map(sorted))
def test_a_triangular_number_is_within_its_bounds(number: float, bounds: list[float]) -> None:
    least, usual, most = bounds
    assert least - 1e-9 <= triangular(Always(number), least, usual, most) <= most + 1e-9


@pytest.mark.parametrize(
    ("number", "weights", "expected"),
    [
        (0.0, {"a": 1, "b": 1}, "a"),
        (0.5, {"a": 1, "b": 1}, "b"),
        (0.999, {"a": 1, "b": 0}, "a"),
        (0.0, {"a": 0, "b": 1}, "b"),
        (1.0, {"a": 1, "b": 1}, "b"),
    ],
)
def test_names_by_weight(number: float, weights: dict[str, float], expected: str) -> None:
    assert weighted(Always(number), weights) == expected


def test_picking_and_happening() -> None:
    assert [pick(Always(n), "abc") for n in (0.0, 0.34, 0.99)] == ["a", "b", "c"]
    assert happens(Always(0.0), 0.1)
    assert not happens(Always(0.0), 0)
    assert happens(Always(0.999), 1)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar().zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "since", "expected", "remark"),
    [
        ("2026-02-02T11:00", "2026-02-02T10:00", "2026-02-02T11:00", "the office is open"),
        ("2026-02-02T07:00", "2026-02-01T10:00", "2026-02-02T09:00", "not yet open"),
        ("2026-02-02T20:00", "2026-02-01T10:00", "2026-02-02T17:30", "done before it closed"),
        ("2026-02-02T20:00", "2026-02-02T18:00", "2026-02-03T09:00", "came after it closed"),
        ("2026-02-07T12:00", "2026-02-01T10:00", "2026-02-09T09:00", "a Saturday"),
        ("2026-12-24T12:00", "2026-12-01T10:00", "2026-12-28T09:00", "Christmas"),
    ],
)
def test_officials_act_while_the_office_is_open(
    at: str, since: str, expected: str, remark: str
) -> None:
    assert in_office(local(at), local(since), calendar()) == local(expected), remark


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-02-02T09:00", 1, "2026-02-02T10:00"),
        ("2026-02-02T17:00", 1, "2026-02-03T09:30"),
        ("2026-02-06T17:00", 10, "2026-02-10T10:00"),
        ("2026-02-07T12:00", 8.5, "2026-02-09T17:30"),
    ],
)
def test_work_is_done_in_office_time(start: str, hours: float, expected: str) -> None:
    assert working_hours_after(local(start), hours, calendar()) == local(expected)


def test_a_desk_does_one_task_after_the_other() -> None:
    monday = local("2026-02-02T09:00")
    desks = Desks({"unit/role": 2}, monday)
    done = [desks.work("unit/role", monday, 2, calendar()) for _ in range(3)]
    assert done == [monday + timedelta(hours=h) for h in (2, 2, 4)]
    assert desks.work("another/role", monday, 2, calendar()) == monday


def test_a_profile_in_which_nothing_is_wrong() -> None:
    profile = Profile.model_validate(
        {
            "tiers": {"fast": 2},
            "phases": {"examination": {"outcomes": {"refuse": 0.5}, "lets_pass": 0.5}},
            "takes": {"human": {"least": 0, "usual": 1, "most": 2}},
        }
    )
    model = permanent_address()
    assert list(profile_findings(profile, model)) == []
    assert profile.weight("examination", "refuse") == 0.5
    assert profile.weight("examination", "approve") == profile.weight("payment", "paid") == 1
    assert profile.share(model.phase("examination")).most == 2
    assert profile.passes(model.phase("examination")) == 0.5
    assert profile.passes(model.phase("payment")) == profile.lets_pass
    own = {"phases": {"payment": {"takes": {"least": 0, "usual": 0, "most": 0}}}}
    assert Profile.model_validate(own).share(model.phase("payment")).most == 0
    assert Profile().passes(model.phase("examination")) == Profile().silent


@pytest.mark.parametrize(
    ("habits", "said"),
    [
        ({"tiers": {"fst": 1}}, "no tier 'fst'; did you mean 'fast'?"),
        ({"tiers": {"fast": 0, "regular": 0}}, "no tier is ever chosen"),
        ({"phases": {"examinatio": {}}}, "did you mean 'examination'?"),
        ({"phases": {"examination": {"outcomes": {"aprove": 1}}}}, "did you mean 'approve'?"),
    ],
)
def test_a_profile_of_another_service(habits: Json, said: str) -> None:
    found = list(profile_findings(Profile.model_validate(habits), permanent_address()))
    assert said in " ".join(map(str, found))


def test_shares_are_in_order() -> None:
    with pytest.raises(ValidationError, match="in this order"):
        Share(least=1, usual=0, most=2)


@given(st.integers(0, 2**32))
def test_applications_may_be_filed(seed: int) -> None:
    model = ServiceModel.model_validate(full())
    known = candidates(model)
    made = cast(model, date(2026, 3, 2), Profile(), random.Random(seed), known)
    assert all(judge(rule.when, made.facts).holds for rule in model.eligibility)
    assert made.answers["truth"] is True
    assert ("purpose_other" in made.answers) == (made.answers["purpose"] == "other")
    assert any((fee.tier, fee.delivery) == (made.tier, made.delivery) for fee in model.fees)


def test_rules_that_nobody_meets_are_told_of() -> None:
    data = full()
    data["eligibility"][0]["when"] = {"fact": "purpose", "equals": "nothing"}
    model = ServiceModel.model_validate(data)
    made = cast(model, date(2020, 1, 1), Profile(), random.Random(1), candidates(model))
    assert set(made.turned_away) == {"not-abroad"}


def test_a_register_that_knows_nothing_says_nothing_else() -> None:
    known: dict[str, tuple[JsonValue, ...]] = {
        "evidence.a.found": (False,),
        "evidence.a.name": ("x",),
        "evidence.b.found": (True,),
    }
    assert answered("a", Always(0), known) == {"evidence.a.found": False}
    assert answered("b", Always(0), known) == {"evidence.b.found": True}


def test_numbers_and_texts_on_both_sides_of_what_conditions_say() -> None:
    data = full()
    phase(data, "sorting")["choices"] = [
        {"when": {"all": [{"fact": "area", "at_least": 100}]}, "outcome": "joint"},
        {"when": {"fact": "names", "equals": "Мария"}, "outcome": "outside"},
    ]
    data["form"]["json_schema"]["properties"]["area"] = {"type": "integer"}
    data["form"]["json_schema"]["properties"]["things"] = {"type": "array"}
    known = candidates(ServiceModel.model_validate(data))
    assert known["area"] == (99, 100, 101)
    assert known["names"] == ("Мария", "…")
    assert known["things"] == ([], [{}])
    assert known["email"] == ("…",)


def sorted_by(*choices: Json) -> ServiceModel:
    data = full()
    phase(data, "sorting")["choices"] = list(choices)
    return ServiceModel.model_validate(data)


ABROAD = {"fact": "purpose", "equals": "abroad"}


@pytest.mark.parametrize(
    ("choices", "outcome", "reason"),
    [
        ([{"when": ABROAD, "outcome": "joint"}], "joint", "condition-never-holds"),
        ([{"when": ABROAD, "outcome": "joint"}], "outside", "condition-never-holds"),
        ([{"when": {"none": [ABROAD]}, "outcome": "joint"}], "joint", "not-drawn"),
        (
            [{"when": {"fact": "truth", "equals": True}, "outcome": "outside"}],
            "outside",
            "not-drawn",
        ),
    ],
)
def test_why_conditions_never_led_there(choices: list[Json], outcome: str, reason: str) -> None:

    model = sorted_by(*choices)
    monday = local("2026-02-02T09:00")
    track = a_track([Visit("sorting", monday, None, monday, "examine")])
    found = untaken(model, [track], Profile(), candidates(model))
    reasons = {(one.phase, one.outcome): one.reason for one in found}
    assert reasons["sorting", outcome] == reason


def test_spreads() -> None:
    assert spread([]) is None
    ten = spread(range(1, 11))
    assert ten is not None
    assert (ten.least, ten.median, ten.nine_of_ten, ten.most) == (1, 5, 9, 10)
    one = spread([4])
    assert one is not None
    assert (one.least, one.median, one.nine_of_ten, one.most) == (4, 4, 4, 4)


def test_nothing_is_typical_of_no_cases() -> None:
    assert typical([]) == ((), None)
