"""The small values of the language in words: amounts, terms, days, conditions."""

import json
from collections.abc import Mapping
from datetime import date

from chalicelib.domain.deadlines.sentences import UNITS
from chalicelib.domain.money import Money
from chalicelib.domain.services.conditions import Rule
from chalicelib.domain.services.forms import Condition
from chalicelib.domain.services.words import Language, Term, Text
from chalicelib.domain.values import Value

Words = Mapping[Language, str]
_YES: Words = {"bg": "да", "en": "yes"}
_NO: Words = {"bg": "не", "en": "no"}
_NOTHING: Words = {"bg": "нищо", "en": "nothing"}
_JOINED: dict[str, Words] = {
    "all": {"bg": " и ", "en": " and "},
    "any": {"bg": " или ", "en": " or "},
}
_NONE_OF: Words = {"bg": "нито едно от: ", "en": "none of: "}
_PRESENT: Words = {"bg": "е посочено", "en": "is given"}
_ABSENT: Words = {"bg": "не е посочено", "en": "is not given"}
_MARKS: dict[Language, tuple[str, str]] = {"bg": ("„", "“"), "en": ("“", "”")}


def said(value: object, language: Language) -> str:
    """Any value of a model in words."""
    if isinstance(value, Text):
        return quoted(value.in_(language), language)
    if isinstance(value, Term):
        return term(value, language)
    if isinstance(value, Money):
        return money(value, language)
    if isinstance(value, Rule):
        return condition(value, language)
    if isinstance(value, Condition):
        return f"{value.field} = {' | '.join(map(str, value.values))}"
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


def condition(rule: Rule, language: Language) -> str:
    """What must be true: in the model's own words where it has them."""
    if rule.because:
        return quoted(rule.because.in_(language), language)
    if rule.fact is not None:
        return f"{rule.fact} {_comparison(rule, language)}"
    if rule.none:
        return _NONE_OF[language] + "; ".join(condition(one, language) for one in rule.none)
    kind = "all" if rule.all else "any"
    inner = [condition(one, language) for one in rule.all or rule.any]
    return _JOINED[kind][language].join(inner if len(inner) == 1 else [f"({i})" for i in inner])


def _comparison(rule: Rule, language: Language) -> str:
    if rule.present is not None:
        return (_PRESENT if rule.present else _ABSENT)[language]
    if rule.equals is not None:
        return f"= {said(rule.equals, language)}"
    if rule.one_of:
        return f"= {' | '.join(rule.one_of)}"
    bounds = [("≥", rule.at_least), ("≤", rule.at_most)]
    return " ".join(f"{sign} {bound}" for sign, bound in bounds if bound is not None)
