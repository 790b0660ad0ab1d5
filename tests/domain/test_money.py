"""Money: minor units inside, decimal text at the edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.money import Currency, Money, parse_decimal

MINOR_UNITS = st.integers(min_value=0, max_value=10**14 - 1)


@pytest.mark.parametrize(
    ("text", "cents", "remark"),
    [
        ("22", 2200, "whole"),
        ("22.8", 2280, "one decimal is tenths"),
        ("22.80", 2280, "two decimals"),
        ("0.01", 1, "the smallest"),
        ("0", 0, "nothing is an amount too"),
        ("007.05", 705, "leading zeros"),
    ],
)
def test_amounts_as_protocols_send_them(text: str, cents: int, remark: str) -> None:
    assert parse_decimal(text, "EUR") == Money(amount=cents, currency="EUR"), remark


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "22.", ".80", "22.805", "22,80", "-1", "+1", " 22", "22 ", "22\n", "1e3", "0x1"),
        *("٢٢", "２２", "22.²", "1 000", "1.000.00", "NaN", "inf", "9" * 13, "9" * 10_000),
    ],
)
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        parse_decimal(text, "EUR")


@given(MINOR_UNITS, st.sampled_from(["EUR", "BGN"]))
def test_what_is_written_is_read_back(cents: int, currency: Currency) -> None:
    money = Money(amount=cents, currency=currency)
    assert parse_decimal(money.decimal, currency) == money


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        money = parse_decimal(text, "EUR")
    except ValueError:
        return
    assert money.amount >= 0


@pytest.mark.parametrize(
    ("cents", "text"),
    [(2280, "22.80 EUR"), (5, "0.05 EUR"), (-5, "-0.05 EUR"), (-2280, "-22.80 EUR")],
)
def test_money_prints_with_its_sign_and_currency(cents: int, text: str) -> None:
    assert str(Money(amount=cents)) == text
    assert Money(amount=cents).decimal == text.split(maxsplit=1)[0]


def test_the_same_number_of_another_currency_is_other_money() -> None:
    assert Money(amount=100, currency="EUR") != Money(amount=100, currency="BGN")


@pytest.mark.parametrize("amount", [1.5, "1.5", None, float("nan"), float("inf")])
def test_fractions_of_a_cent_do_not_exist(amount: object) -> None:
    with pytest.raises(ValueError, match="amount"):
        Money.model_validate({"amount": amount})
