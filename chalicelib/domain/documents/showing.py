"""Values as people write them: dates, money, areas, answers, in the document's language."""

from collections.abc import Mapping
from datetime import date

from pydantic import JsonValue

from chalicelib.domain.money import Money
from chalicelib.domain.registers import Shown
from chalicelib.domain.services.language import Language, Term
from chalicelib.domain.services.words import Text, Unit
from chalicelib.domain.transliteration import to_latin

NOTHING = "–"
_YES, _NO = Text(bg="да", en="yes"), Text(bg="не", en="no")
_GAP = "\N{NO-BREAK SPACE}"
_MONTHS = (
    ("януари", "January"), ("февруари", "February"), ("март", "March"), ("април", "April"),
    ("май", "May"), ("юни", "June"), ("юли", "July"), ("август", "August"),
    ("септември", "September"), ("октомври", "October"), ("ноември", "November"),
    ("декември", "December"),
)  # fmt: skip
# One and several, in Bulgarian and in English.
_UNITS: dict[Unit, tuple[str, str, str, str]] = {
    "hours": ("час", "часа", "hour", "hours"),
    "working-hours": ("работен час", "работни часа", "working hour", "working hours"),
    "calendar-days": ("ден", "дни", "day", "days"),
    "working-days": ("работен ден", "работни дни", "working day", "working days"),
    "weeks": ("седмица", "седмици", "week", "weeks"),
    "months": ("месец", "месеца", "month", "months"),
    "years": ("година", "години", "year", "years"),
}


def shown(value: JsonValue, how: Shown, language: Language) -> str:
    """The value in words; a dash where there is none."""
    if isinstance(value, list):
        return ", ".join(shown(one, how, language) for one in value) or NOTHING
    if value is None or value == "" or isinstance(value, dict):
        return NOTHING
    if how.kind == "code":
        option = how.options.get(str(value))
        return option.in_(language) if option else str(value)
    if isinstance(value, bool):
        return (_YES if value else _NO).in_(language)
    if isinstance(value, int) and how.kind in ("money", "area"):
        return (money_of if how.kind == "money" else area_of)(value, language)
    if how.kind == "date":
        return _date(str(value), language)
    return to_latin(str(value)) if how.kind == "place" and language == "en" else str(value)


def day(value: date, language: Language) -> str:
    """`23 ноември 2026 г.`, `23 November 2026`; the gaps do not break."""
    words = f"{value.day}{_GAP}{_MONTHS[value.month - 1][language == 'en']}{_GAP}{value.year}"
    return f"{words}{_GAP}г." if language == "bg" else words


def money(amount: Money, language: Language) -> str:
    """`1 234,56 €`, `EUR 1,234.56`."""
    if language == "en":
        return f"{amount.currency}{_GAP}{_decimal(amount.amount, language)}"
    return f"{_decimal(amount.amount, language)}{_GAP}{'€' if amount.currency == 'EUR' else 'лв.'}"


def money_of(cents: int, language: Language) -> str:
    """An amount in euro, from cents."""
    return money(Money(amount=cents), language)


def area_of(hundredths: int, language: Language) -> str:
    """`84,50 кв. м`, `84.50 m²`, from hundredths of a square metre."""
    unit = f"кв.{_GAP}м" if language == "bg" else "m²"
    return f"{_decimal(hundredths, language)}{_GAP}{unit}"


def term(length: Term, language: Language) -> str:
    """`14 дни`, `1 month`."""
    words = _UNITS[length.unit][2 * (language == "en") :]
    return f"{length.amount} {words[length.amount != 1]}"


def names(row: Mapping[str, JsonValue], field: str, how: Shown, language: Language) -> JsonValue:
    """A field of an answer; a person's name in English as the register spells it, if it does."""
    latin = row.get(f"{field}_latin")
    return latin if language == "en" and how.kind == "person" and latin else row.get(field)


def _decimal(hundredths: int, language: Language) -> str:
    whole, part = divmod(abs(hundredths), 100)
    group, point = (",", ".") if language == "en" else (_GAP, ",")
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{whole:,}".replace(",", group) + f"{point}{part:02d}"


def _date(text: str, language: Language) -> str:
    try:
        return day(date.fromisoformat(text[:10]), language)
    except ValueError:
        return text
