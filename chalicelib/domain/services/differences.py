"""What is different between two versions of a service, in sentences, for whom it concerns.

Every difference concerns somebody, and two equal models have none.
"""

from collections.abc import Iterator

from chalicelib.domain.services.audiences import Audience, concerned
from chalicelib.domain.services.changes import ORDER, Change, Path, changes
from chalicelib.domain.services.difference_fees import fee_sentence, is_fee
from chalicelib.domain.services.difference_places import at, context, label, name_of
from chalicelib.domain.services.difference_values import spoken
from chalicelib.domain.services.difference_words import (
    CLOSED_NOW,
    FROM_TO,
    LISTS,
    NOW,
    ORDERED,
    OTHERWISE,
    SET,
    UNSET,
)
from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.services.wording import said
from chalicelib.domain.services.words import Text
from chalicelib.domain.values import Value

_NOTHING: tuple[object, ...] = (None, (), {})
# Longer texts are told as they are now; the old one helps nobody.
_SHORT = 80


class Difference(Value):
    """One sentence, in both languages, about one `place` of the model."""

    place: Path
    audiences: frozenset[Audience]
    text: Text


def differences(
    old: ServiceModel, new: ServiceModel, audience: Audience | None = None
) -> tuple[Difference, ...]:
    """What changed from `old` to `new` for one audience, or all, in the order of the model."""
    told = (_told(change, old, new) for change in changes(old, new))
    return tuple(one for one in told if audience is None or audience in one.audiences)


def _told(change: Change, old: ServiceModel, new: ServiceModel) -> Difference:
    place = change.place
    within = at(new, place[:2]) or at(old, place[:2])
    return Difference(
        place=place,
        audiences=concerned(place, within),
        text=Text(bg=_sentence(change, old, new, "bg"), en=_sentence(change, old, new, "en")),
    )


def _sentence(change: Change, old: ServiceModel, new: ServiceModel, language: Language) -> str:
    if change.place == ("closed_because",) and isinstance(change.new, Text):
        return CLOSED_NOW.in_(language).format(why=said(change.new, language))
    if is_fee(change.place):
        return fee_sentence(change, old, new, language)
    return "".join(_words(change, old, new, language))


def _words(
    change: Change, old: ServiceModel, new: ServiceModel, language: Language
) -> Iterator[str]:
    place = change.place
    if place[-1] == ORDER:
        what = _capital(context(place[:-1], old, new, language))
        now = spoken(place, change.new, new, language)
        yield ORDERED.in_(language).format(what=what, new=now)
    elif _is_part(place) and (change.old is None or change.new is None):
        yield _came_or_went(change, old, new, language)
    else:
        yield _changed(change, old, new, language)


def _is_part(place: Path) -> bool:
    """Whether the place is one of a list's, not a field of a thing."""
    return len(place) > 1 and place[-2] in LISTS and label(place) is None


def _came_or_went(change: Change, old: ServiceModel, new: ServiceModel, language: Language) -> str:
    place = change.place
    kind = LISTS[place[-2]]
    came = change.old is None
    thing = change.new if came else change.old
    around = context(place[:-2], old, new, language)
    what = (kind.new if came else kind.gone).in_(language)
    name = name_of(place, thing, new if came else old, language)
    told = f"{around}: {what}" if around else what
    more = "" if isinstance(thing, Value) and not isinstance(thing, Text) else thing
    model = new if came else old
    detail = f" – {spoken(place, more, model, language)}" if more not in ("", None) else ""
    return f"{_capital(told)}: {name}{detail}" if name else f"{_capital(told)}{detail}"


def _changed(change: Change, old: ServiceModel, new: ServiceModel, language: Language) -> str:
    what = _capital(context(change.place, old, new, language))
    if isinstance(change.old, list | tuple) and isinstance(change.new, list | tuple):
        return _more_and_less(what, change, old, new, language)
    before = spoken(change.place, change.old, old, language)
    after = spoken(change.place, change.new, new, language)
    if change.old in _NOTHING:
        form = SET
    elif change.new in _NOTHING:
        form = UNSET
    elif before == after:
        form = OTHERWISE
    else:
        form = _from_to(before, after)
    return form.in_(language).format(what=what, old=before, new=after)


def _from_to(before: str, after: str) -> Text:
    return NOW if max(len(before), len(after)) > _SHORT else FROM_TO


def _more_and_less(
    what: str, change: Change, old: ServiceModel, new: ServiceModel, language: Language
) -> str:
    """A list: what came to it and what went."""
    before, after = _listed(change.old), _listed(change.new)
    came = [one for one in after if one not in before]
    gone = [one for one in before if one not in after]
    said_of = [
        (form, spoken(change.place, some, model, language))
        for form, some, model in ((SET, came, new), (UNSET, gone, old))
        if some
    ]
    if len(came) == len(gone) == 1:
        was, now = (
            spoken(change.place, gone, old, language),
            spoken(change.place, came, new, language),
        )
        return _from_to(was, now).in_(language).format(what=what, old=was, new=now)
    told = [form.in_(language).format(what=what, old=it, new=it) for form, it in said_of]
    again = spoken(change.place, after, new, language)
    return "; ".join(told) or ORDERED.in_(language).format(what=what, new=again)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
