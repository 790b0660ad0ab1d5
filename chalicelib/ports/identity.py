"""Who says who somebody is: an OpenID Connect provider."""

from datetime import datetime
from typing import Protocol

from chalicelib.domain.signin import Attempt, Claims


class IdentityProvider(Protocol):
    """All but the addresses raise Busy when the provider does not answer."""

    def authorization_url(self, attempt: Attempt) -> str:
        """Where the browser goes to sign in."""
        ...

    def exchange(self, code: str, attempt: Attempt, now: datetime) -> Claims:
        """What the code of the provider's answer stands for.

        Raises Forged: the code is not of this attempt, or the token does not verify.
        """
        ...

    def verify(self, token: str, now: datetime) -> Claims:
        """Who bears this identity or access token. Raises NotSignedIn unless it is good."""
        ...

    def logout_url(self, back: str) -> str:
        """Where the browser goes so that the provider forgets it too; then it comes to `back`."""
        ...
