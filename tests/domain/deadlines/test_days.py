"""Deadlines: tables of dates that people can check on a wall calendar, and rules for all dates."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.calendar.bulgarian import bulgarian
from chalicelib.domain.calendar import Calendar, OutsideCalendar
from chalicelib.domain.deadlines import Deadline, before, due, explain
from chalicelib.domain.services.words import Term, Text

CALENDAR = bulgarian()
DAY = timedelta(days=1)
SKIPS = {"weekend-skipped", "holiday-skipped", "day-off-skipped"}


def term(words: str) -> Term:
    return Term.model_validate(words)


def noon(day: str) -> datetime:
    """Noon in Sofia."""
    return datetime.combine(date.fromisoformat(day), time(12), CALENDAR.zone)


@pytest.mark.parametrize(
    ("start", "words", "expected", "remark"),
    [
        ("2026-11-23", "2 working-days", "2026-11-25", "Monday, an ordinary week"),
        ("2026-11-27", "2 working-days", "2026-12-01", "Friday: the weekend does not count"),
        ("2026-11-28", "2 working-days", "2026-12-01", "filed on Saturday counts from Monday"),
        ("2026-11-28", "1 working-day", "2026-11-30", "filed on Saturday, due on Monday"),
        ("2024-05-02", "2 working-days", "2024-05-08", "Easter and St George in one week"),
        ("2024-12-23", "2 working-days", "2024-12-30", "Christmas in the middle of the week"),
        ("2025-04-17", "2 working-days", "2025-04-23", "Easter 2025"),
        ("2025-12-30", "2 working-days", "2026-01-06", "days off around the coming of the euro"),
        ("2026-04-09", "2 working-days", "2026-04-15", "Easter 2026"),
        ("2026-05-22", "1 working-day", "2026-05-26", "24 May is a Sunday: Monday is free"),
        ("2026-12-23", "2 working-days", "2026-12-30", "26 December is a Saturday"),
        ("2027-04-29", "1 working-day", "2027-05-05", "Easter and Labour Day on one Saturday"),
        ("2027-12-23", "1 working-day", "2027-12-29", "Christmas at a weekend: two days instead"),
        ("2028-02-28", "1 working-day", "2028-02-29", "a leap day works"),
        ("2028-12-22", "1 working-day", "2028-12-28", "Christmas Eve on a Sunday"),
        ("2026-11-23", "7 calendar-days", "2026-11-30", "a week later, a Monday"),
        ("2026-11-23", "5 calendar-days", "2026-11-30", "Saturday rolls to Monday"),
        ("2026-12-17", "7 calendar-days", "2026-12-29", "Christmas Eve rolls over all of it"),
        ("2026-11-16", "14 calendar-days", "2026-11-30", "the term of appeal"),
        ("2024-02-22", "7 calendar-days", "2024-02-29", "into a leap day"),
        ("2026-11-23", "0 working-days", "2026-11-23", "the same day"),
        ("2026-11-22", "0 calendar-days", "2026-11-23", "the same day, were it not a Sunday"),
    ],
)
def test_days_on_the_wall_calendar(start: str, words: str, expected: str, remark: str) -> None:
    found = due(noon(start), term(words), CALENDAR)

    assert found.date == date.fromisoformat(expected), remark
    local = found.due.astimezone(CALENDAR.zone)
    assert (local.date(), local.time()) == (found.date, time(23, 59, 59))


@pytest.mark.parametrize(
    ("start", "words", "expected", "remark"),
    [
        ("2026-11-23T21:59:59", "1 working-day", "2026-11-24T21:59:59", "23:59:59 in Sofia"),
        ("2026-11-23T22:00:00", "1 working-day", "2026-11-25T21:59:59", "midnight: a day later"),
        ("2026-03-27T10:00:00", "1 working-day", "2026-03-30T20:59:59", "over the night of DST"),
        ("2026-10-23T10:00:00", "1 working-day", "2026-10-26T21:59:59", "over the other one"),
        ("2026-03-28T22:30:00", "24 hours", "2026-03-29T22:30:00", "hours know no DST"),
        ("2026-10-24T22:30:00", "24 hours", "2026-10-25T22:30:00", "hours know no DST"),
        ("2026-12-24T10:00:00", "3 hours", "2026-12-24T13:00:00", "nor holidays"),
    ],
)
def test_instants_in_utc(start: str, words: str, expected: str, remark: str) -> None:
    began = datetime.fromisoformat(start).replace(tzinfo=UTC)

    found = due(began, term(words), CALENDAR)

    assert found.due == datetime.fromisoformat(expected).replace(tzinfo=UTC), remark


@pytest.mark.parametrize(
    ("end", "words", "expected", "remark"),
    [
        ("2026-11-30", "0 working-days", "2026-11-30T07:00", "the morning of the last day"),
        ("2026-11-30", "1 working-day", "2026-11-27T07:00", "a Monday's eve is a Friday"),
        ("2026-11-30", "2 calendar-days", "2026-11-28T07:00", "whatever day that is"),
        ("2026-04-14", "1 working-day", "2026-04-09T06:00", "before Easter, in summer time"),
        ("2026-11-30", "0 hours", "2026-11-30T21:59:59", "the moment it is late"),
        ("2026-11-30", "24 hours", "2026-11-29T21:59:59", "exactly"),
    ],
)
def test_counting_back_ends_when_the_office_opens(
    end: str, words: str, expected: str, remark: str
) -> None:
    late = CALENDAR.last_instant(date.fromisoformat(end))

    found = before(late, term(words), CALENDAR)

    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC), remark


def test_days_off_of_the_administration_and_declared_working_days() -> None:
    saint = Text(bg="Празник на града", en="Day of the city")
    changes = {
        "declared_working": frozenset({date(2026, 11, 28)}),
        "days_off": {date(2026, 11, 27): saint},
    }
    own = CALENDAR.model_copy(update=changes)

    found = due(noon("2026-11-26"), term("2 working-days"), own)

    assert found.date == date(2026, 11, 30)
    assert explain(found, "bg") == [
        "26.11.2026 г.: срокът започва; този ден не се брои (чл. 60, ал. 5 ГПК).",
        "27.11.2026 г.: неприсъствен ден на администрацията (Празник на града) – не се брои.",
        "28.11.2026 г.: обявен за работен ден – брои се (чл. 154, ал. 3 КТ).",
        "29.11.2026 г.: почивен ден в края на седмицата – не се брои (чл. 153 КТ).",
        "30.11.2026 г.: 2 работни дни – последният ден на срока.",
        "30.11.2026 г.: срокът изтича в края на деня (чл. 62, ал. 1 ГПК).",
    ]


def test_a_deadline_explains_its_rolling_forward_in_english() -> None:
    found = due(noon("2026-12-18"), term("7 calendar-days"), CALENDAR)

    civil, labour = "Civil Procedure Code, art.", "Labour Code, art."
    moves = "moves to the next working day"
    skipped = f"does not count ({labour} 154)."
    assert explain(found, "en") == [
        f"18 December 2026: the term begins; this day does not count ({civil} 60 (5)).",
        "25 December 2026: 7 calendar days – the last day of the term.",
        f"25 December 2026: public holiday (Christmas Day) – {skipped}",
        f"26 December 2026: public holiday (Christmas Day) – {skipped}",
        f"27 December 2026: weekend – does not count ({labour} 153).",
        f"28 December 2026: public holiday (Christmas Day (observed)) – {skipped}",
        f"29 December 2026: the last day is not a working day, so it {moves} ({civil} 60 (6)).",
        f"29 December 2026: the term ends at the end of the day ({civil} 62 (1)).",
    ]


def test_hours_are_explained() -> None:
    found = due(noon("2026-11-23"), term("1 hour"), CALENDAR)

    assert explain(found, "bg") == [
        "23.11.2026 г., 13:00 ч.: 1 час от започването на срока, без прекъсване."
    ]


def test_a_year_that_the_calendar_does_not_know_is_refused_not_guessed() -> None:
    with pytest.raises(OutsideCalendar):
        due(noon("2045-12-28"), term("5 working-days"), CALENDAR)


STARTS = st.datetimes(
    datetime(2024, 1, 2),
    datetime(2034, 12, 1),
    timezones=st.just(UTC),  # zone below
)
DAYS = st.integers(min_value=0, max_value=40)
UNITS = st.sampled_from(["working-days", "calendar-days"])


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Bulgaria's, with own days off and weekend days that were declared working."""
    some = st.lists(st.dates(date(2024, 1, 1), date(2035, 12, 31)), max_size=20)
    off = dict.fromkeys(draw(some), Text(bg="Затворено", en="Closed"))
    working = frozenset(day for day in draw(some) if day.weekday() >= 5)
    changes = {"days_off": off, "declared_working": working}
    return CALENDAR.model_copy(update=changes)


