"""The catalogue of texts: `python -m infra.messages` after changing a text of the pages.

It brings the .po up to the pages (new texts wait there for their translation) and compiles the
.mo, which the functions read. Both are committed; a test fails when one of them is stale.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "chalicelib" / "web"
HANDLERS = ROOT / "chalicelib" / "handlers"
PO = WEB / "translations" / "bg" / "LC_MESSAGES" / "zagora.po"
MO = PO.with_suffix(".mo")
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "say": (2,)}
OPTIONS = {
    "templates/**.html": {
        "trimmed": "true",
        "extensions": "jinja2.ext.do",
        "silent": "false",
        "newstyle_gettext": "true",
    }
}


def template() -> Catalog:
    """Every text of the pages, in English."""
    catalogue = Catalog(project="zagora", charset="utf-8", fuzzy=False)
    for folder in (WEB, HANDLERS):
        found = extract_from_dir(folder, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS)
        for filename, _line, message, _comments, context in found:
            catalogue.add(message, locations=[(f"{folder.name}/{filename}", 0)], context=context)
    for pair in _terms():
        catalogue.add(pair, locations=[("web/formats.py", 0)])
    return catalogue


def _terms() -> list[tuple[str, str]]:
    """Pairs that depend on a number and are chosen at run time."""
    from chalicelib.web.formats import TERMS

    return list(TERMS.values())


def stored() -> Catalog:
    """The Bulgarian texts as they are committed."""
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="bg")
    # The same texts make the same file on every day.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    return catalogue


def update() -> None:
    """Brings the committed file up to the pages; new texts wait in it untranslated."""
    catalogue = stored() if PO.exists() else Catalog(locale="bg", project="zagora", fuzzy=False)
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    PO.write_bytes(as_text(catalogue))


def as_text(catalogue: Catalog) -> bytes:
    """A catalogue as it is committed: sorted, without dates."""
    made = io.BytesIO()
    write_po(
        made, catalogue, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True
    )
    lines = made.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if b"-Date:" not in line and b"Generated-By" not in line)


def compiled() -> bytes:
    """What the functions read."""
    made = io.BytesIO()
    write_mo(made, stored())
    return made.getvalue()


if __name__ == "__main__":
    update()
    MO.write_bytes(compiled())
