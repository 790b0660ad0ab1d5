"""Clocks with a history, worked by hand on the wall calendar."""

from datetime import date, datetime, time

import pytest
from pydantic import ValidationError

from chalicelib.domain.calendar import OutsideCalendar
from chalicelib.domain.deadlines import (
    Clock,
    ExtensionLimit,
    Rule,
    Stop,
    due,
    from_one_start,
    objections,
    running,
    side_by_side,
)
from chalicelib.domain.services.words import Term
from tests.domain.deadlines.histories import (
    CALENDAR,
    GROUND,
    extension,
    interruption,
    suspension,
)


def term(words: str) -> Term:
    return Term.model_validate(words)


def at(local: str) -> datetime:
    """An instant by the clocks of Sofia; noon when only a day is given."""
    moment = datetime.fromisoformat(local)
    noon = datetime.combine(moment.date(), time(12)) if len(local) == len("2026-01-01") else moment
    return noon.replace(tzinfo=CALENDAR.zone)


def end(clock: Clock) -> str:
    """The local day, and the hour of a term in hours."""
    found = running(clock, CALENDAR)
    local = found.due.astimezone(CALENDAR.zone)
    return f"{local:%Y-%m-%d}" if local.time() == time(23, 59, 59) else f"{local:%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("start", "words", "stop", "on", "expected", "remark"),
    [
        ("2026-11-02", "14 calendar-days", "2026-11-06", "2026-11-13", "2026-11-23", "a week"),
        ("2026-11-02", "14 calendar-days", "2026-11-16", "2026-11-20", "2026-11-20", "none left"),
        ("2026-11-02", "14 calendar-days", "2026-11-16", "2026-11-21", "2026-11-23", "a Saturday"),
        ("2026-11-02", "14 calendar-days", "2026-11-02", "2026-11-09", "2026-11-23", "at once"),
        ("2026-11-02", "14 calendar-days", "2026-11-17", "2026-11-20", "2026-11-16", "too late"),
        ("2026-11-07", "7 calendar-days", "2026-11-15", "2026-11-18", "2026-11-18", "rolled day"),
        ("2026-11-02", "7 working-days", "2026-11-04", "2026-11-09", "2026-11-16", "five left"),
        ("2026-11-02", "7 working-days", "2026-11-07", "2026-11-08", "2026-11-11", "a weekend"),
        ("2026-12-21", "5 working-days", "2026-12-23", "2027-01-04", "2027-01-07", "Christmas"),
        ("2026-11-02", "1 week", "2026-11-04", "2026-11-06", "2026-11-11", "two days"),
        ("2026-01-31", "1 month", "2026-02-10", "2026-02-20", "2026-03-10", "18 days left"),
        ("2026-01-15", "3 months", "2026-02-01", "2026-03-01", "2026-05-13", "28 days"),
        ("2026-03-02", "1 year", "2026-04-01", "2026-04-11", "2027-03-12", "ten days"),
        ("2026-11-02", "48 hours", "2026-11-03", "2026-11-04", "2026-11-05T12:00", "a day"),
        (
            "2026-11-02",
            "8 working-hours",
            "2026-11-02T15:00",
            "2026-11-04",
            "2026-11-04T17:00",
            "5",
        ),
        (
            "2026-11-02",
            "8 working-hours",
            "2026-11-02T20:00",
            "2026-11-07",
            "2026-11-09T11:30",
            "2½",
        ),
    ],
)
def test_what_was_not_spent_carries_over(
    start: str, words: str, stop: str, on: str, expected: str, remark: str
) -> None:
    stops = (suspension(at(stop), at(on)),)

    assert end(Clock(start=at(start), term=term(words), stops=stops)) == expected, remark


@pytest.mark.parametrize(
    ("words", "stop", "on", "expected", "remark"),
    [
        ("14 calendar-days", "2026-11-06", "2026-11-13", "2026-11-27", "anew from the 13th"),
        ("7 working-days", "2026-11-06", "2026-11-13", "2026-11-24", "anew from the 13th"),
        ("1 month", "2026-11-30", "2026-11-30", "2026-12-30", "the same day"),
        ("14 calendar-days", "2026-11-16T23:59", "2026-12-01", "2026-12-15", "on the last day"),
        ("14 calendar-days", "2026-11-17T00:00", "2026-12-01", "2026-11-16", "a minute too late"),
        (
            "14 calendar-days",
            "2026-11-16T23:59:59.5",
            "2026-12-01",
            "2026-12-15",
            "its last second",
        ),
        ("24 hours", "2026-11-03T12:00", "2026-11-04", "2026-11-05T12:00", "the last instant"),
        ("24 hours", "2026-11-03T12:01", "2026-11-04", "2026-11-03T12:00", "a minute too late"),
    ],
)
def test_an_interrupted_term_begins_anew(
    words: str, stop: str, on: str, expected: str, remark: str
) -> None:
    stops = (interruption(at(stop), at(on)),)

    assert end(Clock(start=at("2026-11-02"), term=term(words), stops=stops)) == expected, remark