@given(start=STARTS, amount=DAYS, unit=UNITS, calendar=calendars())
def test_a_deadline_is_a_working_day_and_never_before_its_start(
    start: datetime, amount: int, unit: str, calendar: Calendar
) -> None:
    found = due(start, term(f"{amount} {unit}"), calendar)

    assert calendar.is_working(found.date)
    assert found.due >= start - timedelta(seconds=1)


@given(start=STARTS, amount=DAYS, unit=UNITS, calendar=calendars())
def test_a_longer_term_never_ends_earlier_and_working_days_never_before_calendar_days(
    start: datetime, amount: int, unit: str, calendar: Calendar
) -> None:
    found = due(start, term(f"{amount} {unit}"), calendar)

    assert found.due <= due(start, term(f"{amount + 1} {unit}"), calendar).due
    assert found.due <= due(start, term(f"{amount} working-days"), calendar).due
    assert found.due <= due(start + DAY, term(f"{amount} {unit}"), calendar).due


@given(start=STARTS, amount=DAYS, unit=UNITS, calendar=calendars())
def test_the_explanation_alone_leads_to_the_same_day(
    start: datetime, amount: int, unit: str, calendar: Calendar
) -> None:
    found = due(start, term(f"{amount} {unit}"), calendar)

    assert replay(found, calendar.local_date(start)) == found.date
    assert len(explain(found, "bg")) == len(explain(found, "en")) == len(found.steps)


@given(start=STARTS, amount=DAYS, calendar=calendars())
def test_counting_back_from_a_due_day_finds_the_first_day_again(
    start: datetime, amount: int, calendar: Calendar
) -> None:
    found = due(start, term(f"{amount} working-days"), calendar)
    first = before(found.due, term(f"{amount} working-days"), calendar)

    assert calendar.is_working(calendar.local_date(first))
    again = due(first, term(f"{amount} working-days"), calendar)
    assert again.date == found.date


def replay(deadline: Deadline, day: date) -> date:
    """Counts by the steps and nothing else: every day counts but those that are said not to."""
    skipped = {
        step.date + DAY * offset
        for step in deadline.steps
        if step.code in SKIPS
        for offset in range(((step.until or step.date) - step.date).days + 1)
    }
    counts_all = deadline.term.unit == "calendar-days"
    left = deadline.term.amount
    while left:
        day += DAY
        left -= counts_all or day not in skipped
    while day in skipped:
        day += DAY
    return day
