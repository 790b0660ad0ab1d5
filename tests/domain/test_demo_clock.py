"""The clock of demonstrations: what is meant, and that it goes forward only."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.demo_clock import FURTHEST, Setting, moved, target
from chalicelib.domain.errors import Invalid

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SOFIA = ZoneInfo("Europe/Sofia")


@pytest.mark.parametrize(
    ("words", "expected", "remark"),
    [
        ("+14 days", NOW + timedelta(days=14), "a step"),
        (" 2 hours ", NOW + timedelta(hours=2), "without the sign"),
        ("+ 1 week", NOW + timedelta(days=7), "with a space"),
        ("90 minutes", NOW + timedelta(minutes=90), ""),
        ("2026-12-24 09:30", datetime(2026, 12, 24, 7, 30, tzinfo=UTC), "winter time"),
        ("2027-07-01T10:00", datetime(2027, 7, 1, 7, 0, tzinfo=UTC), "summer time"),
        ("2026-12-24", datetime(2026, 12, 24, 7, 0, tzinfo=UTC), "that morning"),
    ],
)
def test_what_is_meant(words: str, expected: datetime, remark: str) -> None:
    assert target(words, NOW, SOFIA) == expected, remark


@pytest.mark.parametrize(
    "words", ["", "tomorrow", "-1 day", "+1 year", "2026-13-01", "2026-02-30 09:00", "9" * 40]
)
def test_what_is_not_clear(words: str) -> None:
    with pytest.raises(Invalid) as refused:
        target(words, NOW, SOFIA)
    assert [fault.code for fault in refused.value.faults] == ["not-a-moment"]


def test_the_clock_is_put_forward_by_somebody() -> None:
    assert not Setting().is_moved
    setting = moved(Setting(), NOW + timedelta(days=3), NOW, "Ели")
    assert setting == Setting(ahead=timedelta(days=3), moved_by="Ели", moved_at=NOW)
    assert setting.is_moved


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (NOW + timedelta(days=1), "clock-goes-back"),
        (NOW - timedelta(days=1), "clock-goes-back"),
        (NOW + FURTHEST + timedelta(days=1), "clock-too-far"),
    ],
)
def test_where_it_does_not_go(to: datetime, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        moved(Setting(ahead=timedelta(days=2)), to, NOW, "Ели")
    assert [fault.code for fault in refused.value.faults] == [code]


@given(st.lists(st.integers(min_value=0, max_value=300), max_size=8))
def test_however_often_it_is_moved_it_never_shows_less(days: list[int]) -> None:
    setting = Setting()
    for passed, more in enumerate(days):
        real = NOW + timedelta(hours=passed)
        before = real + setting.ahead
        setting = moved(setting, target(f"{more} days", before, SOFIA), real, "Ели")
        assert real + setting.ahead >= before
