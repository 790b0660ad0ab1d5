"""Personal data as it lies in the table: AES-GCM under the case's key, bound to its place."""

import json
import os
from collections.abc import Mapping

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chalicelib.domain.journal import Opening

_NONCE = 12


def seal(key: bytes, place: str, openings: Mapping[str, Opening]) -> bytes:
    """Encrypts the openings of one entry; `place` (its key in the table) cannot be exchanged."""
    plain = json.dumps({name: opening.model_dump() for name, opening in openings.items()})
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain.encode(), place.encode())


def open_(key: bytes, place: str, sealed: bytes) -> dict[str, Opening]:
    """The openings again. Raises cryptography's InvalidTag when anything was changed."""
    plain = AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
    return {name: Opening.model_validate(value) for name, value in json.loads(plain).items()}
