"""Checking a statement with nothing but the public keys: no network, no clock."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from joserfc.jws import deserialize_compact

from chalicelib.domain.documents import Keys
from chalicelib.domain.errors import Forged

ALGORITHM = "ES256"
LONGEST_TOKEN = 4200


def verify(token: str, keys: Keys) -> dict[str, object]:
    """What is claimed, if one of the keys signed it; raises Forged for anything else.

    The token's header only names the key. The algorithm is ours, so `none` and a public key used
    as an HMAC secret lead nowhere; and a second spelling of the same bytes is refused, so one
    statement has one token.
    """
    if len(token) > LONGEST_TOKEN or not all(map(_is_canonical, parts := token.split("."))):
        raise Forged(what="token")
    key = _key(parts[0], keys)
    try:
        payload = deserialize_compact(token, key, algorithms=[ALGORITHM]).payload
        claims = json.loads(payload)
    except (JoseError, ValueError) as error:
        raise Forged(what="token") from error
    if not isinstance(claims, dict):
        raise Forged(what="claims")
    return claims


def _is_canonical(part: str) -> bool:
    try:
        raw = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        return False
    return urlsafe_b64encode(raw).rstrip(b"=").decode() == part


def _key(header: str, keys: Keys) -> ECKey:
    """The key that the header names; nothing else of the header decides anything here."""
    try:
        named = json.loads(urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    except (ValueError, RecursionError) as error:
        raise Forged(what="header") from error
    if not isinstance(named, dict) or set(named) != {"alg", "kid"}:
        raise Forged(what="header")
    known = [key for key in keys["keys"] if key["kid"] == named["kid"]]
    if len(known) != 1 or known[0].get("kty") != "EC" or known[0].get("crv") != "P-256":
        raise Forged(what="key")
    return ECKey.import_key(dict(known[0]))
