"""Text for the line protocols of operators: nothing that arrives can start a line of its own."""

import unicodedata

_BREAKS = frozenset({"Cc", "Zl", "Zp"})  # control characters, line and paragraph separators
_INVISIBLE = frozenset({"Cf", "Cs", "Co", "Cn"})  # direction marks, surrogates, private, unassigned


def one_line(text: str, longest: int) -> str:
    """At most `longest` characters of the text, on one line, without what cannot be seen."""
    kept = (c for c in text[: longest * 8] if unicodedata.category(c) not in _INVISIBLE)
    spaced = (" " if unicodedata.category(c) in _BREAKS else c for c in kept)
    return " ".join("".join(spaced).split())[:longest].rstrip()
