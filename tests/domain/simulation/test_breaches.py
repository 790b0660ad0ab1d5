"""Proofs that a term can be missed, day by day."""

from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.words import Term
from chalicelib.domain.simulation import Breach, breaches
from chalicelib.domain.simulation.breaches import longest_ways
from tests.every_word import GROUND, full, outcome, phase
from tests.models import calendar, permanent_address

MONDAY, TUESDAY, FRIDAY = date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 6)
Json = dict[str, Any]


def model(promise: str, *terms: str, arrival: str = "filed", **more: object) -> ServiceModel:
    """One human phase after the other, with these terms, and a promise."""
    data: Json = permanent_address().model_dump(mode="json", exclude_none=True)
    human = phase(data, "examination")
    chain = [
        {
            **human,
            "id": f"step-{n}",
            "term": term,
            "milestones": [],
            "outcomes": {"approve": outcome(f"step-{n + 1}")},
        }
        for n, term in enumerate(terms)
    ]
    chain[-1]["outcomes"] = {"approve": outcome("issuing")}
    others = [one for one in data["phases"] if one["id"] in {"payment", "issuing", "delivery"}]
    others[0]["outcomes"]["paid"]["next"] = "step-0"
    for fee in data["fees"]:
        fee["term"] = promise
    data |= {"phases": [*others, *chain], "arrival": arrival, **more}
    if arrival != "paid":
        data["first"] = "step-0"
    return ServiceModel.model_validate(data)


def of_day(made: ServiceModel, day: date, days: Calendar | None = None) -> list[Breach]:
    return [one for one in breaches(made, days or calendar(), day, 1) if one.tier == "regular"]


@pytest.mark.parametrize(
    ("promise", "terms", "filed", "ends", "remark"),
    [
        ("2 working-days", ["2 working-days"], MONDAY, None, "exactly as promised"),
        ("2 working-days", ["3 working-days"], MONDAY, date(2026, 2, 5), "a day too long"),
        ("4 working-days", ["2 working-days"] * 2, FRIDAY, None, "working days add up"),
        ("7 calendar-days", ["4 calendar-days", "3 calendar-days"], MONDAY, None, "and here too"),
        (
            "7 calendar-days",
            ["4 calendar-days", "3 calendar-days"],
            date(2026, 2, 3),
            date(2026, 2, 12),
            "the first ends on Saturday, so on Monday; the second runs from there",
        ),
        ("48 hours", ["24 hours", "24 hours"], FRIDAY, None, "hours run through"),
        ("1 month", ["15 calendar-days", "14 calendar-days"], FRIDAY, date(2026, 3, 7), "February"),
    ],
)
def test_terms_after_one_another(
    promise: str, terms: list[str], filed: date, ends: date | None, remark: str
) -> None:
    found = of_day(model(promise, *terms), filed)
    assert [one.ends for one in found] == ([ends] if ends else []), remark


def test_a_breach_says_which_phases_and_what_was_allowed() -> None:
    (found,) = of_day(
        model("7 calendar-days", "4 calendar-days", "3 calendar-days"), date(2026, 2, 3)
    )
    assert found.exceeds == "promise"
    assert found.allowed == Term(amount=7, unit="calendar-days")
    assert found.phases == ("step-0", "step-1")
    assert (found.filed, found.allowed_until) == (date(2026, 2, 3), date(2026, 2, 10))
    assert (found.days, found.tried) == (1, 1)


def test_what_is_missed_only_because_phases_roll_over_days_off_is_said() -> None:
    (rolled,) = of_day(model("7 calendar-days", "4 calendar-days", "3 calendar-days"), TUESDAY)
    (hard,) = of_day(model("7 calendar-days", "6 calendar-days", "6 calendar-days"), TUESDAY)
    assert (rolled.rolled, hard.rolled) == (True, False)
    made = model("7 calendar-days", "4 calendar-days", "3 calendar-days")
    assert breaches(made, calendar(), TUESDAY, 1, rolled=False) == ()


def test_the_first_day_and_the_number_of_days() -> None:
    made = model("7 calendar-days", "4 calendar-days", "3 calendar-days")
    (found,) = (b for b in breaches(made, calendar(), MONDAY, 7) if b.tier == "regular")
    each = [bool(of_day(made, MONDAY + timedelta(days=n))) for n in range(7)]
    assert found.filed == MONDAY + timedelta(days=each.index(True))
    assert found.days == sum(each)
    assert found.tried == 7


def test_the_law_is_another_limit() -> None:
    law = {"term": "2 working-days", "ground": GROUND}
    (found,) = of_day(model("9 working-days", "3 working-days", legal_term=law), MONDAY)
    assert found.exceeds == "legal-term"
    assert found.ground is not None
    assert found.ground.in_("en") == GROUND["en"]


def test_the_term_begins_when_the_fee_is_paid() -> None:
    assert of_day(model("2 working-days", "2 working-days", arrival="paid"), MONDAY) == []
    (found,) = of_day(model("2 working-days", "3 working-days", arrival="paid"), MONDAY)
    assert found.phases == ("step-0",)


def test_the_term_begins_when_the_application_is_complete() -> None:
    assert of_day(model("2 working-days", "2 working-days", arrival="complete"), MONDAY) == []
    assert of_day(model("2 working-days", "3 working-days", arrival="complete"), MONDAY)


@pytest.mark.parametrize(
    ("clock", "promise", "late"),
    [
        ("runs", "4 working-days", True),
        ("suspended", "4 working-days", False),
        ("suspended", "3 working-days", True),
        ("interrupted", "3 working-days", False),
        ("interrupted", "1 working-day", True),
    ],
)
def test_a_phase_that_stops_the_clock(clock: str, promise: str, *, late: bool) -> None:
    made = model(promise, "2 working-days", "2 working-days", "2 working-days")
    data = made.model_dump(mode="json", exclude_none=True)
    for one in data["phases"]:
        if one["id"] == "step-1":
            one |= {"clock": clock, "clock_ground": GROUND}
    assert bool(of_day(ServiceModel.model_validate(data), MONDAY)) == late


def test_of_many_ways_the_longest_are_judged() -> None:
    made = ServiceModel.model_validate(full())
    ways = longest_ways(made, "regular")
    assert 1 <= len(ways) <= 3
    assert all(way[0].id == made.first for way in ways)
    assert all(len({one.id for one in way}) == len(way) for way in ways)
