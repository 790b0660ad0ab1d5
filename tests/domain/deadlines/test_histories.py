"""What suspensions, interruptions and extensions do, whatever else happened."""

from datetime import date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines import Clock, Extension, Rule, Stop, due, running
from chalicelib.domain.deadlines.office import office_time
from chalicelib.domain.services.words import Term, Unit
from tests.domain.deadlines.histories import (
    CALENDAR,
    calendars,
    clocks,
    extension,
    instants,
    interruption,
    spans,
    suspension,
    terms,
    with_stops,
)

DAY = timedelta(days=1)
CALENDAR_UNITS: tuple[Unit, ...] = ("calendar-days", "weeks", "months", "years")
SUSPENDED = ("suspension",)


def adding(clock: Clock, stop: Stop) -> Clock:
    """The clock with one more stop after its others."""
    return with_stops(clock, *clock.stops, stop)


def last_moment(clock: Clock) -> datetime:
    return max([clock.start, *(stop.until or stop.at for stop in clock.stops)])


@given(clock=clocks(stands=False), after=spans, calendar=calendars())
def test_suspending_and_going_on_at_once_changes_nothing(
    clock: Clock, after: timedelta, calendar: Calendar
) -> None:
    at = last_moment(clock) + after

    assert running(adding(clock, suspension(at, at)), calendar).due == running(clock, calendar).due


@given(clock=clocks(stands=False), after=spans, one=spans, other=spans, calendar=calendars())
def test_a_suspension_in_two_parts_is_as_long_as_in_one(
    clock: Clock, after: timedelta, one: timedelta, other: timedelta, calendar: Calendar
) -> None:
    at = last_moment(clock) + after
    whole = adding(clock, suspension(at, at + one + other))
    parts = adding(adding(clock, suspension(at, at + one)), suspension(at + one, at + one + other))

    assert running(parts, calendar).due == running(whole, calendar).due


@given(clock=clocks(stands=False), after=spans, long=spans, longer=spans, calendar=calendars())
def test_a_longer_suspension_never_makes_a_term_end_earlier(
    clock: Clock, after: timedelta, long: timedelta, longer: timedelta, calendar: Calendar
) -> None:
    at = last_moment(clock) + after
    plain = running(clock, calendar)
    suspended = running(adding(clock, suspension(at, at + long)), calendar)
    more = running(adding(clock, suspension(at, at + long + longer)), calendar)

    assert plain.due <= suspended.due <= more.due


@given(
    start=instants,
    term=terms(*CALENDAR_UNITS),
    after=st.integers(0, 30),
    days=st.integers(0, 60),
    calendar=calendars(),
)
def test_a_suspension_moves_the_last_day_by_the_days_for_which_the_clock_stood(
    start: datetime, term: Term, after: int, days: int, calendar: Calendar
) -> None:
    plain = due(start, term, calendar)
    counted = next(step.date for step in plain.steps if step.code == "counted")
    at = start + DAY * after
    assume(calendar.local_date(at) <= counted)
    stop = suspension(at, at + DAY * days)

    found = running(Clock(start=start, term=term, stops=(stop,)), calendar)

    stood = calendar.local_date(at + DAY * days) - calendar.local_date(at)
    assert found.date == calendar.next_working(counted + stood)


@given(clock=clocks("working-days", kinds=SUSPENDED), calendar=calendars())
def test_as_many_working_days_pass_as_the_term_has_not_counting_the_suspended(
    clock: Clock, calendar: Calendar
) -> None:
    assume(clock.term.amount)
    clock = Clock(start=clock.start, term=clock.term, stops=clock.stops)
    found = running(clock, calendar)
    assume(found.stopped_at is None and not any(s.code == "stop-too-late" for s in found.steps))
    assume(not any(step.code == "rolled-forward" for step in found.steps))

    stood = {
        calendar.local_date(stop.at) + DAY * n
        for stop in clock.stops
        for n in range(1, (day_of(stop.until, calendar) - day_of(stop.at, calendar)).days + 1)
    }
    first = calendar.local_date(clock.start)
    days = {first + DAY * n for n in range(1, (found.date - first).days + 1)}
    assert sum(calendar.is_working(day) for day in days - stood) == clock.term.amount


@given(clock=clocks("hours", kinds=SUSPENDED))
def test_hours_and_the_time_for_which_the_clock_stood_add_up(clock: Clock) -> None:
    clock = Clock(start=clock.start, term=clock.term, stops=clock.stops)
    found = running(clock, CALENDAR)

    stood = sum(
        ((stop.until or stop.at) - stop.at for stop in clock.stops if stop.at <= found.due),
        timedelta(0),
    )
    assert found.due - clock.start == timedelta(hours=clock.term.amount) + stood


