"""Hours and working hours, and the two nights of the year in which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from chalicelib.domain.deadlines import Clock, before, due, explain, replay, running
from chalicelib.domain.deadlines.office import add_office_time, office_time
from chalicelib.domain.services.words import Term
from tests.domain.deadlines.histories import CALENDAR, suspension


def term(words: str) -> Term:
    return Term.model_validate(words)


def sofia(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=CALENDAR.zone)


@pytest.mark.parametrize(
    ("start", "hours", "expected", "remark"),
    [
        ("2026-03-28T12:00+02:00", 24, "2026-03-29T13:00+03:00", "a day without its fourth hour"),
        ("2026-03-29T02:59+02:00", 1, "2026-03-29T04:59+03:00", "three o'clock does not happen"),
        ("2026-03-29T02:00+02:00", 1, "2026-03-29T04:00+03:00", "at the very moment"),
        ("2026-03-29T00:00+02:00", 24, "2026-03-30T01:00+03:00", "the day has 23 hours"),
        ("2026-10-24T12:00+03:00", 24, "2026-10-25T11:00+02:00", "a day with an hour twice"),
        ("2026-10-25T03:30+03:00", 1, "2026-10-25T03:30+02:00", "half past three, twice"),
        ("2026-10-25T03:30+02:00", 1, "2026-10-25T04:30+02:00", "from the second one"),
        ("2026-10-25T00:00+03:00", 25, "2026-10-26T00:00+02:00", "the day has 25 hours"),
        ("2026-10-24T23:00+03:00", 2, "2026-10-25T01:00+03:00", "over midnight, not that hour"),
        ("2028-03-26T02:30+02:00", 72, "2028-03-29T03:30+03:00", "three days"),
        ("2026-12-24T10:00+02:00", 24, "2026-12-25T10:00+02:00", "hours know no holiday"),
        ("2028-02-28T12:00+02:00", 48, "2028-03-01T12:00+02:00", "over a leap day"),
        ("2026-01-01T00:00+02:00", 0, "2026-01-01T00:00+02:00", "no hours at all"),
    ],
)
def test_hours_are_exact_instants(start: str, hours: int, expected: str, remark: str) -> None:
    found = due(datetime.fromisoformat(start), Term(amount=hours, unit="hours"), CALENDAR)

    local = found.due.astimezone(CALENDAR.zone)
    assert local.isoformat(timespec="minutes") == expected, remark
    assert found.date == local.date()
    assert replay(found, CALENDAR) == found.date


@pytest.mark.parametrize(
    ("start", "hours", "changes"),
    [
        ("2026-03-28T12:00", 24, [(date(2026, 3, 29), 3600)]),
        ("2026-10-24T12:00", 24, [(date(2026, 10, 25), -3600)]),
        ("2026-03-01T12:00", 6000, [(date(2026, 3, 29), 3600), (date(2026, 10, 25), -3600)]),
        ("2026-03-29T00:00", 1, []),
        ("2026-03-29T02:30", 1, [(date(2026, 3, 29), 3600)]),
        ("2026-03-29T05:00", 20, []),
        ("2026-06-01T00:00", 48, []),
    ],
)
def test_the_explanation_names_the_nights_in_which_the_clocks_change(
    start: str, hours: int, changes: list[tuple[date, int]]
) -> None:
    found = due(sofia(start), Term(amount=hours, unit="hours"), CALENDAR)

    told = [(step.date, step.count) for step in found.steps if step.code == "clock-changed"]
    assert told == changes


@pytest.mark.parametrize(
    ("start", "day", "remark"),
    [
        ("2026-03-28T23:59", "2026-03-30", "Saturday: Sunday, then Monday"),
        ("2026-10-25T03:30", "2026-10-26", "in the hour that happens twice"),
    ],
)
def test_days_are_local_whatever_the_clocks_do(start: str, day: str, remark: str) -> None:
    for fold in (0, 1):
        found = due(sofia(start).replace(fold=fold), term("1 calendar-day"), CALENDAR)
        assert found.date == date.fromisoformat(day), remark
        assert found.due.astimezone(CALENDAR.zone).time() == time(23, 59, 59)


@pytest.mark.parametrize(
    ("start", "hours", "expected", "remark"),
    [
        ("2026-11-23T10:00", 2, "2026-11-23T12:00", "within a day"),
        ("2026-11-23T16:30", 1, "2026-11-23T17:30", "to the closing, not the next opening"),
        ("2026-11-23T16:30", 2, "2026-11-24T10:00", "over a night"),
        ("2026-11-27T17:00", 1, "2026-11-30T09:30", "over a weekend"),
        ("2026-11-28T12:00", 1, "2026-11-30T10:00", "begun on a Saturday"),
        ("2026-11-23T05:00", 1, "2026-11-23T10:00", "begun before the office opens"),
        ("2026-11-23T17:30", 0, "2026-11-23T17:30", "nothing, at the closing"),
        ("2026-11-23T18:00", 0, "2026-11-24T09:00", "nothing, in the evening"),
        ("2026-11-23T09:00", 17, "2026-11-24T17:30", "two whole days of 8½ hours"),
        ("2026-12-23T16:30", 2, "2026-12-29T10:00", "over Christmas"),
        ("2026-03-27T17:00", 1, "2026-03-30T09:30", "over the night of the missing hour"),
    ],
)
def test_working_hours(start: str, hours: int, expected: str, remark: str) -> None:
    found = due(sofia(start), Term(amount=hours, unit="working-hours"), CALENDAR)

    assert found.due == sofia(expected), remark
    assert found.due.tzinfo is UTC
    assert replay(found, CALENDAR) == found.date


def test_working_hours_over_a_weekend_are_explained_with_a_suspension() -> None:
    stop = suspension(sofia("2026-11-27T16:50"), sofia("2026-11-28T10:00"))
    clock = Clock(start=sofia("2026-11-27T16:00"), term=term("3 working-hours"), stops=(stop,))

    found = running(clock, CALENDAR)

    assert explain(found, "bg") == [
        (
            "27.11.2026 г., 16:50 ч.: срокът спира да тече – чл. 54 АПК; остават 2 ч. 10 мин."
            " (чл. 61, ал. 1 ГПК)."
        ),
        (
            "28.11.2026 г., 10:00 ч.: срокът продължава да тече; остават 2 ч. 10 мин."
            " (чл. 55, ал. 2 АПК)."
        ),
        (
            "28.11.2026 г. – 29.11.2026 г.: почивни дни в края на седмицата – не се броят"
            " (чл. 153 КТ)."
        ),
        "30.11.2026 г., 11:10 ч.: изтичат останалите 2 ч. 10 мин.",
    ]


def test_the_smallest_rests_are_told_to_the_second() -> None:
    start = sofia("2026-11-23T10:00:00")
    for seconds, said in [(3600, "0 min"), (3599, "1 s"), (1, "59 min 59 s"), (0, "1 h")]:
        at = start + timedelta(seconds=seconds)
        clock = Clock(start=start, term=term("1 hour"), stops=(suspension(at, at),))
        assert f"{said} left" in explain(running(clock, CALENDAR), "en")[0]


def test_office_time_between_instants() -> None:
    friday, monday = sofia("2026-11-27T15:30"), sofia("2026-11-30T10:00")

    assert office_time(friday, monday, CALENDAR) == timedelta(hours=3)
    assert office_time(monday, friday, CALENDAR) == timedelta(0)
    assert add_office_time(friday, timedelta(hours=3), CALENDAR) == monday


@pytest.mark.parametrize(
    ("end", "words", "expected", "remark"),
    [
        ("2026-11-30T10:00", "2 working-hours", "2026-11-27T16:30", "over a weekend"),
        ("2026-11-30T10:00", "1 working-hour", "2026-11-30T09:00", "to the opening"),
        ("2026-11-28T10:00", "1 working-hour", "2026-11-27T16:30", "from a Saturday"),
        ("2026-11-30T23:59", "1 week", "2026-11-23T09:00", "the same weekday"),
        ("2026-11-30T23:59", "2 weeks", "2026-11-16T09:00", "the same weekday"),
        ("2027-03-31T23:59", "1 month", "2027-02-28T09:00", "clamped, whatever day it is"),
        ("2028-02-29T23:59", "1 year", "2027-02-28T09:00", "clamped"),
        ("2027-01-15T23:59", "3 months", "2026-10-15T09:00", "over the turn of the year"),
        ("2026-03-29T12:00", "24 hours", "2026-03-28T11:00", "of a day of 23 hours"),
    ],
)
def test_counting_back(end: str, words: str, expected: str, remark: str) -> None:
    assert before(sofia(end), term(words), CALENDAR) == sofia(expected), remark
