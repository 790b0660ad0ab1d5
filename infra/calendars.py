"""Writes the calendar's data from the `holidays` library: `python -m infra.calendars`.

The library takes half a second to import, which no function can afford at its start, and an
administration must be able to read and correct its calendar: so the days are a file.
"""

import json
from pathlib import Path

FILE = Path(__file__).parent.parent / "chalicelib/calendars/bulgaria.json"
FIRST, LAST = 2024, 2031


def calendar() -> dict[str, object]:
    """The Bulgarian public holidays with their substitute days (Labour Code, art. 154)."""
    from holidays.countries.bulgaria import Bulgaria
    from holidays.version import __version__

    years = range(FIRST, LAST + 1)
    bg, en = (Bulgaria(years=years, language=language) for language in ("bg", "en_US"))
    return {
        "version": f"bulgaria-{FIRST}-{LAST}/{__version__}",
        "first_year": FIRST,
        "last_year": LAST,
        "holidays": {
            day.isoformat(): {"bg": bg[day], "en": en[day]}
            for day in sorted(bg)
            if FIRST <= day.year <= LAST
        },
    }


def text() -> str:
    """The file's content."""
    return json.dumps(calendar(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text())
