"""Bulgarian names in Latin letters, by the Transliteration Act (State Gazette 19/2009).

Arts. 4-6: letter by letter, „ия" at the end of a word is "ia", and България is Bulgaria.
Names that their bearers spell otherwise, and foreign names, come from the register, not from here.
"""

import re

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya",
}  # fmt: skip
_WORD = re.compile(r"[а-яА-Я]+")


def to_latin(text: str) -> str:
    """The text with every Bulgarian word in Latin letters; the rest stays as it is."""
    return _WORD.sub(lambda word: _word(word.group()), text)


def _word(word: str) -> str:
    lower = word.lower()
    if lower == "българия":
        latin = "bulgaria"
    elif lower.endswith("ия"):
        latin = "".join(_LETTERS.get(c, c) for c in lower[:-2]) + "ia"
    else:
        latin = "".join(_LETTERS.get(c, c) for c in lower)
    if word.isupper() and len(word) > 1:
        return latin.upper()
    return latin.capitalize() if word[0].isupper() else latin
