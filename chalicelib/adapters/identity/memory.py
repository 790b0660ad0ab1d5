"""An identity provider in memory, for tests: its page is a method, its tokens are words."""

from datetime import datetime
from urllib.parse import parse_qs, urlencode, urlsplit

from chalicelib.domain.errors import Forged, NotSignedIn
from chalicelib.domain.signin import Attempt, Claims

_ORIGIN = "https://identity.test"


class MemoryIdentity:
    """Knows whom the test made known."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, str, Claims]] = {}
        self._tokens: dict[str, Claims] = {}

    def authorization_url(self, attempt: Attempt) -> str:
        """Where the browser goes to sign in."""
        asked = {
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        return f"{_ORIGIN}/authorize?{urlencode(asked)}"

    def logout_url(self, back: str) -> str:
        """Where the browser goes to sign out."""
        return f"{_ORIGIN}/logout?{urlencode({'back': back})}"

    def enter(self, url: str, claims: Claims) -> dict[str, str]:
        """Somebody signs in on the page at `url`: what the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = f"code-{len(self._codes)}"
        self._codes[code] = (asked["code_challenge"], asked["nonce"], claims)
        return {"code": code, "state": asked["state"]}

    def exchange(self, code: str, attempt: Attempt, now: datetime) -> Claims:
        """A code counts once, and only for the attempt that asked for it."""
        challenge, nonce, claims = self._codes.pop(code, ("", "", None))
        if claims is None or challenge != attempt.challenge:
            raise Forged("sign-in-code")
        if nonce != attempt.nonce:
            raise Forged("token")
        return claims

    def give_token(self, token: str, claims: Claims) -> None:
        """Makes a bearer token."""
        self._tokens[token] = claims

    def verify(self, token: str, now: datetime) -> Claims:
        """Who bears this token."""
        if token not in self._tokens:
            raise NotSignedIn
        return self._tokens[token]
