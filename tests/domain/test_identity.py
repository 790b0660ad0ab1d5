"""Personal numbers: what is valid, what they say, and that they hide."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.population.people import egn_for
from chalicelib.domain.errors import Invalid
from chalicelib.domain.identity import Egn, Lnch, Sex, mask

VECTORS = json.loads(
    (Path(__file__).parents[1] / "data" / "identifiers.json").read_text(encoding="utf-8")
)
BIRTHDAYS = st.dates(date(1800, 1, 1), date(2099, 12, 31))
SERIALS = st.integers(0, 999)


@pytest.mark.parametrize(
    ("number", "born", "sex", "remark"),
    [
        ("7523169263", date(1875, 3, 16), "male", "month 23: the nineteenth century"),
        ("6101057509", date(1961, 1, 5), "male", "month as it is: the twentieth"),
        ("8001011010", date(1980, 1, 1), "female", "remainder 10 counts as 0"),
        ("7542011030", date(2075, 2, 1), "female", "month 42: the twenty-first"),
        ("8032056031", date(1880, 12, 5), "female", "month 32 is December of 18.."),
        ("0052299263", date(2000, 12, 29), "male", "month 52 is December of 20.."),
    ],
)
def test_what_an_egn_says(number: str, born: date, sex: Sex, remark: str) -> None:
    egn = Egn.parse(number)
    assert (egn.birth_date, egn.sex) == (born, sex), remark


@given(BIRTHDAYS, SERIALS)
def test_the_facts_are_those_the_number_was_made_of(born: date, serial: int) -> None:
    egn = Egn.parse(egn_for(born, serial))
    assert egn.birth_date == born
    assert egn.sex == ("female" if serial % 2 else "male")


@given(BIRTHDAYS, SERIALS, st.integers(1, 9))
def test_another_check_digit_is_refused(born: date, serial: int, shift: int) -> None:
    right = egn_for(born, serial)
    with pytest.raises(Invalid):
        Egn.parse(right[:9] + str((int(right[9]) + shift) % 10))


@pytest.mark.parametrize("number", VECTORS["egn_valid"] + VECTORS["egn_remainder_10"])
def test_valid_egns(number: str) -> None:
    assert Egn.parse(number).number == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7523169264", "personal-number.check"),
        ("7204021667", "personal-number.check"),
        ("8019010008", "personal-number.date"),
        ("0002300000", "personal-number.date"),
        ("8000010000", "personal-number.date"),
        ("", "personal-number.shape"),
        ("752316926", "personal-number.shape"),
        ("75231692633", "personal-number.shape"),
        ("7552A10004", "personal-number.shape"),
        ("٧٥٢٣١٦٩٢٦٣", "personal-number.shape"),
        ("7523169263\x00", "personal-number.shape"),
        ("7523169263" * 10_000, "personal-number.shape"),
        (" " * 10_000 + "7523169263", "personal-number.shape"),
    ],
)
def test_what_is_refused_and_why(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        Egn.parse(text, field="applicant.egn")
    assert [(f.field, f.code) for f in refused.value.faults] == [("applicant.egn", code)]


@pytest.mark.parametrize("text", ["752316 926 3", " 7523169263 ", "752316-9263", "75.23.16.9263"])
def test_separators_that_people_type_are_taken_off(text: str) -> None:
    assert Egn.parse(text).number == "7523169263"


@pytest.mark.parametrize("number", VECTORS["lnch_valid"])
def test_valid_lnchs(number: str) -> None:
    assert Lnch.parse(number).number == number


@pytest.mark.parametrize("number", [*VECTORS["lnch_invalid"], "", "711104292", "71110A2925"])
def test_invalid_lnchs(number: str) -> None:
    with pytest.raises(Invalid) as refused:
        Lnch.parse(number)
    assert refused.value.faults[0].field == "lnch"


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    for kind in (Egn, Lnch):
        try:
            number = kind.parse(text).number
        except Invalid:
            continue
        assert len(number) == 10
        assert number.isdigit()


@pytest.mark.parametrize("kind", [Egn, Lnch])
def test_a_number_never_shows_itself(kind: type[Egn | Lnch]) -> None:
    number = "7523169263" if kind is Egn else "7111042925"
    value = kind.parse(number)
    assert number not in f"{value} {value!r} {[value]}"
    assert value.masked == number[:4] + "******"
    assert value.number == number


@pytest.mark.parametrize("kind", [Egn, Lnch])
def test_the_error_of_a_wrong_value_does_not_show_it(kind: type[Egn | Lnch]) -> None:
    with pytest.raises(ValueError, match="not a personal number") as refused:
        kind(number="7523169264")
    assert "7523169264" not in f"{refused.value} {refused.value!r}"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("7523169263", "7523******"),
        ("123", "**********"),
        ("75231692631", "**********"),
        ("Иван Петров", "**********"),
        ("٧٥٢٣١٦٩٢٦٣", "**********"),
    ],
)
def test_masking_shows_four_digits_of_a_number_and_nothing_of_anything_else(
    number: str, shown: str
) -> None:
    assert mask(number) == shown


@pytest.mark.parametrize(
    ("born", "day", "age", "remark"),
    [
        (date(2008, 5, 10), date(2026, 5, 9), 17, "the day before"),
        (date(2008, 5, 10), date(2026, 5, 10), 18, "on the day"),
        (date(2008, 2, 29), date(2026, 2, 28), 17, "born on the leap day, the day before March"),
        (date(2008, 2, 29), date(2026, 3, 1), 18, "and in March"),
        (date(2075, 2, 1), date(2026, 1, 1), -50, "a number from the future is never of age"),
    ],
)
def test_age(born: date, day: date, age: int, remark: str) -> None:
    assert Egn.parse(egn_for(born, 926)).age_on(day) == age, remark
