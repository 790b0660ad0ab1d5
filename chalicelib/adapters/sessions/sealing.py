"""Encryption of what is kept for a browser: neither the table nor our key alone opens it."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12
_LEAST_KEY_BYTES = 32


class Sealing:
    """AES-256-GCM under HKDF-SHA256 (RFC 5869) of our key and the browser's secret."""

    def __init__(self, key: bytes) -> None:
        if len(key) < _LEAST_KEY_BYTES:
            raise ValueError("the session key must have 32 bytes at least")
        self._key = key

    def seal(self, secret: str, content: str, about: str) -> bytes:
        """`about` is bound to the content without being hidden."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher(secret).encrypt(nonce, content.encode(), about.encode())

    def open(self, secret: str, sealed: bytes, about: str) -> str | None:
        """None if the secret, our key, the content or what it is about is another."""
        nonce, hidden = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher(secret).decrypt(nonce, hidden, about.encode()).decode()
        except (InvalidTag, ValueError):
            return None

    def _cipher(self, secret: str) -> AESGCM:
        derived = HKDF(SHA256(), length=32, salt=self._key, info=b"zagora session 1")
        return AESGCM(derived.derive(secret.encode()))
