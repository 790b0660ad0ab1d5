"""The user pool: its hosted sign-in page, its tokens, and what only it knows of their bearers.

Source: AWS, "User pool endpoints and managed login reference".
"""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import urllib3
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.identity.tokens import PoolKeys, Tokens
from chalicelib.domain.errors import Busy, Forged, NotSignedIn
from chalicelib.domain.signin import Attempt, Claims
from chalicelib.domain.values import Value

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

_TIMEOUT = urllib3.Timeout(connect=2, read=5)
_SCOPES = "openid profile email"
# The scope of tokens that the pool's own API gives; only with it does GetUser answer.
_OWN_API = "aws.cognito.signin.user.admin"
_MOST_CACHED = 500


class Pool(Value):
    """One user pool and our clients in it."""

    issuer: str
    signin_url: str  # origin of the hosted page
    client_id: str
    client_secret: str
    api_clients: frozenset[str]  # further clients whose tokens the API takes
    base_url: str  # our own origin

    def __repr__(self) -> str:
        return f"Pool({self.issuer})"

    __str__ = __repr__

    @property
    def callback_url(self) -> str:
        """Registered with the client; the provider sends the browser nowhere else."""
        return f"{self.base_url}/signin/callback"


class CognitoIdentity:
    """`client` makes the pool's API client when it is first needed (its endpoint has the keys)."""

    def __init__(
        self,
        pool: Pool,
        client: "Callable[[], CognitoIdentityProviderClient]",
        http: urllib3.PoolManager | None = None,
    ) -> None:
        self._pool = pool
        self._client = client
        self._http = http or urllib3.PoolManager(timeout=_TIMEOUT, retries=False)
        self._tokens = Tokens(pool.issuer, PoolKeys(self._published_keys))
        self._profiles: dict[bytes, dict[str, str]] = {}

    def authorization_url(self, attempt: Attempt) -> str:
        """Where the browser goes to sign in."""
        asked = {
            "response_type": "code",
            "client_id": self._pool.client_id,
            "redirect_uri": self._pool.callback_url,
            "scope": _SCOPES,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        return f"{self._pool.signin_url}/oauth2/authorize?{urlencode(asked)}"

    def logout_url(self, back: str) -> str:
        """Ends the hosted page's own session; `back` is registered with the client."""
        asked = {"client_id": self._pool.client_id, "logout_uri": f"{self._pool.base_url}{back}"}
        return f"{self._pool.signin_url}/logout?{urlencode(asked)}"

    def exchange(self, code: str, attempt: Attempt, now: datetime) -> Claims:
        """What the code stands for. Raises Forged, Busy."""
        token = self._id_token(code, attempt)
        claims = self._tokens.verify(token, ["id"], [self._pool.client_id], now)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), attempt.nonce.encode()):
            raise Forged("token")
        return _claims(claims, claims)

    def verify(self, token: str, now: datetime) -> Claims:
        """Who bears this token. Raises NotSignedIn, Busy."""
        clients = {self._pool.client_id, *self._pool.api_clients}
        try:
            claims = self._tokens.verify(token, ("id", "access"), clients, now)
        except Forged as error:
            raise NotSignedIn from error
        if claims["token_use"] == "id":  # noqa: S105 - a kind of token
            return _claims(claims, claims)
        return _claims(claims, self._profile(token, claims))

    def _id_token(self, code: str, attempt: Attempt) -> str:
        status, answer = self._asked(
            "POST",
            f"{self._pool.signin_url}/oauth2/token",
            body=urlencode(
                {
                    "grant_type": "authorization_code",
                    "client_id": self._pool.client_id,
                    "code": code,
                    "redirect_uri": self._pool.callback_url,
                    "code_verifier": attempt.verifier,
                }
            ),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                **_basic(self._pool.client_id, self._pool.client_secret),
            },
        )
        if answer.get("error") == "invalid_grant":
            raise Forged("sign-in-code")
        if status != 200 or not isinstance(answer.get("id_token"), str):
            raise Busy("sign-in-unavailable")
        return str(answer["id_token"])

    def _profile(self, token: str, claims: Mapping[str, Any]) -> dict[str, str]:
        """Access tokens say nothing personal; the pool is asked once for each and container."""
        key = hashlib.sha256(token.encode()).digest()
        if key not in self._profiles:
            scopes = str(claims.get("scope", "")).split()
            found = self._own_user(token) if _OWN_API in scopes else self._user_info(token)
            if found.get("sub") != claims["sub"]:
                raise NotSignedIn
            while len(self._profiles) >= _MOST_CACHED:
                del self._profiles[next(iter(self._profiles))]
            self._profiles[key] = found
        return self._profiles[key]

    def _own_user(self, token: str) -> dict[str, str]:
        try:
            user = self._client().get_user(AccessToken=token)
        except ClientError as error:
            if error.response["Error"]["Code"] in {
                "NotAuthorizedException",
                "UserNotFoundException",
            }:
                raise NotSignedIn from error
            raise Busy("sign-in-unavailable") from error
        except BotoCoreError as error:
            raise Busy("sign-in-unavailable") from error
        return {one["Name"]: one.get("Value", "") for one in user["UserAttributes"]}

    def _user_info(self, token: str) -> dict[str, str]:
        url = f"{self._pool.signin_url}/oauth2/userInfo"
        status, answer = self._asked("GET", url, headers={"Authorization": f"Bearer {token}"})
        if status in (400, 401, 403):
            raise NotSignedIn
        if status != 200:
            raise Busy("sign-in-unavailable")
        return {name: value for name, value in answer.items() if isinstance(value, str)}

    def _published_keys(self) -> dict[str, Any]:
        pool_id = self._pool.issuer.rsplit("/", 1)[-1]
        endpoint = self._client().meta.endpoint_url
        status, answer = self._asked("GET", f"{endpoint}/{pool_id}/.well-known/jwks.json")
        if status != 200:
            raise Busy("sign-in-unavailable")
        return answer

    def _asked(
        self, method: str, url: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        try:
            answer = self._http.request(method, url, body=body, headers=headers, redirect=False)
            content = json.loads(answer.data)
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise Busy("sign-in-unavailable") from error
        return answer.status, content if isinstance(content, dict) else {}


def _basic(client_id: str, secret: str) -> dict[str, str]:
    """RFC 6749, section 2.3.1: both are form-encoded first."""
    pair = f"{quote(client_id, safe='')}:{quote(secret, safe='')}".encode()
    return {"Authorization": f"Basic {b64encode(pair).decode()}"} if secret else {}


def _claims(token: Mapping[str, Any], profile: Mapping[str, Any]) -> Claims:
    groups = token.get("cognito:groups")
    return Claims(
        sub=str(token["sub"]),
        name=_text(profile, "name") or "",
        groups=frozenset(str(group) for group in groups)
        if isinstance(groups, list)
        else frozenset(),
        egn=_text(profile, "custom:egn"),
        unit=_text(profile, "custom:unit"),
    )


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    return value if isinstance(value, str) else None
