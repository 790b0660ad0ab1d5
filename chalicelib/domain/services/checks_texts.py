"""Texts that were left in the other language."""

import re
from collections.abc import Iterable, Iterator

from chalicelib.domain.services.findings import Finding, Place
from chalicelib.domain.services.words import Text
from chalicelib.domain.values import Value

_CYRILLIC = re.compile("[а-яѝ]", re.IGNORECASE)
_WORD = re.compile("[a-z]{2,}", re.IGNORECASE)
# What both languages write alike: `{case.number}`, an address, a name of a product.
_SHARED = re.compile(r"\{[^}]*\}|\S*[@/.]\S+")
_FEW = 3


def text_findings(value: object, place: Place = ()) -> Iterator[Finding]:
    """Bulgarian in an English text; a Bulgarian text without a Bulgarian letter."""
    if not isinstance(value, Text):
        for key, inner in _inside(value):
            yield from text_findings(inner, (*place, key))
        return
    if _CYRILLIC.search(value.en):
        yield Finding(place=(*place, "en"), what="Bulgarian in the English text", hint="translate")
    words = _WORD.findall(_SHARED.sub(" ", value.bg))
    if len(words) > _FEW and not _CYRILLIC.search(value.bg):
        what = "no Bulgarian in the Bulgarian text"
        yield Finding(place=(*place, "bg"), what=what, hint="translate")


def _inside(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, Value):
        return [(name, getattr(value, name)) for name in type(value).model_fields]
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, tuple) else []
