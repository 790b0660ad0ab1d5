"""Dates, times, money and terms as people read them. Times are shown in Bulgaria's time."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from chalicelib.domain.money import Money
from chalicelib.domain.services.words import Term
from chalicelib.web.i18n import Language, count

ZONE = ZoneInfo("Europe/Sofia")
_LOCALES: dict[Language, str] = {"bg": "bg_BG", "en": "en_GB"}
TERMS = {
    "hours": ("%(num)s hour", "%(num)s hours"),
    "calendar-days": ("%(num)s calendar day", "%(num)s calendar days"),
    "working-days": ("%(num)s working day", "%(num)s working days"),
    "working-hours": ("%(num)s working hour", "%(num)s working hours"),
    "weeks": ("%(num)s week", "%(num)s weeks"),
    "months": ("%(num)s month", "%(num)s months"),
    "years": ("%(num)s year", "%(num)s years"),
}


def local_day(moment: date | datetime) -> date:
    """The civil day of an instant; a day is itself."""
    return moment.astimezone(ZONE).date() if isinstance(moment, datetime) else moment


def day(moment: date | datetime, language: Language) -> str:
    """`25 ноември 2026 г.`, `25 November 2026`."""
    return _pattern(local_day(moment), "long", language)


def short_day(moment: date | datetime, language: Language) -> str:
    """`25.11.2026 г.`, `25/11/2026`: for tables."""
    pattern = "dd.MM.yyyy 'г'." if language == "bg" else "dd/MM/yyyy"
    return _pattern(local_day(moment), pattern, language)


def month(moment: date | datetime, language: Language) -> str:
    """`ноември`, `November`."""
    return _pattern(local_day(moment), "LLLL", language)


def moment(at: datetime, language: Language) -> str:
    """`25 ноември 2026 г., 14:05 ч.`, `25 November 2026, 14:05`."""
    clock = f"{at.astimezone(ZONE):%H:%M}" + ("\N{NO-BREAK SPACE}ч." if language == "bg" else "")
    return f"{day(at, language)}, {clock}"


def iso(at: date | datetime) -> str:
    """For machines, in `<time datetime=…>`."""
    return (
        at.astimezone(ZONE).isoformat(timespec="minutes") if isinstance(at, datetime) else str(at)
    )


def money(amount: Money, language: Language) -> str:
    """`2,56 €`, `€2.56`."""
    from babel.numbers import format_currency

    value = Decimal(amount.amount) / 100
    return format_currency(value, amount.currency, locale=_LOCALES[language])


def term(length: Term, language: Language) -> str:
    """`2 работни дни`, `2 working days`."""
    one, many = TERMS[length.unit]
    return count(language, one, many, length.amount)


def size(octets: int, language: Language) -> str:
    """`214 KB`, `1,2 MB`."""
    from babel.numbers import format_decimal

    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))} KB"
    return f"{format_decimal(octets / 1e6, format='0.0', locale=_LOCALES[language])} MB"


def _pattern(value: date, pattern: str, language: Language) -> str:
    from babel.dates import format_date

    return format_date(value, pattern, locale=_LOCALES[language])
