"""Sessions of signed-in people: how long they live, what their cookie says, and form tokens.

Terms of OWASP ASVS 5.0, chapter 7: a session dies after half an hour of silence and after a
working day at the latest; each sign-in makes a new one.
"""

import base64
import hashlib
import hmac
import re
from datetime import datetime, timedelta
from typing import Self

from chalicelib.domain.access import Principal
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.values import Value

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=8)
# Writing each click down would cost a write a click.
SEEN_EVERY = timedelta(minutes=1)
SECRET_BYTES = 32

_TICKET = re.compile(r"([A-Za-z0-9_-]{43})\.([A-Za-z0-9-]{1,64})")


class Session(Value):
    """Who is signed in, and since when. Times are UTC."""

    principal: Principal
    created_at: datetime
    seen_at: datetime

    @property
    def expires_at(self) -> datetime:
        """When it ends unless it is seen again."""
        return min(self.seen_at + IDLE, self.created_at + ABSOLUTE)

    def lives(self, now: datetime) -> bool:
        """Whether it still counts."""
        return now < self.expires_at

    def seen(self, now: datetime) -> Self:
        """The same session, seen now; itself, if it was seen within the last minute."""
        if now - self.seen_at < SEEN_EVERY:
            return self
        return self.model_copy(update={"seen_at": now})


class Ticket(Value):
    """What the browser keeps: the session's secret, and whose session it says it is.

    The subject lets the record and the person's last sign-out be read at once; it proves nothing.
    """

    secret: str
    subject: SubjectId

    def __repr__(self) -> str:
        return "Ticket(…)"

    __str__ = __repr__

    @property
    def session_id(self) -> str:
        """The name of the session's record; the secret itself is stored nowhere."""
        return digest(self.secret)

    @property
    def text(self) -> str:
        """As the cookie carries it."""
        return f"{self.secret}.{self.subject}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From the cookie; None for anything that we never issued."""
        found = _TICKET.fullmatch(text)
        return cls(secret=found[1], subject=SubjectId(found[2])) if found else None


def secret(chance: bytes) -> str:
    """32 random bytes as text for a cookie or an address. Raises ValueError for fewer."""
    if len(chance) != SECRET_BYTES:
        raise ValueError("a secret takes 32 random bytes")
    return url_text(chance)


def url_text(content: bytes) -> str:
    """Base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def digest(text: str) -> str:
    """SHA-256 in hexadecimal: names a record by a secret without storing the secret."""
    return hashlib.sha256(text.encode()).hexdigest()


def form_token(ticket: Ticket) -> str:
    """The `_csrf` field of the session's forms: a site that cannot read them cannot make it."""
    key = ticket.secret.encode()
    return hmac.new(key, f"form {ticket.session_id}".encode(), hashlib.sha256).hexdigest()


def is_form_token(ticket: Ticket, token: str) -> bool:
    """Whether the form came from a page of this session. Takes the same time for every guess."""
    return hmac.compare_digest(form_token(ticket).encode(), token.encode())
