"""Sessions in the table: `SESSION#<digest>/SESSION`, `SUBJECT#<subject>/SIGNED_OUT`,
`SIGNIN#<digest>/SIGNIN`. Who somebody is can be read only with the browser's secret.
"""

from datetime import datetime, timedelta

from pynamodb.exceptions import DeleteError, UpdateError

from chalicelib.adapters.sessions.sealing import Sealing
from chalicelib.adapters.table import Row, find_row, steadily
from chalicelib.domain.access import Principal
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.sessions import ABSOLUTE, Session, Ticket, digest
from chalicelib.domain.signin import SIGN_IN_TIME, Attempt
from chalicelib.domain.values import Value

# Beyond expiry, so that no difference between clocks deletes what still counts.
_GRACE = timedelta(hours=1)


class _Times(Value):
    """What of a session is not secret."""

    created_at: datetime
    seen_at: datetime


class _SignedOut(Value):
    """When a person last signed out everywhere."""

    at: datetime


class DynamoSessions:
    """All raise Busy."""

    def __init__(self, key: bytes) -> None:
        self._sealing = Sealing(key)

    def load(self, ticket: Ticket) -> Session | None:
        """The record and the person's last sign-out, both strongly consistent, in one read."""
        keys = [_session_key(ticket), _signed_out_key(ticket.subject)]
        rows = {
            (row.pk, row.sk): row
            for row in steadily(lambda: list(Row.batch_get(keys, consistent_read=True)))
        }
        session = self._opened(ticket, rows.get(keys[0]))
        ended = rows.get(keys[1])
        if session and ended and session.created_at <= _signed_out_at(ended):
            return None
        return session

    def start(self, ticket: Ticket, session: Session) -> None:
        """Stores a new session."""
        pk, sk = _session_key(ticket)
        about = _about(ticket, session.created_at)
        row = Row(pk, sk, body=_times(session), expires=_epoch(session.expires_at + _GRACE))
        content = session.principal.model_dump_json()
        row.blob = self._sealing.seal(ticket.secret, content, about)
        steadily(row.save)

    def seen(self, ticket: Ticket, session: Session) -> None:
        """Stores when it was last seen; never brings an ended one back."""
        row = Row(*_session_key(ticket))
        times = Row.body.set(_times(session))
        expires = Row.expires.set(_epoch(session.expires_at + _GRACE))
        try:
            steadily(lambda: row.update([times, expires], condition=Row.pk.exists()))
        except UpdateError:
            return

    def end(self, ticket: Ticket) -> None:
        """Ends one."""
        steadily(Row(*_session_key(ticket)).delete)

    def end_all(self, subject: SubjectId, at: datetime) -> None:
        """One record, kept for as long as any session before it could live."""
        pk, sk = _signed_out_key(subject)
        expires = _epoch(at + ABSOLUTE + _GRACE)
        row = Row(pk, sk, body=_SignedOut(at=at).model_dump_json(), expires=expires)
        steadily(row.save)

    def begin(self, browser: str, attempt: Attempt) -> None:
        """Keeps a sign-in under way."""
        pk, sk = _attempt_key(browser, attempt.state)
        row = Row(pk, sk, expires=_epoch(attempt.started_at + SIGN_IN_TIME + _GRACE))
        row.blob = self._sealing.seal(browser, attempt.model_dump_json(), pk)
        steadily(row.save)

    def take(self, browser: str, state: str) -> Attempt | None:
        """Gives it once: of several who ask, one deletes it."""
        pk, sk = _attempt_key(browser, state)
        row = find_row(pk, sk)
        if row is None or row.blob is None:
            return None
        try:
            steadily(lambda: row.delete(condition=Row.pk.exists()))
        except DeleteError:
            return None
        content = self._sealing.open(browser, row.blob, pk)
        return Attempt.model_validate_json(content) if content else None

    def _opened(self, ticket: Ticket, row: Row | None) -> Session | None:
        if row is None or row.body is None or row.blob is None:
            return None
        times = _Times.model_validate_json(row.body)
        about = _about(ticket, times.created_at)
        content = self._sealing.open(ticket.secret, row.blob, about)
        if content is None:
            return None
        principal = Principal.model_validate_json(content)
        return Session(principal=principal, created_at=times.created_at, seen_at=times.seen_at)


def _session_key(ticket: Ticket) -> tuple[str, str]:
    return f"SESSION#{ticket.session_id}", "SESSION"


def _signed_out_key(subject: SubjectId) -> tuple[str, str]:
    return f"SUBJECT#{subject}", "SIGNED_OUT"


def _attempt_key(browser: str, state: str) -> tuple[str, str]:
    return f"SIGNIN#{digest(f'{browser} {state}')}", "SIGNIN"


def _about(ticket: Ticket, created_at: datetime) -> str:
    """The row's own place, owner and age: none can be changed in the table unnoticed."""
    return f"{ticket.session_id} {ticket.subject} {created_at.isoformat()}"


def _signed_out_at(row: Row) -> datetime:
    return _SignedOut.model_validate_json(row.body or "{}").at


def _times(session: Session) -> str:
    return _Times(created_at=session.created_at, seen_at=session.seen_at).model_dump_json()


def _epoch(at: datetime) -> int:
    return int(at.timestamp())
