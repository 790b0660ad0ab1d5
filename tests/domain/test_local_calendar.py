"""An administration's own days over the national calendar, and how long the data lasts."""

from datetime import date, time
from pathlib import Path

import pytest
from pydantic import ValidationError

from chalicelib.adapters.calendar.bulgarian import bulgarian, of_administration
from chalicelib.domain.calendar import Calendar, OutsideCalendar, years_left
from chalicelib.domain.local_calendar import LocalCalendar
from chalicelib.domain.services.words import Text

CITY = Text(bg="Празник на града", en="Day of the city")
FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)


def test_own_days_lie_over_the_national_ones() -> None:
    own = LocalCalendar(
        opens=time(8, 30),
        closes=time(16, 30),
        days_off={FRIDAY: CITY},
        declared_working=frozenset({SATURDAY}),
    ).over(bulgarian())

    assert (own.kind(FRIDAY), own.kind(SATURDAY)) == ("day-off", "declared-working")
    assert own.kind(date(2026, 12, 25)) == "holiday"
    assert (own.opens, own.closes) == (time(8, 30), time(16, 30))
    assert own.name(FRIDAY) == CITY


def test_the_version_names_both_halves_and_changes_with_each() -> None:
    plain, national = LocalCalendar(), bulgarian()
    changed = [
        plain,
        LocalCalendar(days_off={FRIDAY: CITY}),
        LocalCalendar(days_off={FRIDAY: Text(bg="Друг", en="Other")}),
        LocalCalendar(declared_working=frozenset({SATURDAY})),
        LocalCalendar(opens=time(8)),
        LocalCalendar(closes=time(18)),
    ]

    versions = {one.over(national).version for one in changed}
    assert len(versions) == len(changed)
    assert all(version.startswith(f"{national.version}+") for version in versions)
    assert plain.over(national).version == LocalCalendar().over(national).version


def test_days_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValidationError, match="off and declared working"):
        LocalCalendar(days_off={SATURDAY: CITY}, declared_working=frozenset({SATURDAY}))
    with pytest.raises(ValidationError, match="works anyway"):
        LocalCalendar(declared_working=frozenset({FRIDAY}))
    with pytest.raises(ValidationError, match="closes before it opens"):
        LocalCalendar(opens=time(17), closes=time(9)).over(bulgarian())


def test_an_administration_without_a_file_has_the_national_days(tmp_path: Path) -> None:
    file = tmp_path / "some.calendar.json"
    assert of_administration(file) == bulgarian()

    file.write_text('{"days_off": {"2026-11-27": {"bg": "Празник", "en": "Holiday"}}}')
    assert not of_administration(file).is_working(FRIDAY)


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 1, 1), 2),
        (date(2027, 12, 31), 1),
        (date(2028, 2, 29), 0),
        (date(2030, 1, 1), -2),
    ],
)
def test_the_years_that_are_left_are_whole_ones(today: date, left: int) -> None:
    calendar = Calendar(version="test", first_year=2024, last_year=2028, holidays={})

    assert years_left(calendar, today) == left


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2046, 1, 1)])
def test_a_day_that_is_not_known_is_refused_with_what_is(day: date) -> None:
    with pytest.raises(OutsideCalendar) as refused:
        bulgarian().kind(day)

    assert refused.value.facts == {
        "date": day.isoformat(),
        "known": "2024–2045",
        "version": bulgarian().version,
    }