@pytest.mark.parametrize(
    ("granted", "words", "expected", "remark"),
    [
        ("2026-11-10", "10 calendar-days", "2026-11-26", "access to public information"),
        ("2026-11-16T18:00", "10 calendar-days", "2026-11-26", "granted on the last evening"),
        ("2026-11-17", "10 calendar-days", "2026-11-16", "a day too late"),
        ("2026-11-10", "2 working-days", "2026-11-18", "in another unit"),
        ("2026-11-10", "1 month", "2026-12-16", "from the last day, not from the grant"),
        ("2026-11-10", "24 hours", "2026-11-17", "from the end of the last day"),
    ],
)
def test_an_extension_is_added_to_the_last_day(
    granted: str, words: str, expected: str, remark: str
) -> None:
    extensions = (extension(at(granted), term(words)),)
    clock = Clock(start=at("2026-11-02"), term=term("14 calendar-days"), extensions=extensions)

    assert end(clock) == expected, remark


def test_an_extension_counts_from_the_working_day_to_which_the_term_rolled() -> None:
    clock = Clock(start=at("2026-11-07"), term=term("7 calendar-days"))
    assert end(clock) == "2026-11-16"

    longer = (extension(at("2026-11-10"), term("3 calendar-days")),)
    assert end(clock.model_copy(update={"extensions": longer})) == "2026-11-19"


def test_a_suspension_in_an_extension_and_two_extensions() -> None:
    clock = Clock(
        start=at("2026-11-02"),
        term=term("14 calendar-days"),
        stops=(suspension(at("2026-11-18"), at("2026-11-20")),),
        extensions=(
            extension(at("2026-11-10"), term("5 calendar-days")),
            extension(at("2026-11-21"), term("1 week")),
        ),
    )

    # 16 November and 5 days, 2 of them after the stop; 3 left on the 20th: Monday 23; a week.
    assert end(clock) == "2026-11-30"


def test_extensions_from_before_an_interruption_are_gone_and_later_ones_hold() -> None:
    stops = (interruption(at("2026-11-12"), at("2026-11-16")),)
    before, after = at("2026-11-10"), at("2026-11-12")
    clock = Clock(start=at("2026-11-02"), term=term("14 calendar-days"), stops=stops)
    lost, kept = (
        clock.model_copy(update={"extensions": (extension(when, term("10 calendar-days")),)})
        for when in (before, after)
    )

    assert (end(clock), end(lost), end(kept)) == ("2026-11-30", "2026-11-30", "2026-12-10")


@pytest.mark.parametrize(
    ("start", "words", "expected", "remark"),
    [
        ("2026-11-02T17:30", "1 working-day", "2026-11-03", "at the closing hour: in time"),
        ("2026-11-02T17:31", "1 working-day", "2026-11-04", "a minute later: on Tuesday"),
        ("2026-11-02T05:00", "1 working-day", "2026-11-03", "before the office opens"),
        ("2026-11-06T18:00", "3 calendar-days", "2026-11-12", "on Monday, and three days"),
        ("2026-11-07T10:00", "1 working-day", "2026-11-10", "on a Saturday: on Monday"),
        ("2026-12-23T18:00", "1 week", "2027-01-05", "on the first day after Christmas"),
        ("2026-11-06T18:00", "24 hours", "2026-11-10T09:00", "from the opening"),
        ("2026-11-06T18:00", "2 working-hours", "2026-11-09T11:00", "from the opening"),
    ],
)
def test_under_the_cut_off_what_comes_late_comes_on_the_next_working_day(
    start: str, words: str, expected: str, remark: str
) -> None:
    clock = Clock(start=at(start), term=term(words), rule=Rule(cut_off=True))

    assert end(clock) == expected, remark
    assert not due(at(start), term(words), CALENDAR).steps[0].code.startswith("arrived")


def test_a_clock_that_stands_says_since_when() -> None:
    clock = Clock(
        start=at("2026-11-02"),
        term=term("14 calendar-days"),
        stops=(suspension(at("2026-11-06"), None),),
        extensions=(extension(at("2026-12-20"), term("1 week")),),
    )

    found = running(clock, CALENDAR)

    assert (found.stopped_at, found.date) == (at("2026-11-06"), date(2026, 11, 23))
    assert (found.start, found.term) == (clock.start, clock.term)
    assert found.steps[-1].code == "would-end"


