"""The Bulgarian calendar, from the file that infra/calendars.py writes."""

from functools import cache
from pathlib import Path

from chalicelib.domain.calendar import Calendar

_FILE = Path(__file__).parents[2] / "calendars/bulgaria.json"


@cache
def bulgarian() -> Calendar:
    """Public holidays with their substitute days; read once per container."""
    return Calendar.model_validate_json(_FILE.read_bytes())
