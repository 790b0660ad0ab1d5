"""Where sessions of signed-in people, and sign-ins under way, are kept."""

from datetime import datetime
from typing import Protocol

from chalicelib.domain.ids import SubjectId
from chalicelib.domain.sessions import Session, Ticket
from chalicelib.domain.signin import Attempt


class Sessions(Protocol):
    """What is kept can be read only with the secret that the browser has. Raises Busy.

    Expiry is the caller's to judge; records long expired may be gone.
    """

    def load(self, ticket: Ticket) -> Session | None:
        """None if there is none, it was ended, or the ticket names somebody else."""
        ...

    def start(self, ticket: Ticket, session: Session) -> None:
        """Stores a new session."""
        ...

    def seen(self, ticket: Ticket, session: Session) -> None:
        """Stores when it was last seen; never brings an ended one back."""
        ...

    def end(self, ticket: Ticket) -> None:
        """Ends one; ending it again changes nothing."""
        ...

    def end_all(self, subject: SubjectId, at: datetime) -> None:
        """Ends all of a person's that were created at that time or before."""
        ...

    def begin(self, browser: str, attempt: Attempt) -> None:
        """Keeps a sign-in under way for the browser that knows this secret."""
        ...

    def take(self, browser: str, state: str) -> Attempt | None:
        """Gives it once: None the second time, and for every other browser."""
        ...
