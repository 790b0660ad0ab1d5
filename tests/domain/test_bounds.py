"""How long terms can be at the most and at the least, held against twenty years of calendar."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

import pytest

from chalicelib.adapters.calendar.bulgarian import bulgarian
from chalicelib.domain.services.bounds import (
    at_least_days,
    at_most_days,
    exceeds,
    fewest_working_days,
)
from chalicelib.domain.services.words import Term


def term(words: str) -> Term:
    return Term.model_validate(words)


def working() -> tuple[list[int], int]:
    """The numbers of the working days among all days of the calendar, and how many those are."""
    calendar = bulgarian()
    first = date(calendar.first_year, 1, 1)
    total = (date(calendar.last_year, 12, 31) - first).days + 1
    days = [first + timedelta(days=number) for number in range(total)]
    return [n for n, day in enumerate(days) if calendar.kind(day) == "working"], total


@pytest.mark.parametrize("amount", [*range(1, 31), 45, 60, 90, 120, 180, 250])
def test_no_working_days_of_the_calendar_are_outside_their_bounds(amount: int) -> None:
    found, total = working()
    spans = [
        found[last] - day
        for day in range(total)
        if (last := bisect_right(found, day) + amount - 1) < len(found)
    ]
    words = term(f"{amount} working-days")
    assert at_least_days(words) <= min(spans)
    assert max(spans) <= at_most_days(words)


@pytest.mark.parametrize("days", [*range(1, 62), 90, 180, 365])
def test_no_calendar_days_have_fewer_working_days(days: int) -> None:
    found, total = working()
    counted = []
    for day in range(total - days - 20):
        last = bisect_left(found, day + days)  # or the next working day
        counted.append(last + 1 - bisect_right(found, day))
    assert fewest_working_days(days) <= min(counted)


@pytest.mark.parametrize(
    ("taken", "allowed", "too_long", "remark"),
    [
        ({"working-days": 2}, "2 working-days", False, "equal units are exact"),
        ({"working-days": 3}, "2 working-days", True, ""),
        ({"calendar-days": 30}, "1 month", True, "February"),
        ({"calendar-days": 28}, "1 month", False, ""),
        ({"months": 1, "calendar-days": 28}, "2 months", False, "the month cancels out"),
        ({"months": 1, "calendar-days": 29}, "2 months", True, ""),
        ({"months": 1}, "30 calendar-days", True, "a long month"),
        ({"working-days": 20}, "30 calendar-days", True, "over Christmas and New Year"),
        ({"working-days": 14}, "30 calendar-days", False, ""),
        ({"working-days": 4}, "14 calendar-days", False, "Christmas and New Year"),
        ({"working-days": 5}, "14 calendar-days", True, "would be too long then"),
        ({"working-days": 5, "calendar-days": 3}, "14 calendar-days", True, ""),
        ({"working-days": 1}, "2 calendar-days", False, "the end rolls forward"),
        ({"working-days": 1, "months": 1}, "1 month", True, ""),
        ({"working-days": 1, "weeks": 1}, "1 month", False, ""),
        ({"working-days": 1}, "1 calendar-day", False, "both end on Monday"),
        ({"calendar-days": 3}, "3 working-days", False, ""),
        ({"hours": 24}, "1 calendar-day", False, ""),
        ({"hours": 25}, "1 calendar-day", True, ""),
        ({"working-hours": 4}, "1 working-day", True, "may lie over a weekend"),
        ({"weeks": 2}, "14 calendar-days", False, ""),
        ({"weeks": 1}, "1 year", False, ""),
        ({"working-days": 2, "hours": 1}, "2 working-days", True, "nothing is left"),
        ({}, "1 calendar-day", False, "nothing takes time"),
    ],
)
def test_whether_terms_exceed(
    taken: dict[str, int], allowed: str, too_long: bool, remark: str
) -> None:
    units = {term(f"1 {unit}").unit: amount for unit, amount in taken.items()}
    assert exceeds(units, term(allowed)) is too_long, remark
