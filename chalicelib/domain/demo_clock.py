"""The clock of demonstrations: the time of the application, ahead of the real one.

For a laptop, for training and for tests; never where cases are real. It goes forward only: a
record whose times run backwards would be none.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import Fault, Invalid
from chalicelib.domain.values import Value

# Beyond it there is no calendar.
FURTHEST = timedelta(days=366 * 10)
_STEP = re.compile(r"\+?\s*(\d{1,5})\s*(minute|hour|day|week)s?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?")


class Setting(Value):
    """How far ahead the clock is, who put it there, and when (real time, UTC)."""

    ahead: timedelta = timedelta()
    moved_by: str = ""
    moved_at: datetime | None = None

    @property
    def is_moved(self) -> bool:
        """Whether the time shown is not the real one."""
        return bool(self.ahead)


def target(words: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment that is meant, in UTC: `+14 days`, `2 hours`, `2026-12-24 09:00` (local time),
    `2026-12-24` (that morning at nine). Raises Invalid."""
    text = words.strip()
    step, moment = _STEP.fullmatch(text), _MOMENT.fullmatch(text)
    if step:
        return now + int(step[1]) * timedelta(**{f"{step[2]}s": 1})
    if moment:
        try:
            at = datetime.fromisoformat(text if moment[1] else f"{text} 09:00")
        except ValueError:
            raise _unclear() from None
        return at.replace(tzinfo=zone).astimezone(UTC)
    raise _unclear()


def moved(setting: Setting, to: datetime, real_now: datetime, by: str) -> Setting:
    """The clock, put forward. Raises Invalid when it would go back or beyond the calendar."""
    ahead = to - real_now
    if ahead < setting.ahead:
        raise Invalid([Fault(field="to", code="clock-goes-back")])
    if ahead > FURTHEST:
        raise Invalid([Fault(field="to", code="clock-too-far")])
    return Setting(ahead=ahead, moved_by=by, moved_at=real_now.astimezone(UTC))


def _unclear() -> Invalid:
    return Invalid([Fault(field="to", code="not-a-moment")])
