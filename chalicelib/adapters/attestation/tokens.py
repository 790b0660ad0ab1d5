"""The form of a statement: RFC 7515 compact, ES256 only, keys named by RFC 7638 thumbprints."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from chalicelib.domain.documents import Keys

_COORDINATE = 32
# What KMS signs without being given a digest.
LONGEST_SIGNED = 4096


def public_jwk(key: EllipticCurvePublicKey) -> dict[str, str]:
    """The key as a JWK with its `kid`. Raises TypeError for another curve than P-256."""
    if not isinstance(key.curve, SECP256R1):
        raise TypeError("ES256 wants a key on P-256")
    numbers = key.public_numbers()
    needed = {
        "crv": "P-256",
        "kty": "EC",
        "x": _base64url(numbers.x.to_bytes(_COORDINATE, "big")),
        "y": _base64url(numbers.y.to_bytes(_COORDINATE, "big")),
    }
    # RFC 7638: the members that make the key, sorted, without white space.
    thumbprint = _base64url(hashlib.sha256(_compact(needed)).digest())
    return {**needed, "kid": thumbprint, "alg": "ES256", "use": "sig"}


def key_set(current: dict[str, str], retired: Sequence[Mapping[str, str]]) -> Keys:
    """The current key first, then those that signed before it."""
    others = [dict(key) for key in retired if key["kid"] != current["kid"]]
    return {"keys": [dict(current), *others]}


def sign(claims: Mapping[str, object], kid: str, sign_bytes: Callable[[bytes], bytes]) -> str:
    """`sign_bytes` answers bytes with their ECDSA-SHA-256 signature in DER, as KMS does.

    Raises ValueError for more than KMS takes.
    """
    header = {"alg": "ES256", "kid": kid}
    signed = f"{_base64url(_compact(header))}.{_base64url(_compact(claims))}"
    if len(signed) > LONGEST_SIGNED:
        raise ValueError("a statement has at most 4096 bytes")
    r, s = decode_dss_signature(sign_bytes(signed.encode()))
    raw = r.to_bytes(_COORDINATE, "big") + s.to_bytes(_COORDINATE, "big")
    return f"{signed}.{_base64url(raw)}"


def _compact(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
