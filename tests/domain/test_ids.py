"""Identifiers: they sort by time, and a mistyped case number is noticed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from chalicelib.domain import ids

CHANCE = st.binary(min_size=10, max_size=10)
TIMES = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))
SEQUENCES = st.integers(min_value=1, max_value=9_999_999)
NOW = datetime(2026, 1, 15, 10, 30, tzinfo=UTC)


@given(TIMES, CHANCE, TIMES, CHANCE)
def test_ids_sort_by_time(one: datetime, chance: bytes, other: datetime, chance2: bytes) -> None:
    millisecond = timedelta(milliseconds=1)
    earlier, later = sorted((one, other))
    if later - earlier >= millisecond:
        assert ids.new(earlier, chance) < ids.new(later, chance2)


@given(TIMES, CHANCE, CHANCE)
def test_ids_differ_by_chance(now: datetime, one: bytes, other: bytes) -> None:
    assert (ids.new(now, one) == ids.new(now, other)) == (one == other)


@given(TIMES, CHANCE)
def test_ids_have_one_shape(now: datetime, chance: bytes) -> None:
    made = ids.new(now, chance)
    assert len(made) == 26
    assert set(made) <= set("0123456789abcdefghjkmnpqrstvwxyz")


def test_the_zone_of_the_clock_does_not_matter() -> None:
    sofia = NOW.astimezone(timezone(timedelta(hours=2)))
    assert ids.new(NOW, bytes(10)) == ids.new(sofia, bytes(10))


@pytest.mark.parametrize("chance", [b"", bytes(9), bytes(11)])
def test_another_number_of_random_bytes_is_refused(chance: bytes) -> None:
    with pytest.raises(ValueError, match="ten random bytes"):
        ids.new(NOW, chance)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        ids.new(NOW.replace(tzinfo=None), bytes(10))


def test_a_time_before_the_epoch_is_refused() -> None:
    with pytest.raises(ValueError, match="1970"):
        ids.new(datetime(1969, 12, 31, tzinfo=UTC), bytes(10))


def test_the_example_of_a_case_number() -> None:
    assert ids.case_number("SZ", 2026, 123) == "SZ-2026-000123-6"


@given(st.sampled_from(["SZ", "KZ", "SOF46"]), st.integers(2011, 2999), SEQUENCES)
def test_a_made_case_number_is_recognised(administration: str, year: int, sequence: int) -> None:
    assert ids.is_case_number(ids.case_number(administration, year, sequence))


@given(SEQUENCES)
def test_the_check_character_is_the_standard_one(sequence: int) -> None:
    number = ids.case_number("SZ", 2026, sequence)
    assert number[-1] == mod_11_2.calc_check_digit(f"2026{sequence:06d}")


@given(SEQUENCES, st.data())
def test_one_wrong_digit_is_noticed(sequence: int, data: st.DataObject) -> None:
    number = ids.case_number("SZ", 2026, sequence)
    places = [at for at, character in enumerate(number) if character.isdigit()]
    at = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != number[at]]))
    assert not ids.is_case_number(number[:at] + wrong + number[at + 1 :])


@given(SEQUENCES, st.data())
def test_two_swapped_digits_are_noticed(sequence: int, data: st.DataObject) -> None:
    number = ids.case_number("SZ", 2026, sequence)
    start = len("SZ-2026-")
    at = data.draw(st.integers(start, start + 4))
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert ids.is_case_number(swapped) == (swapped == number)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("", "nothing"),
        ("SZ-2026-000123", "no check character"),
        ("SZ-2026-000123-", "an empty one"),
        ("SZ-2026-000123-x", "in lower case"),
        ("SZ-2026-123-3", "a short sequence"),
        ("SZ-26-000123-8", "a short year"),
        ("S Z-2026-000123-6", "a space"),
        ("SZ-2026-٠٠٠١٢٣-6", "digits of another script"),
        ("SZ/2026/000123/6", "other separators"),
        ("-2026-000123-6", "no administration"),
        ("SZ-2026-000123-6-6", "one part too many"),
        ("SZ-2026-000123-6\n", "a line break"),
    ],
)
def test_what_is_not_a_case_number(text: str, remark: str) -> None:
    assert not ids.is_case_number(text), remark


@given(st.text(max_size=40))
def test_no_text_breaks_the_recogniser(text: str) -> None:
    assert ids.is_case_number(text) in (True, False)
