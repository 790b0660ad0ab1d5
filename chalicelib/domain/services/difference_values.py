"""Values of a model in words: codes, names of phases and questions, conditions, rules."""

from collections.abc import Mapping

from chalicelib.domain.services.changes import CONDITIONS, Path
from chalicelib.domain.services.conditions import Rule
from chalicelib.domain.services.difference_codes import CODES
from chalicelib.domain.services.difference_facts import condition, fact, value_of
from chalicelib.domain.services.difference_forms import in_words
from chalicelib.domain.services.forms import Condition
from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.services.wording import quoted, said
from chalicelib.domain.services.words import Text

# Fields whose values are names of phases, and those whose values are names of questions.
_PHASES = frozenset({"next", "first", "order"})
_QUESTIONS = frozenset({"required", "fields", "into", "order"})
_FREE = frozenset({"act", "article", "register_number", "to_confirm"})


def spoken(place: Path, value: object, model: ServiceModel, language: Language) -> str:
    """A value in words; names of phases and questions as people call them."""
    if isinstance(value, list | tuple) and value:
        return ", ".join(spoken(place, one, model, language) for one in value)
    if isinstance(value, Rule | Condition):
        return condition(value, model, language)
    if isinstance(value, Mapping) or place[-1] == CONDITIONS:
        return in_words(value, model, language, field_of(place))
    if isinstance(value, str):
        return _name(place, value, model, language)
    return said(value, language)


def field_of(place: Path) -> str:
    """The question that a place in the form is about; empty where there is none."""
    for owner in ("properties", "texts"):
        if owner in place[:-1]:
            return place[len(place) - place[::-1].index(owner)]
    return ""


def _name(place: Path, value: str, model: ServiceModel, language: Language) -> str:
    """What authors write stays as it is, between quotation marks; codes are put in words."""
    if place[0] == "form":
        return _in_form(place, value, model, language)
    titles = _titles(place, model)
    if value in titles:
        return quoted(titles[value].in_(language), language)
    if value in CODES:
        return CODES[value].in_(language)
    return value if place[-1] in _FREE else quoted(value, language)


def _in_form(place: Path, value: str, model: ServiceModel, language: Language) -> str:
    if place[-1] in _QUESTIONS:
        return fact(value, model, language)
    if place[-1] == "prefill" and value in CODES:
        return CODES[value].in_(language)
    return value_of(field_of(place), value, model, language)


def _titles(place: Path, model: ServiceModel) -> Mapping[str, Text]:
    if place[-1] in _PHASES:
        return {str(phase.id): phase.title for phase in model.phases}
    if place[0] == "phases" and place[-1] in {"outcome", "otherwise"}:
        phase = next((one for one in model.phases if one.id == place[1]), None)
        return {name: outcome.title for name, outcome in phase.outcomes.items()} if phase else {}
    if place[-1] == "documents":
        results = {one.id: one.title for one in model.results}
        return results | {one.id: one.title for one in model.attachments}
    return {}
