"""What a place of a model is called by people: `Step “Examination”, term`."""

from chalicelib.domain.services.changes import Path, parts
from chalicelib.domain.services.conditions import Rule
from chalicelib.domain.services.difference_codes import CODES
from chalicelib.domain.services.difference_facts import condition, fact
from chalicelib.domain.services.difference_labels import LABELS
from chalicelib.domain.services.difference_words import AFTER, AT_END, BEFORE, LISTS
from chalicelib.domain.services.forms import FieldTexts
from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.services.phases import Milestone
from chalicelib.domain.services.wording import quoted, said
from chalicelib.domain.services.words import Text

# Names that only hold others and say nothing to people.
_SILENT = frozenset({"form", "json_schema", "properties", "items", "texts"})


def at(model: ServiceModel, place: Path) -> object:
    """What stands at the place; None where there is nothing."""
    here: object = model
    for name in place:
        here = (parts(here) or {}).get(name)
    return here


def label(place: Path) -> Text | None:
    """What a field is called, by as many of the last names as are known."""
    for length in (2, 1):
        if found := LABELS.get(".".join(place[-length:])):
            return found if length == 2 or not _is_key(place) else None
    return None


def _is_key(place: Path) -> bool:
    """Whether the last name is one that the author gave, not a word of the language."""
    return len(place) > 1 and place[-2] in LISTS and (len(place) < 3 or place[-3] not in LISTS)


def context(place: Path, old: ServiceModel, new: ServiceModel, language: Language) -> str:
    """All of the place in words: the things it lies in, then the field."""
    told, index = list[str](), 0
    while index < len(place):
        here = place[: index + 1]
        if place[index] in LISTS and index + 1 < len(place):
            inner = place[: index + 2]
            one = LISTS[place[index]].one.in_(language)
            model = new if at(new, inner) is not None else old
            name = name_of(inner, at(model, inner), model, language)
            told.append(f"{one} {name}".strip())
            index += 2
            continue
        last = index + 1 == len(place)
        if (last and place != ("form",)) or place[index] not in _SILENT:
            told.append(_field(here, language))
        index += 1
    return ", ".join(_without_repeats(told, place))


def _without_repeats(told: list[str], place: Path) -> list[str]:
    """`silence, what silence means`: the last name says it all."""
    owned = len(place) > 1 and ".".join(place[-2:]) in LABELS
    return [*told[:-2], told[-1]] if owned and len(told) > 1 else told


def _field(place: Path, language: Language) -> str:
    if place[-1] in LISTS and label(place) is None:
        return LISTS[place[-1]].one.in_(language)
    known = label(place)
    return known.in_(language) if known else place[-1]


def name_of(place: Path, thing: object, model: ServiceModel, language: Language) -> str:
    """What a thing is called, in the model's own words where it has them."""
    if place[-2] == "properties":
        return fact(place[-1], model, language)
    if isinstance(thing, FieldTexts):
        return quoted(thing.label.in_(language), language)
    if isinstance(thing, Milestone):
        return f"{CODES[thing.kind].in_(language)} ({_moment(thing, language)})"
    if isinstance(thing, Text) and place[-2] == "options":
        return quoted(thing.in_(language), language)
    for word in ("title", "otherwise", "purpose"):
        title = getattr(thing, word, None)
        if isinstance(title, Text):
            return quoted(title.in_(language), language)
    when = getattr(thing, "when", None)
    return (
        condition(when, model, language) if isinstance(when, Rule) else _key(place, model, language)
    )


def _key(place: Path, model: ServiceModel, language: Language) -> str:
    """What has no name but its key."""
    if place[-2] in {"rows", "about"}:
        return fact(place[-1], model, language)
    known = CODES.get(place[-1])
    return known.in_(language) if known else quoted(place[-1], language)


def _moment(milestone: Milestone, language: Language) -> str:
    if milestone.at is not None:
        return AFTER.in_(language).format(term=said(milestone.at, language))
    if milestone.before is None or milestone.before.amount == 0:
        return AT_END.in_(language)
    return BEFORE.in_(language).format(term=said(milestone.before, language))
