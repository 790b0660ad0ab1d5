"""Signing in: the attempt under way, what an identity provider says, and whom that makes.

Protocol: OAuth 2.0 authorization code (RFC 6749) with PKCE (RFC 7636) and OpenID Connect Core.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from chalicelib.domain.access import Principal, Role
from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.identity import Egn
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.sessions import url_text
from chalicelib.domain.values import Value

# How long somebody may take on the provider's page.
SIGN_IN_TIME = timedelta(minutes=10)
HOME = "/"

_GROUPS: dict[str, Role] = {
    "registrar": "registrar",
    "head-of-unit": "head-of-unit",
    "administrator": "administrator",
}
_LONGEST_NAME = 200
_LONGEST_PATH = 1000
# A path of ours: visible ASCII, no backslash (browsers read it as a slash), one leading slash
# (two would be another host).
_OWN_PATH = re.compile(r"/(?!/)[\x21-\x5b\x5d-\x7e]*")
_SIGNING = re.compile(r"(/bg|/en)?/sign(in|out|ed-out)(?![A-Za-z0-9_-])")


class Attempt(Value):
    """One sign-in under way. The answer is tied to it by `state`, the token by `nonce`."""

    state: str
    nonce: str
    verifier: str
    next: str
    started_at: datetime

    def __repr__(self) -> str:
        return "Attempt(…)"

    __str__ = __repr__

    @property
    def challenge(self) -> str:
        """PKCE's S256: the provider gives the token only to who knows the verifier."""
        return url_text(hashlib.sha256(self.verifier.encode()).digest())

    def lives(self, now: datetime) -> bool:
        """Whether the answer still counts."""
        return now < self.started_at + SIGN_IN_TIME


class Claims(Value):
    """What the identity provider says of somebody; already verified, not yet judged."""

    sub: str
    name: str = ""
    groups: frozenset[str] = frozenset()
    egn: str | None = None
    unit: str | None = None

    def __repr__(self) -> str:
        return f"Claims({self.sub})"

    __str__ = __repr__


def principal_of(claims: Claims, subject: Callable[[str], SubjectId]) -> Principal:
    """Officials by their groups, everybody else a citizen by EGN; nobody is both.

    `subject` makes the subject of an EGN. Raises Forbidden: `egn-missing`, `egn-invalid`.
    """
    roles = frozenset(_GROUPS[group] for group in claims.groups & _GROUPS.keys())
    name = " ".join(claims.name.split())[:_LONGEST_NAME]
    if roles:
        unit = claims.unit or None
        return Principal(subject=SubjectId(claims.sub), name=name, roles=roles, unit=unit)
    egn = _valid_egn(claims.egn)
    return Principal(
        subject=subject(egn.number), name=name, roles=frozenset({"citizen"}), egn=egn.number
    )


def _valid_egn(text: str | None) -> Egn:
    if not text:
        raise Forbidden("egn-missing")
    try:
        return Egn.parse(text)
    except Invalid:
        raise Forbidden("egn-invalid") from None


def subject_of(egn: str, pepper: bytes) -> SubjectId:
    """Who a citizen is, without saying it: without the pepper nobody can count through all EGNs."""
    return SubjectId(hmac.new(pepper, f"egn:{egn}".encode(), hashlib.sha256).hexdigest()[:32])


def safe_next(path: str | None) -> str:
    """Where to go after signing in: a path of ours, or home; never another site."""
    if not path or len(path) > _LONGEST_PATH:
        return HOME
    own = _OWN_PATH.fullmatch(path) and not _SIGNING.match(path)
    return path if own else HOME
