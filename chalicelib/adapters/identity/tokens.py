"""Verification of the user pool's tokens: RS256 only, by the pool's published keys.

Source: AWS, "Verifying JSON web tokens" for user pools; RFC 8725 (best current practices for JWT).
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any, Literal

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from chalicelib.domain.errors import Forged

TokenUse = Literal["id", "access"]
_ALGORITHMS = ["RS256"]
_LEEWAY = 30  # seconds that two clocks may differ
_LONGEST_TOKEN = 16_384
# Anybody can name an unknown key; each must not cost a fetch.
_REFETCH_AFTER = timedelta(minutes=1)


class PoolKeys:
    """The pool's public keys, kept per container and fetched again for a key not yet known."""

    def __init__(self, fetch: Callable[[], dict[str, Any]]) -> None:
        self._fetch = fetch
        self._keys: dict[str, RSAKey] = {}
        self._fetched_at: datetime | None = None

    def get(self, kid: str, now: datetime) -> RSAKey:
        """Raises Forged for a key that is not the pool's; whatever `fetch` raises."""
        stale = self._fetched_at is None or now - self._fetched_at >= _REFETCH_AFTER
        if kid not in self._keys and stale:
            found = self._fetch().get("keys", [])
            self._keys = {key["kid"]: RSAKey.import_key(key) for key in found if _signs(key)}
            self._fetched_at = now
        if kid not in self._keys:
            raise Forged("token")
        return self._keys[kid]


def _signs(key: dict[str, Any]) -> bool:
    return key.get("kty") == "RSA" and key.get("use", "sig") == "sig" and "kid" in key


class Tokens:
    """Tokens of one pool for our clients, and nobody else's."""

    def __init__(self, issuer: str, keys: PoolKeys) -> None:
        self._issuer = issuer
        self._keys = keys

    def verify(
        self, token: str, uses: Collection[TokenUse], clients: Collection[str], now: datetime
    ) -> dict[str, Any]:
        """The claims. Raises Forged, and what fetching the keys raises."""
        try:
            claims = self._decoded(token, now)
            self._required(int(now.timestamp())).validate(claims)
        except (JoseError, ValueError, TypeError, AttributeError, KeyError) as error:
            raise Forged("token") from error
        use = claims["token_use"]
        client = claims.get("aud" if use == "id" else "client_id")
        ours = isinstance(client, str) and client in clients
        if use not in uses or not ours:
            raise Forged("token")
        return claims

    def _decoded(self, token: str, now: datetime) -> dict[str, Any]:
        if len(token) > _LONGEST_TOKEN:
            raise ValueError("too long for a token")
        header = jws.extract_compact(token.encode()).headers()
        if header.get("alg") not in _ALGORITHMS or not isinstance(header.get("kid"), str):
            raise ValueError("not signed as the pool signs")
        key = self._keys.get(header["kid"], now)
        return jwt.decode(token, key, algorithms=_ALGORITHMS).claims

    def _required(self, now: int) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=now,
            leeway=_LEEWAY,
            iss={"essential": True, "value": self._issuer},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            token_use={"essential": True},
        )
