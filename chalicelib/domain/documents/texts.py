"""Text of people in documents and file names: what may stand there, and what would do harm."""

import re
import unicodedata
from urllib.parse import quote

# What the fonts of the templates have; a test renders every one of these characters.
_PRINTED = (
    (0x20, 0x7E),  # Basic Latin
    (0xA0, 0x17F),  # Latin-1, Latin Extended-A
    (0x218, 0x21B),  # Romanian letters
    (0x386, 0x386), (0x388, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3CE),  # Greek
    (0x400, 0x45F),  # Cyrillic
    (0x490, 0x493),
    (0x2010, 0x2015), (0x2018, 0x201A), (0x201C, 0x201E),  # dashes, quotation marks
    (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2039, 0x203A),
    (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2212, 0x2212),
)  # fmt: skip
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNSAFE_IN_NAMES = re.compile(r'[<>:"/\\|?*%;=\s]+')
LONGEST_NAME = 120


def printable(text: str) -> str:
    """The text as a document can show it.

    Invisible characters (controls, marks that turn the direction of writing) are left out: they
    can make a text read as another one. A character that no font has becomes a visible
    replacement, so that the reader sees that something is missing.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_shown(character) for character in composed)


def _shown(character: str) -> str:
    if character in "\n\t":
        return "\n" if character == "\n" else " "
    if unicodedata.category(character).startswith("C"):
        return ""
    code = ord(character)
    return character if any(low <= code <= high for low, high in _PRINTED) else _REPLACEMENT


def content_disposition(filename: str) -> str:
    """The header that names a download, with a plain twin for old browsers (RFC 6266, RFC 8187)."""
    visible = "".join(c for c in filename if not unicodedata.category(c).startswith("C"))
    stem = _UNSAFE_IN_NAMES.sub(" ", visible.removesuffix(".pdf")).strip(" .-_")[:LONGEST_NAME]
    name = f"{stem or 'document'}.pdf"
    ascii_stem = " ".join(re.findall(r"[A-Za-z0-9._-]*[A-Za-z0-9]", stem)) or "document"
    return f"attachment; filename=\"{ascii_stem}.pdf\"; filename*=UTF-8''{quote(name, safe='')}"
