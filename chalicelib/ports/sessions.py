"""Where sessions of signed-in people, and sign-ins under way, are kept."""

from datetime import datetime
from typing import Protocol

from chalicelib.domain.values import Value


class SessionRecord(Value):
    """One session. `content` is encrypted; `subject` lets all of a person's be ended at once."""

    id: str  # SHA-256 of the cookie's secret: the secret itself is stored nowhere
    subject: str
    content: bytes
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


class Sessions(Protocol):
    """Raises Busy."""

    def load(self, session_id: str) -> SessionRecord | None:
        """None if there is none, or it was ended."""
        ...

    def save(self, record: SessionRecord) -> None:
        """Stores it anew or again."""
        ...

    def end(self, session_id: str) -> None:
        """Ends one; ending it again changes nothing."""
        ...

    def end_all(self, subject: str) -> None:
        """Ends all of a person's (sign out everywhere)."""
        ...
