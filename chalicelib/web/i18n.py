"""Languages: which one a page is in, and the portal's own texts in it.

The texts in the source are English; `translations/` holds the Bulgarian ones. Texts of services
are in their models, in every language.
"""

import gettext
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["bg", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "bg"
NAMES: dict[Language, str] = {"bg": "Български", "en": "English"}
FOLDER = Path(__file__).parent / "translations"


def N_(message: str) -> str:  # noqa: N802 - the name by which gettext's tools know it
    """Marks a text for the catalogue; it is translated where it is shown."""
    return message


@cache
def catalogue(language: Language) -> gettext.NullTranslations:
    """The texts of a language. Raises FileNotFoundError when they were not compiled."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("zagora", FOLDER, [language])


def say(language: Language, message: str, **values: object) -> str:
    """A text in a language, with its places filled in."""
    text = catalogue(language).gettext(message)
    return text % values if values else text


def count(language: Language, one: str, many: str, number: int) -> str:
    """A text that depends on a number, which it names `%(num)s`."""
    return catalogue(language).ngettext(one, many, number) % {"num": number}


def of_path(path: str) -> tuple[Language | None, str]:
    """`/en/services` → (`en`, `/services`); None where the path names no language."""
    for language in LANGUAGES:
        if path == f"/{language}" or path.startswith(f"/{language}/"):
            return language, path[len(language) + 1 :] or "/"
    return None, path


def preferred(accept_language: str) -> Language:
    """The browser's first choice among ours (RFC 9110, 12.5.4); Bulgarian if it has none."""
    wanted = list[tuple[float, Language]]()
    for part in accept_language.split(",")[:20]:
        tag, _, parameters = part.strip().partition(";")
        language = next((la for la in LANGUAGES if tag.split("-")[0].lower() == la), None)
        if language is not None:
            wanted.append((_quality(parameters), language))
    best = max(wanted, key=lambda choice: choice[0], default=(0.0, DEFAULT))
    return best[1] if best[0] > 0 else DEFAULT


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
