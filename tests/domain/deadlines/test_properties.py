"""What holds for every term, whenever it begins and over every calendar."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines import (
    Clock,
    Deadline,
    ExtensionLimit,
    Rule,
    before,
    due,
    explain,
    from_one_start,
    may_extend,
    objections,
    replay,
    running,
)
from chalicelib.domain.deadlines.office import office_time
from chalicelib.domain.services.words import Term, Text
from tests.domain.deadlines.histories import (
    CALENDAR,
    DAY_UNITS,
    calendars,
    clocks,
    extension,
    instants,
    spans,
    starts,
    terms,
)

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@given(start=instants, term=terms(*DAY_UNITS), calendar=calendars())
def test_a_term_in_days_ends_with_a_working_day_and_never_before_its_start(
    start: datetime, term: Term, calendar: Calendar
) -> None:
    found = due(start, term, calendar)

    assert calendar.is_working(found.date)
    assert found.due == calendar.last_instant(found.date)
    assert found.due > start - SECOND


@given(start=instants, term=terms(), calendar=calendars())
def test_a_longer_term_never_ends_earlier(start: datetime, term: Term, calendar: Calendar) -> None:
    longer = Term(amount=term.amount + 1, unit=term.unit)

    assert due(start, term, calendar).due <= due(start, longer, calendar).due


@given(start=instants, later=spans, term=terms(), calendar=calendars())
def test_what_starts_later_never_ends_earlier(
    start: datetime, later: timedelta, term: Term, calendar: Calendar
) -> None:
    assert due(start, term, calendar).due <= due(start + later, term, calendar).due


@given(start=instants, amount=st.integers(0, 60), calendar=calendars())
def test_working_days_never_end_before_as_many_calendar_days(
    start: datetime, amount: int, calendar: Calendar
) -> None:
    calendar_days = due(start, Term(amount=amount, unit="calendar-days"), calendar)
    working_days = due(start, Term(amount=amount, unit="working-days"), calendar)

    assert calendar_days.due <= working_days.due


@given(start=instants, amount=st.integers(0, 9), calendar=calendars())
def test_a_week_is_seven_days_and_a_year_twelve_months(
    start: datetime, amount: int, calendar: Calendar
) -> None:
    weeks = due(start, Term(amount=amount, unit="weeks"), calendar)
    days = due(start, Term(amount=amount * 7, unit="calendar-days"), calendar)
    years = due(start, Term(amount=amount, unit="years"), calendar)
    months = due(start, Term(amount=amount * 12, unit="months"), calendar)

    assert (weeks.due, years.due) == (days.due, months.due)


@given(start=instants, amount=st.integers(0, 11), unit=st.sampled_from(["months", "years"]))
def test_a_month_later_is_the_day_of_the_same_number_or_the_last_of_a_shorter_month(
    start: datetime, amount: int, unit: str
) -> None:
    every_day = CALENDAR.model_copy(update={"holidays": {}, "declared_working": EVERY_WEEKEND})
    first = every_day.local_date(start)
    found = due(start, Term.model_validate({"amount": amount, "unit": unit}), every_day).date

    months = amount if unit == "months" else amount * 12
    assert (found.year * 12 + found.month) - (first.year * 12 + first.month) == months
    assert found.day == first.day or (found.day < first.day and (found + DAY).day == 1)


@given(start=instants, amount=st.integers(0, 9999))
def test_hours_are_those_that_really_pass(start: datetime, amount: int) -> None:
    found = due(start, Term(amount=amount, unit="hours"), CALENDAR)

    assert found.due.astimezone(UTC) - start == timedelta(hours=amount)
    assert found.date == found.due.astimezone(CALENDAR.zone).date()


@given(start=instants, term=terms("working-hours"), calendar=calendars())
def test_working_hours_pass_only_while_the_office_is_open(
    start: datetime, term: Term, calendar: Calendar
) -> None:
    found = due(start, term, calendar)

    assert office_time(start, found.due, calendar) == timedelta(hours=term.amount)
    assert calendar.is_working(found.date)
    assert calendar.opening(found.date) <= found.due <= calendar.closing(found.date)


@given(start=instants, term=terms(), hours=st.integers(-12, 14))
def test_the_zone_in_which_a_start_is_written_does_not_matter(
    start: datetime, term: Term, hours: int
) -> None:
    elsewhere = start.astimezone(timezone(timedelta(hours=hours)))

    assert due(elsewhere, term, CALENDAR) == due(start, term, CALENDAR)


@given(start=starts, term=terms(), calendar=calendars(), day=st.integers(0, 90))
def test_one_more_day_off_never_makes_a_term_end_earlier(
    start: datetime, term: Term, calendar: Calendar, day: int
) -> None:
    off = calendar.local_date(start) + DAY * day
    more = calendar.days_off | {off: Text(bg="Затворено", en="Closed")}
    closed = calendar.model_copy(update={"days_off": more})

    assert due(start, term, calendar).due <= due(start, term, closed).due


@given(start=instants, term=terms(), calendar=calendars())
def test_the_cut_off_never_makes_a_term_end_earlier_nor_changes_what_comes_in_time(
    start: datetime, term: Term, calendar: Calendar
) -> None:
    plain = due(start, term, calendar)
    found = due(start, term, calendar, Rule(cut_off=True))

    assert plain.due <= found.due
    day = calendar.local_date(start)
    in_time = calendar.is_working(day) and start <= calendar.closing(day)
    assert in_time == (found.steps == plain.steps)


@given(clock=clocks(), calendar=calendars())
def test_the_explanation_alone_leads_to_the_same_day(clock: Clock, calendar: Calendar) -> None:
    found = running(clock, calendar)

    assert replay(found, calendar) == found.date


@given(clock=clocks(), calendar=calendars())
def test_every_step_has_its_sentence_in_both_languages(clock: Clock, calendar: Calendar) -> None:
    found = running(clock, calendar)

    for language in ("bg", "en"):
        said = explain(found, language)
        assert len(said) == len(found.steps)
        assert all(one.endswith(".") and not one.endswith("..") for one in said)
        assert not any("{" in one or "None" in one or " ()" in one for one in said)
    assert not any("а" <= letter <= "я" for one in explain(found, "en") for letter in one.lower())


@given(clock=clocks(), calendar=calendars())
def test_the_steps_are_told_in_the_order_of_their_days(clock: Clock, calendar: Calendar) -> None:
    # Under the cut-off rule a clock may be stopped before it begins to count.
    steps = running(clock.model_copy(update={"rule": Rule()}), calendar).steps

    assert [step.date for step in steps] == sorted(step.date for step in steps)


@given(clock=clocks(), calendar=calendars())
def test_clocks_and_deadlines_survive_the_table(clock: Clock, calendar: Calendar) -> None:
    found = running(clock, calendar)

    assert Clock.model_validate_json(clock.model_dump_json()) == clock
    assert Deadline.model_validate_json(found.model_dump_json()) == found


@given(end=instants, term=terms(), calendar=calendars())
def test_counting_back_never_leads_forward_and_more_leads_further_back(
    end: datetime, term: Term, calendar: Calendar
) -> None:
    wide = calendar.model_copy(update={"first_year": 2010})
    more = Term(amount=term.amount + 1, unit=term.unit)
    found = before(end, term, wide)

    assert before(end, more, wide) <= found
    assert found <= max(end, wide.opening(wide.local_date(end)))


@given(start=instants, amount=st.integers(0, 40), calendar=calendars())
def test_counting_back_from_a_due_day_finds_the_first_day_again(
    start: datetime, amount: int, calendar: Calendar
) -> None:
    term = Term(amount=amount, unit="working-days")
    found = due(start, term, calendar)
    first = before(found.due, term, calendar)

    assert calendar.is_working(calendar.local_date(first))
    assert due(first, term, calendar).date == found.date


@given(end=instants, amount=st.integers(0, 100), calendar=calendars())
def test_counting_working_hours_back_and_on_again_loses_none(
    end: datetime, amount: int, calendar: Calendar
) -> None:
    wide = calendar.model_copy(update={"first_year": 2010})
    first = before(end, Term(amount=amount, unit="working-hours"), wide)

    assert office_time(first, end, wide) == timedelta(hours=amount)


@given(clock=clocks(), term=terms(), limit=terms(), times=st.integers(0, 3), after=spans)
def test_an_extension_is_allowed_exactly_when_nothing_speaks_against_it(
    clock: Clock, term: Term, limit: Term, times: int, after: timedelta
) -> None:
    at = max([clock.start, *(one.at for one in clock.extensions)]) + after
    limits = ExtensionLimit(times=times, longest=limit)
    asked = extension(at, term)

    found = objections(clock, asked, limits, CALENDAR)
    assert may_extend(clock, asked, limits, CALENDAR) == (found == ())
    assert "too-long" not in objections(clock, extension(at, limit), limits, CALENDAR)
    assert times > 0 or "too-many" in found


@given(start=instants, one=terms(), other=terms(), calendar=calendars())
def test_of_two_terms_from_one_start_one_is_inside_the_other_or_exceeds_it(
    start: datetime, one: Term, other: Term, calendar: Calendar
) -> None:
    nesting = from_one_start(start, {"decide": one, "correct": other}, calendar)

    assert (nesting.inside("decide") == ("correct",)) != (nesting.exceeding("decide") != ())
    assert nesting.deadlines["decide"] == due(start, one, calendar)


EVERY_WEEKEND = frozenset(
    day
    for day in (datetime(2024, 1, 1, tzinfo=UTC).date() + DAY * n for n in range(366 * 22))
    if day.weekday() >= 5
)
