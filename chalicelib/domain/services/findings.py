"""What is wrong with a service model: where, what, and what would be right."""

from collections.abc import Iterable
from difflib import get_close_matches

from chalicelib.domain.values import Value

Place = tuple[str | int, ...]


class Finding(Value):
    """`place` leads from the top of the model to the word at fault; a loader makes it a line."""

    place: Place
    what: str
    hint: str

    def __str__(self) -> str:
        return f"{self.what}; {self.hint}"


def alternatives(word: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?`, else the list of what there is."""
    words = sorted(known)
    close = get_close_matches(word, words, n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"there is {', '.join(words)}" if words else "there is none"
