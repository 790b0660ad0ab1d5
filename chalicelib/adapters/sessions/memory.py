"""Sessions in memory, for tests."""

from datetime import datetime

from chalicelib.domain.ids import SubjectId
from chalicelib.domain.sessions import Session, Ticket
from chalicelib.domain.signin import Attempt


class MemorySessions:
    """Keeps the promises of the port; nothing is encrypted."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}
        self._signed_out: dict[SubjectId, datetime] = {}
        self._attempts: dict[tuple[str, str], Attempt] = {}

    def load(self, ticket: Ticket) -> Session | None:
        """None if there is none, it was ended, or the ticket names somebody else."""
        session = self._sessions.get(ticket.session_id)
        if session is None or session.principal.subject != ticket.subject:
            return None
        ended = self._signed_out.get(ticket.subject)
        return None if ended and session.created_at <= ended else session

    def start(self, ticket: Ticket, session: Session) -> None:
        """Stores a new session."""
        self._sessions[ticket.session_id] = session

    def seen(self, ticket: Ticket, session: Session) -> None:
        """Stores when it was last seen; never brings an ended one back."""
        if ticket.session_id in self._sessions:
            self._sessions[ticket.session_id] = session

    def end(self, ticket: Ticket) -> None:
        """Ends one."""
        self._sessions.pop(ticket.session_id, None)

    def end_all(self, subject: SubjectId, at: datetime) -> None:
        """Ends all of a person's that were created at that time or before."""
        self._signed_out[subject] = at

    def begin(self, browser: str, attempt: Attempt) -> None:
        """Keeps a sign-in under way."""
        self._attempts[browser, attempt.state] = attempt

    def take(self, browser: str, state: str) -> Attempt | None:
        """Gives it once."""
        return self._attempts.pop((browser, state), None)
