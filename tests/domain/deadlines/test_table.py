"""Worked cases around every holiday of 2024–2028: tests/data/deadlines.csv."""

import csv
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.easter import EASTER_ORTHODOX, easter

from chalicelib.adapters.calendar.bulgarian import bulgarian
from chalicelib.domain.deadlines import due
from chalicelib.domain.services.words import Term
from infra.paths import ROOT
from tests.domain.deadlines.oracle import DAYS_OFF, OFF, expected

CALENDAR = bulgarian()
DAY = timedelta(days=1)
with (ROOT / "tests" / "data" / "deadlines.csv").open(encoding="utf-8", newline="") as file:
    ROWS = [
        (row["start"], row["term"], row["expected"], row["remark"]) for row in csv.DictReader(file)
    ]
# Once, for the coming of the euro: a decision of its own, not a rule of the Labour Code.
DECIDED = {date(2025, 12, 31), date(2026, 1, 2)}
FIXED = [(1, 1), (3, 3), (5, 1), (5, 6), (5, 24), (9, 6), (9, 22), (12, 24), (12, 25), (12, 26)]


@pytest.mark.parametrize(("start", "term", "last", "remark"), ROWS)
def test_a_worked_case(start: str, term: str, last: str, remark: str) -> None:
    noon = datetime.combine(date.fromisoformat(start), time(12), CALENDAR.zone).astimezone(UTC)

    found = due(noon, Term.model_validate(term), CALENDAR)

    assert found.date == date.fromisoformat(last), remark


def test_the_table_was_worked_by_another_method_and_leaves_no_holiday_out() -> None:
    assert len(ROWS) > 300
    for start, term, last, remark in ROWS:
        assert expected(date.fromisoformat(start), term) == date.fromisoformat(last), remark
    spans = [(date.fromisoformat(row[0]), date.fromisoformat(row[2])) for row in ROWS]
    near = [(first, last) for first, last in spans if last - first <= 14 * DAY]
    assert [off for off in DAYS_OFF if not any(a <= off < b for a, b in near)] == []


@pytest.mark.parametrize("year", sorted(OFF))
def test_the_generated_days_are_those_written_down_by_hand(year: int) -> None:
    assert weekdays_off(year) == {day for day in DAYS_OFF if day.year == year}


@pytest.mark.parametrize("year", range(CALENDAR.first_year, CALENDAR.last_year + 1))
def test_the_generated_days_are_those_of_the_law(year: int) -> None:
    """Labour Code, art. 154 (1) and (2): at a weekend a holiday, Easter excepted, frees the first
    working days after it."""
    sunday = easter(year, EASTER_ORTHODOX)
    off = {sunday + DAY * offset for offset in (-2, -1, 0, 1)}
    fixed = [date(year, month, day) for month, day in FIXED]
    off |= set(fixed)
    for day in fixed:
        if day.weekday() >= 5:
            off.add(first_working(day, off))
    assert weekdays_off(year) - DECIDED == {day for day in off if day.weekday() < 5}


def first_working(day: date, off: set[date]) -> date:
    while day in off or day.weekday() >= 5:
        day += DAY
    return day


def weekdays_off(year: int) -> set[date]:
    days = (date(year, 1, 1) + DAY * offset for offset in range(366))
    return {
        day
        for day in days
        if day.year == year and day.weekday() < 5 and not CALENDAR.is_working(day)
    }
