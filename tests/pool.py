"""A user pool that the test is: its keys, its tokens, and its endpoints."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

import urllib3
from joserfc import jwt
from joserfc.jwk import RSAKey

from chalicelib.adapters.identity.cognito import CognitoIdentity, Pool
from chalicelib.domain.signin import Attempt

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
EGN = "7523169263"
REGION_URL = "https://cognito-idp.eu-central-1.amazonaws.com"
ISSUER = f"{REGION_URL}/eu-central-1_Pool"
WEB, API = "web-client", "api-client"
POOL = Pool(
    issuer=ISSUER,
    signin_url="https://signin.example",
    client_id=WEB,
    client_secret="s3cret:+/",
    api_clients=frozenset({API}),
    base_url="https://portal.example",
)
OURS, NEXT, FOREIGN = (
    RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"}, private=True)
    for kid in ("key-1", "key-2", "key-1")
)
ATTEMPT = Attempt(state="st", nonce="nonce-1", verifier="ver", next="/", started_at=NOW)


def claims(use: str, **changed: Any) -> dict[str, Any]:
    """A good token's claims as Cognito writes them; None takes one away."""
    epoch = int(NOW.timestamp())
    good: dict[str, Any] = {"sub": "sub-1", "iss": ISSUER, "token_use": use}
    good |= {"iat": epoch, "exp": epoch + 900, "cognito:groups": ["registrar"]}
    if use == "id":
        good |= {"aud": WEB, "nonce": "nonce-1", "name": "Иван", "custom:egn": EGN}
        good |= {"custom:unit": "civil"}
    else:
        good |= {"client_id": WEB, "scope": "openid profile email", "username": "ivan"}
    return {name: value for name, value in (good | changed).items() if value is not None}


def signed(content: dict[str, Any], key: RSAKey = OURS, **header: Any) -> str:
    return jwt.encode({"alg": "RS256", "kid": key.kid, **header}, content, key)


def part(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


@dataclass
class Answer:
    status: int
    data: bytes


@dataclass
class Outside:
    """The pool's endpoints and its API: what they answer, and what they were asked."""

    keys: list[RSAKey] = field(default_factory=lambda: [OURS])
    token: tuple[int, Any] = (200, {})
    user_info: tuple[int, Any] = (200, {"sub": "sub-1", "name": "Иван", "custom:egn": EGN})
    own_user: Callable[[], dict[str, Any]] = dict
    broken: str = ""
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def request(self, method: str, url: str, **given: Any) -> Answer:
        """Stands for urllib3."""
        assert given.pop("redirect") is False
        self.asked.append((f"{method} {url}", given))
        if self.broken and self.broken in url:
            raise urllib3.exceptions.ConnectTimeoutError
        public = {"keys": [key.as_dict(private=False) for key in self.keys]}
        place = urlsplit(url).path
        answers = {"/oauth2/token": self.token, "/oauth2/userInfo": self.user_info}
        status, content = answers.get(place, (200, public))
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        return Answer(status, data)

    def get_user(self, AccessToken: str) -> dict[str, Any]:  # noqa: N803 - boto3's own
        """Stands for boto3."""
        self.asked.append(("GetUser", {"token": AccessToken}))
        return self.own_user()

    @property
    def meta(self) -> SimpleNamespace:
        return SimpleNamespace(endpoint_url=REGION_URL)

    def identity(self) -> CognitoIdentity:
        return CognitoIdentity(POOL, lambda: cast(Any, self), http=cast(urllib3.PoolManager, self))

    def times(self, what: str) -> int:
        return sum(what in asked for asked, _ in self.asked)
