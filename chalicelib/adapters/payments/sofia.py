"""The local time in which Bulgarian operators write; zone Europe/Sofia."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SOFIA = ZoneInfo("Europe/Sofia")


def to_sofia(moment: datetime) -> datetime:
    """An aware time as the wall clock in Sofia. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(SOFIA)


def from_sofia(wall: datetime) -> datetime:
    """The UTC time of what a wall clock in Sofia showed.

    The hour that comes twice in October is taken as its first coming, the earlier one: a payer is
    never made later than they were. The hour that is missing in March is read as if summer time
    had not begun yet (03:30 is 01:30 UTC), as the language's own rule has it.
    """
    return wall.replace(tzinfo=SOFIA, fold=0).astimezone(UTC)
