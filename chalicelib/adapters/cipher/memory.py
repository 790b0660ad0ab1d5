"""Data keys wrapped by a key in memory: the twin of KMS for tests."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chalicelib.domain.errors import Forged
from chalicelib.ports.cipher import DataKey

_NONCE = 12


class MemoryCipher:
    """Wraps with AES-GCM under a key that lives as long as the process."""

    def __init__(self, chance: bytes) -> None:
        self._chance = chance
        self._made = 0

    def new_key(self, context: str) -> DataKey:
        """A new data key."""
        self._made += 1
        plain = AESGCM.generate_key(256)
        nonce = self._made.to_bytes(_NONCE, "big")
        return DataKey(
            plain=plain, wrapped=nonce + self._aead.encrypt(nonce, plain, self._aad(context))
        )

    def unwrap(self, wrapped: bytes, context: str) -> bytes:
        """The plain key again. Raises Forged."""
        try:
            return self._aead.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], self._aad(context))
        except InvalidTag as error:
            raise Forged("data-key") from error

    @property
    def _aead(self) -> AESGCM:
        return AESGCM(self._chance)

    @staticmethod
    def _aad(context: str) -> bytes:
        return context.encode()
