"""What is known of an administration: what its units are called, and which days it works."""

from collections.abc import Mapping

from chalicelib.adapters.calendar.bulgarian import of_administration
from chalicelib.domain.administration import Administration
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.services.words import Text
from infra.paths import ROOT

ADMINISTRATIONS = ROOT / "chalicelib" / "administrations"
USUAL = "stara-zagora"


def calendar_of(administration: str = USUAL) -> Calendar:
    """The calendar by which an administration counts. Raises FileNotFoundError."""
    if not (ADMINISTRATIONS / f"{administration}.json").is_file():
        raise FileNotFoundError(f"there is no administration {administration}")
    return of_administration(ADMINISTRATIONS / f"{administration}.calendar.json")


def units_of(administration: str) -> Mapping[str, Text]:
    """By the codes that models use. Raises OSError."""
    file = ADMINISTRATIONS / f"{administration}.json"
    return Administration.model_validate_json(file.read_bytes()).units
