"""Short statements of the administration that anybody can check: QR tokens, journal heads."""

from collections.abc import Mapping
from typing import Protocol

from chalicelib.domain.documents import Keys


class Attestation(Protocol):
    """Signs with the administration's key (ECDSA on P-256)."""

    def sign(self, claims: Mapping[str, object]) -> str:
        """A compact JWS (RFC 7515), `ES256`, `kid` by RFC 7638. Raises SealUnavailable.

        No two signatures of one statement are alike: keep the token, do not make it again.
        """
        ...

    def keys(self) -> Keys:
        """The public keys as a JWK set (RFC 7517), retired ones too. Raises SealUnavailable."""
        ...


class Verifier(Protocol):
    """Checks a statement with nothing but the public keys; asks nobody."""

    def __call__(self, token: str, keys: Keys) -> dict[str, object]:
        """What is claimed. Raises Forged for anything but a token signed by one of the keys."""
        ...
