"""The small values of the language in words: amounts, terms, days."""

import json
from collections.abc import Mapping
from datetime import date

from chalicelib.domain.deadlines.sentences import UNITS
from chalicelib.domain.money import Money
from chalicelib.domain.services.words import Language, Term, Text
from chalicelib.domain.values import Value

Words = Mapping[Language, str]
_YES: Words = {"bg": "да", "en": "yes"}
_NO: Words = {"bg": "не", "en": "no"}
_NOTHING: Words = {"bg": "нищо", "en": "nothing"}
_MARKS: dict[Language, tuple[str, str]] = {"bg": ("„", "“"), "en": ("“", "”")}


def said(value: object, language: Language) -> str:
    """Any value of a model in words."""
    if isinstance(value, Text):
        return quoted(value.in_(language), language)
    if isinstance(value, Term):
        return term(value, language)
    if isinstance(value, Money):
        return money(value, language)
    if isinstance(value, date):
        return day(value, language)
    return _plain(value, language)


def _plain(value: object, language: Language) -> str:
    if value is None:
        return _NOTHING[language]
    if isinstance(value, bool):
        return (_YES if value else _NO)[language]
    if isinstance(value, list | tuple | frozenset):
        return ", ".join(said(one, language) for one in value) or _NOTHING[language]
    if isinstance(value, Value):
        return ", ".join(said(getattr(value, name), language) for name in _told(value))
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def _told(value: Value) -> list[str]:
    """The fields that say something."""
    fields = type(value).model_fields
    return [name for name, field in fields.items() if getattr(value, name) != field.default]


def quoted(text: str, language: Language) -> str:
    """Between the marks of the language."""
    before, after = _MARKS[language]
    return f"{before}{text}{after}"


def term(length: Term, language: Language) -> str:
    """`2 работни дни`, `2 working days`."""
    one, many = UNITS[length.unit][language]
    return f"{length.amount} {one if length.amount == 1 else many}"


def money(amount: Money, language: Language) -> str:
    """`2,56 €`, `€2.56`, as the portal writes them."""
    figure, currency = str(amount).split()
    if language == "bg":
        return f"{figure.replace('.', ',')} {'€' if currency == 'EUR' else 'лв.'}"
    return f"€{figure}" if currency == "EUR" else f"{currency} {figure}"


def day(when: date, language: Language) -> str:
    """`01.02.2026 г.`, `1/2/2026`."""
    return f"{when:%d.%m.%Y} г." if language == "bg" else f"{when:%d/%m/%Y}"
