"""The Bulgarian calendar's data, from the `holidays` library (it follows the State Gazette)."""

import hashlib
import json
from datetime import date

import holidays

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.services.words import Text

# A permit that is valid for ten years must find its last day; Easter is known for longer.
FIRST_YEAR, LAST_YEAR = 2024, 2045


def build(first: int = FIRST_YEAR, last: int = LAST_YEAR) -> Calendar:
    """The calendar of whole years. Its version is a digest of what is in it."""
    years = range(first, last + 1)
    names_bg, names_en = (
        holidays.country_holidays("BG", years=years, language=name) for name in ("bg", "en_US")
    )
    days = {day: Text(bg=names_bg[day], en=names_en[day]) for day in sorted(names_bg)}
    working = sorted(day for day in names_bg.weekend_workdays if day.year in years)
    return Calendar(
        version=_version(days, working),
        first_year=first,
        last_year=last,
        holidays=days,
        declared_working=frozenset(working),
    )


def _version(days: dict[date, Text], working: list[date]) -> str:
    said = {
        "holidays": {day.isoformat(): name.model_dump() for day, name in days.items()},
        "working": [day.isoformat() for day in working],
    }
    return f"bg-{hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]}"
