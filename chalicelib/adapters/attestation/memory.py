"""Statements signed by a key in this process: the twin for tests."""

from collections.abc import Mapping, Sequence

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.adapters.attestation import tokens
from chalicelib.domain.documents import Keys


class MemoryAttestation:
    """A P-256 key of its own, or the given one."""

    def __init__(
        self,
        key: ec.EllipticCurvePrivateKey | None = None,
        retired: Sequence[Mapping[str, str]] = (),
    ) -> None:
        self._key = key or ec.generate_private_key(ec.SECP256R1())
        self._jwk = tokens.public_jwk(self._key.public_key())
        self._retired = tuple(retired)

    def sign(self, claims: Mapping[str, object]) -> str:
        """Never unavailable."""
        return tokens.sign(claims, self._jwk["kid"], self._sign_bytes)

    def keys(self) -> Keys:
        """Never unavailable."""
        return tokens.key_set(self._jwk, self._retired)

    def _sign_bytes(self, message: bytes) -> bytes:
        return self._key.sign(message, ec.ECDSA(hashes.SHA256()))
