"""The calendar's data is right where people know the answer."""

from datetime import date

import pytest

from chalicelib.adapters.calendar.bulgarian import bulgarian


@pytest.mark.parametrize(
    ("day", "working", "remark"),
    [
        (date(2026, 3, 3), False, "the national holiday"),
        (date(2026, 4, 10), False, "Good Friday of the Orthodox Easter"),
        (date(2026, 4, 13), False, "Easter Monday"),
        (date(2027, 4, 30), False, "Good Friday 2027"),
        (date(2026, 9, 7), False, "6 September is a Sunday: the Monday is free instead"),
        (date(2026, 12, 28), False, "26 December is a Saturday"),
        (date(2026, 11, 1), False, "a Sunday"),
        (date(2026, 11, 23), True, "a Monday"),
        (date(2028, 2, 29), True, "a leap day, a Tuesday"),
    ],
)
def test_days_that_everybody_knows(day: date, working: bool, remark: str) -> None:
    assert bulgarian().is_working(day) is working, remark


def test_holidays_have_names_in_both_languages() -> None:
    name = bulgarian().name(date(2026, 12, 25))
    assert name is not None
    assert (name.bg, name.en) == ("Рождество Христово", "Christmas Day")
