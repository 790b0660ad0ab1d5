"""Whose portal it is: name, emblem, addresses. Configuration, not code: `municipality.json`."""

import json
from functools import cache
from pathlib import Path

from chalicelib.domain.services.words import Text
from chalicelib.domain.values import Value

FOLDER = Path(__file__).parent
MANIFEST = FOLDER / "assets" / "manifest.json"


class Municipality(Value):
    """The administration as the pages name it; emblems are names of assets."""

    name: Text
    portal: Text
    address: Text
    phone: str
    email: str
    emblem: str
    emblem_light: str
    theme_colour: str


@cache
def municipality() -> Municipality:
    """Read once per container."""
    return Municipality.model_validate_json((FOLDER / "municipality.json").read_bytes())


@cache
def manifest() -> dict[str, str]:
    """Logical name → content-hashed name of each asset; empty where none were built."""
    if not MANIFEST.exists():
        return {}
    names: dict[str, str] = json.loads(MANIFEST.read_bytes())
    return names
