"""Languages, dates, times, money."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.domain.money import Money
from chalicelib.domain.services.words import Term
from chalicelib.web import formats
from chalicelib.web.i18n import Language, count, of_path, preferred

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
LATE = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)  # half past midnight in Bulgaria


@pytest.mark.parametrize(
    ("header", "language", "remark"),
    [
        ("", "bg", "nothing said"),
        ("en", "en", ""),
        ("en-GB,en;q=0.9,bg;q=0.8", "en", "region ignored"),
        ("bg,en;q=0.9", "bg", ""),
        ("de,fr;q=0.8", "bg", "none of ours"),
        ("en;q=0.1, bg;q=0.2", "bg", "the weight counts, not the order"),
        ("en;q=0", "bg", "expressly not"),
        ("en;q=0, bg;q=0", "bg", "neither: the default"),
        ("EN", "en", "case does not matter"),
        ("en;q=much", "bg", "nonsense"),
        ("english", "bg", "not a tag of ours"),
        ("," * 10_000, "bg", "hostile"),
    ],
)
def test_the_browser_chooses_the_language(header: str, language: str, remark: str) -> None:
    assert preferred(header) == language, remark


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", (None, "/")),
        ("/bg", ("bg", "/")),
        ("/en/", ("en", "/")),
        ("/en/services", ("en", "/services")),
        ("/english", (None, "/english")),
        ("/bgservices", (None, "/bgservices")),
    ],
)
def test_the_path_names_the_language(path: str, expected: tuple[Language | None, str]) -> None:
    assert of_path(path) == expected


def plain(text: str) -> str:
    """Lines are not broken inside dates and sums; here that does not matter."""
    return text.replace(NARROW, " ").replace(WIDE, " ")


def test_days_and_times_are_bulgarian_ones() -> None:
    assert plain(formats.day(LATE, "bg")) == "26 ноември 2026 г."
    assert formats.day(date(2026, 11, 25), "en") == "25 November 2026"
    assert plain(formats.moment(LATE, "bg")) == "26 ноември 2026 г., 00:30 ч."
    assert formats.moment(LATE, "en") == "26 November 2026, 00:30"
    assert formats.short_day(LATE, "bg") == "26.11.2026 г."
    assert formats.short_day(LATE, "en") == "26/11/2026"
    assert formats.month(LATE, "bg") == "ноември"
    assert formats.iso(LATE) == "2026-11-26T00:30+02:00"
    assert formats.iso(date(2026, 11, 25)) == "2026-11-25"


def test_summer_time_is_counted() -> None:
    assert formats.moment(datetime(2026, 7, 1, 21, 0, tzinfo=UTC), "en") == "2 July 2026, 00:00"


@pytest.mark.parametrize(
    ("amount", "bg", "en"),
    [
        (Money(amount=256), "2,56 €", "€2.56"),
        (Money(amount=0), "0,00 €", "€0.00"),
        (Money(amount=123_456_700), "1 234 567,00 €", "€1,234,567.00"),
        (Money(amount=500, currency="BGN"), "5,00 лв.", "BGN5.00"),
    ],
)
def test_money(amount: Money, bg: str, en: str) -> None:
    assert plain(formats.money(amount, "bg")) == bg
    assert plain(formats.money(amount, "en")) == en


@pytest.mark.parametrize(
    ("term", "bg", "en"),
    [
        ("1 working-day", "1 работен ден", "1 working day"),
        ("2 working-days", "2 работни дни", "2 working days"),
        ("21 calendar-days", "21 календарни дни", "21 calendar days"),
        ("24 hours", "24 часа", "24 hours"),
    ],
)
def test_terms(term: str, bg: str, en: str) -> None:
    length = Term.model_validate(term)
    assert (formats.term(length, "bg"), formats.term(length, "en")) == (bg, en)


def test_sizes_and_counts() -> None:
    assert formats.size(10, "bg") == "1 KB"
    assert formats.size(214_532, "en") == "215 KB"
    assert formats.size(1_250_000, "bg") == "1,2 MB"
    assert count("en", "%(num)s day", "%(num)s days", 1) == "1 day"
