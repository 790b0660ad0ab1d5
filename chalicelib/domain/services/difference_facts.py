"""Conditions in words: what facts are called, and what their values mean."""

from chalicelib.domain import registers
from chalicelib.domain.errors import NotFound
from chalicelib.domain.services.conditions import Rule
from chalicelib.domain.services.difference_codes import CODES, FACTS
from chalicelib.domain.services.forms import Condition
from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.services.wording import Words, quoted, said

_JOINED: dict[str, Words] = {
    "all": {"bg": " и ", "en": " and "},
    "any": {"bg": " или ", "en": " or "},
}
_NONE_OF: Words = {"bg": "нито едно от: ", "en": "none of: "}
_PRESENT: Words = {"bg": "е посочено", "en": "is given"}
_ABSENT: Words = {"bg": "не е посочено", "en": "is not given"}
_IS: Words = {"bg": "е", "en": "is"}
_OR: Words = {"bg": " или ", "en": " or "}


def condition(rule: Rule | Condition, model: ServiceModel, language: Language) -> str:
    """What must be true: in the model's own words where it has them."""
    if isinstance(rule, Condition):
        values = [value_of(rule.field, one, model, language) for one in rule.values]
        name = fact(rule.field, model, language)
        return f"{name} {_IS[language]} {_OR[language].join(values)}"
    if rule.because:
        return quoted(rule.because.in_(language), language)
    if rule.fact is not None:
        return f"{fact(rule.fact, model, language)} {_comparison(rule, model, language)}"
    if rule.none:
        inner = [condition(one, model, language) for one in rule.none]
        return _NONE_OF[language] + "; ".join(inner)
    kind = "all" if rule.all else "any"
    inner = [condition(one, model, language) for one in rule.all or rule.any]
    return _JOINED[kind][language].join(inner if len(inner) == 1 else [f"({i})" for i in inner])


def fact(name: str, model: ServiceModel, language: Language) -> str:
    """A question of the form, a field of a register's answer, or a word of the language."""
    texts = model.form.texts.get(name)
    if texts is not None:
        return quoted(texts.label.in_(language), language)
    if name in FACTS:
        return FACTS[name].in_(language)
    known = _answered(name, model)
    return quoted(known.label.in_(language) if known else name, language)


def value_of(name: str, value: object, model: ServiceModel, language: Language) -> str:
    """What a value of the fact means."""
    texts = model.form.texts.get(name)
    known = _answered(name, model)
    options = texts.options if texts else known.options if known else {}
    if isinstance(value, str) and value in options:
        return quoted(options[value].in_(language), language)
    if isinstance(value, str) and name in FACTS and value in CODES:
        return CODES[value].in_(language)
    return quoted(value, language) if isinstance(value, str) else said(value, language)


def _answered(name: str, model: ServiceModel) -> registers.Shown | None:
    """`evidence.<id>.<field>` as the register calls it."""
    first, _, rest = name.partition(".")
    id_, _, field = rest.partition(".")
    try:
        source = model.source(id_)
    except NotFound:
        return None
    question = registers.QUESTIONS.get(f"{source.source}/{source.ask}")
    if first != "evidence" or question is None:
        return None
    return registers.fields(question.answer).get(field)


def _comparison(rule: Rule, model: ServiceModel, language: Language) -> str:
    if rule.present is not None:
        return (_PRESENT if rule.present else _ABSENT)[language]
    values = rule.one_of if rule.equals is None else (rule.equals,)
    if values:
        told = [value_of(rule.fact or "", one, model, language) for one in values]
        return f"{_IS[language]} {_OR[language].join(told)}"
    bounds = [("≥", rule.at_least), ("≤", rule.at_most)]
    return " ".join(f"{sign} {bound}" for sign, bound in bounds if bound is not None)
