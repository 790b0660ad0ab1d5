"""The demo's accounts at payment operators: made once, told to the simulators and the secret."""

import json
import secrets

from infra.paths import LOCAL

REMEMBERED = LOCAL / "merchants.json"
Merchants = dict[str, dict[str, str]]


def merchants() -> Merchants:
    """By operator."""
    if not REMEMBERED.exists():
        number = f"D{secrets.randbelow(10**9):010d}"
        made = {"epay": {"min": number, "secret": secrets.token_hex(32)}}
        REMEMBERED.touch(mode=0o600)
        REMEMBERED.write_text(json.dumps(made))
    known: Merchants = json.loads(REMEMBERED.read_text())
    return known
