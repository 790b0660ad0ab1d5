"""Where the templates and the built assets are."""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
MANIFEST = FOLDER / "assets" / "manifest.json"


@cache
def manifest() -> dict[str, str]:
    """Logical name → content-hashed name of each asset; empty where none were built."""
    if not MANIFEST.exists():
        return {}
    names: dict[str, str] = json.loads(MANIFEST.read_bytes())
    return names