@pytest.mark.parametrize(
    ("stops", "said"),
    [
        ([("2026-11-01", "2026-11-03")], "before the start"),
        ([("2026-11-05", "2026-11-04")], "ends before it begins"),
        ([("2026-11-05", "2026-11-08"), ("2026-11-07", None)], "before the last one ended"),
        ([("2026-11-05", None), ("2026-11-07", None)], "only the last"),
    ],
)
def test_a_history_that_cannot_be_is_refused(
    stops: list[tuple[str, str | None]], said: str
) -> None:
    made = [suspension(at(one), at(other) if other else None) for one, other in stops]

    with pytest.raises(ValidationError, match=said):
        Clock(start=at("2026-11-02"), term=term("1 month"), stops=tuple(made))


def test_extensions_are_told_in_order_and_instants_have_a_zone() -> None:
    granted = [extension(at(day), term("1 week")) for day in ("2026-11-10", "2026-11-09")]
    with pytest.raises(ValidationError, match="in the order"):
        Clock(start=at("2026-11-02"), term=term("1 month"), extensions=tuple(granted))
    with pytest.raises(ValidationError, match="timezone"):
        Stop(kind="suspension", at=datetime(2026, 11, 2), ground=GROUND)


@pytest.mark.parametrize(
    ("granted", "words", "times", "longest", "found", "remark"),
    [
        ("2026-11-10", "10 calendar-days", 1, "10 calendar-days", (), "as the law allows"),
        ("2026-11-10", "11 calendar-days", 1, "10 calendar-days", ("too-long",), "a day more"),
        ("2026-11-10", "1 month", 1, "30 calendar-days", (), "November has thirty days"),
        ("2026-11-10", "1 month", 1, "29 calendar-days", ("too-long",), "not twenty-nine"),
        ("2026-11-10", "9 months", 1, None, (), "no limit to the length"),
        ("2026-11-17", "1 week", 1, "1 week", ("too-late",), "the term is over"),
        ("2026-11-10", "1 week", 0, "1 week", ("too-many",), "no extension at all"),
        ("2026-11-17", "1 year", 0, "1 week", ("too-late", "too-many"), "all at once"),
    ],
)
def test_what_speaks_against_an_extension(
    granted: str, words: str, times: int, longest: str | None, found: object, remark: str
) -> None:
    clock = Clock(start=at("2026-11-02"), term=term("14 calendar-days"))
    limit = ExtensionLimit(times=times, longest=term(longest) if longest else None)

    assert objections(clock, extension(at(granted), term(words)), limit, CALENDAR) == found, remark


def test_an_extension_that_was_granted_counts_and_one_that_was_lost_does_not() -> None:
    limit = ExtensionLimit(times=1)
    first, second = (extension(at(day), term("1 week")) for day in ("2026-11-10", "2026-11-13"))
    clock = Clock(start=at("2026-11-02"), term=term("14 calendar-days"), extensions=(first,))
    anew = clock.model_copy(update={"stops": (interruption(at("2026-11-11"), at("2026-11-12")),)})

    assert objections(clock, second, limit, CALENDAR) == ("too-many",)
    assert objections(anew, second, limit, CALENDAR) == ()


def test_terms_side_by_side_say_which_come_in_time() -> None:
    clocks = {
        "decide": Clock(start=at("2026-11-02"), term=term("14 calendar-days")),
        "correct": Clock(start=at("2026-11-05"), term=term("3 calendar-days")),
        "opinion": Clock(start=at("2026-11-05"), term=term("14 calendar-days")),
        "pay": Clock(start=at("2026-10-30"), term=term("7 calendar-days")),
    }

    found = side_by_side(clocks, CALENDAR)

    assert found.inside("decide") == ("correct",)
    assert found.inside("opinion") == ("correct",)
    assert found.exceeding("decide") == ("opinion",)
    assert found.exceeding("opinion") == ()
    same = from_one_start(at("2026-11-02"), {"a": term("1 week"), "b": term("1 week")}, CALENDAR)
    assert (same.inside("a"), same.exceeding("a")) == (("b",), ())


def test_the_last_year_of_the_calendar_is_known_to_its_last_working_day() -> None:
    assert end(Clock(start=at("2045-11-29"), term=term("1 month"))) == "2045-12-29"
    assert end(Clock(start=at("2044-12-29"), term=term("1 year"))) == "2045-12-29"


@pytest.mark.parametrize("words", ["1 month", "1 year", "1 working-day", "1 week", "9999 years"])
def test_near_the_end_of_the_calendar_a_term_is_refused_with_what_is_known(words: str) -> None:
    with pytest.raises(OutsideCalendar) as refused:
        due(at("2045-12-31"), term(words), CALENDAR)

    assert refused.value.facts["known"] == "2024–2045"
    assert int(str(refused.value.facts["date"]).split("-")[0]) > 2045