@given(clock=clocks("working-hours", kinds=SUSPENDED), calendar=calendars())
def test_of_working_hours_the_office_time_of_suspensions_is_taken_out(
    clock: Clock, calendar: Calendar
) -> None:
    clock = Clock(start=clock.start, term=clock.term, stops=clock.stops)
    found = running(clock, calendar)

    stood = sum(
        (
            office_time(stop.at, stop.until or stop.at, calendar)
            for stop in clock.stops
            if stop.at <= found.due
        ),
        timedelta(0),
    )
    passed = office_time(clock.start, found.due, calendar)
    assert passed - stood == timedelta(hours=clock.term.amount)


@given(clock=clocks(stands=False), after=spans, stands=spans, calendar=calendars())
def test_an_interruption_is_a_fresh_start(
    clock: Clock, after: timedelta, stands: timedelta, calendar: Calendar
) -> None:
    at = last_moment(clock) + after
    old = clock.model_copy(update={"rule": Rule(), "extensions": ()})
    assume(at <= running(old, calendar).due)

    found = running(adding(old, interruption(at, at + stands)), calendar)

    assert found.due == due(at + stands, clock.term, calendar).due


@given(clock=clocks(stands=False), late=spans, calendar=calendars())
def test_what_comes_after_the_end_changes_nothing_but_is_told(
    clock: Clock, late: timedelta, calendar: Calendar
) -> None:
    plain = running(clock, calendar)
    at = max(last_moment(clock), plain.due + DAY) + late
    stops = (*clock.stops, suspension(at, at + DAY), interruption(at + DAY, None))
    granted = [*clock.extensions, extension(at, Term(amount=1, unit="years"))]
    late_clock = with_stops(clock, *stops).model_copy(update={"extensions": in_order(granted)})

    found = running(late_clock, calendar)

    assert (found.due, found.date, found.stopped_at) == (plain.due, plain.date, None)
    assert [step.code for step in found.steps].count("stop-too-late") >= 2


@given(clock=clocks(stands=False), after=spans, calendar=calendars())
def test_while_a_clock_stands_it_is_due_as_if_it_went_on_at_once(
    clock: Clock, after: timedelta, calendar: Calendar
) -> None:
    at = last_moment(clock) + after
    alone = clock.model_copy(update={"extensions": ()})
    late = running(adding(alone, suspension(at, at)), calendar)
    for make in (suspension, interruption):
        stands = running(adding(alone, make(at, None)), calendar)
        goes = running(adding(alone, make(at, at)), calendar)

        assert stands.due == goes.due
        too_late = any(step.code == "stop-too-late" and step.at == at for step in late.steps)
        assert stands.stopped_at == (None if too_late else at)


@given(clock=clocks(), granted=spans, term=terms(), calendar=calendars())
def test_an_extension_never_makes_a_term_end_earlier_and_a_longer_one_neither(
    clock: Clock, granted: timedelta, term: Term, calendar: Calendar
) -> None:
    at = max([clock.start, *(one.at for one in clock.extensions)]) + granted
    longer = Term(amount=term.amount + 1, unit=term.unit)
    plain = running(clock, calendar)
    extended = running(extending(clock, extension(at, term)), calendar)
    more = running(extending(clock, extension(at, longer)), calendar)

    assert plain.due <= extended.due <= more.due


@given(start=instants, term=terms(), more=terms(), calendar=calendars())
def test_an_extension_is_a_term_that_starts_where_the_other_ends(
    start: datetime, term: Term, more: Term, calendar: Calendar
) -> None:
    clock = Clock(start=start, term=term, extensions=(extension(start, more),))

    plain = due(start, term, calendar)
    assert running(clock, calendar).due == due(plain.due, more, calendar).due


@given(clock=clocks(), granted=spans, term=terms(), stands=st.booleans())
def test_a_clock_that_stands_may_be_extended_at_any_time(
    clock: Clock, granted: timedelta, term: Term, stands: bool
) -> None:
    alone = Clock(start=clock.start, term=clock.term)
    stop = suspension(clock.start, None) if stands else interruption(clock.start, None)
    extended = extending(adding(alone, stop), extension(clock.start + granted, term))

    found = running(extended, CALENDAR)

    assert [step.code for step in found.steps].count("extended") == 1


def extending(clock: Clock, one: Extension) -> Clock:
    return clock.model_copy(update={"extensions": (*clock.extensions, one)})


def in_order(granted: list[Extension]) -> tuple[Extension, ...]:
    return tuple(sorted(granted, key=lambda one: one.at))


def day_of(at: datetime | None, calendar: Calendar) -> date:
    assert at is not None
    return calendar.local_date(at)
