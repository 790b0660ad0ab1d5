"""The administration's calendar as a value: which days work, and what the others are called."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from chalicelib.domain.errors import Refused
from chalicelib.domain.services.words import Text
from chalicelib.domain.values import Value

SATURDAY = 5
DayKind = Literal["working", "declared-working", "weekend", "holiday", "day-off"]


class OutsideCalendar(Refused):
    """A day is asked for that the calendar does not know: its data must be brought up to date."""

    code = "outside-calendar"


class Calendar(Value):
    """`version` names the data; the days from 1 January `first_year` to 31 December `last_year`
    are known. `opens` is local: reminders that are counted in days come at that hour."""

    version: str
    timezone: str = "Europe/Sofia"
    opens: time = time(9)
    first_year: int
    last_year: int
    holidays: dict[date, Text]
    declared_working: frozenset[date] = frozenset()
    days_off: dict[date, Text] = Field(default_factory=dict)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone in which days begin and end."""
        return ZoneInfo(self.timezone)

    def local_date(self, instant: datetime) -> date:
        """The local day of an instant (aware)."""
        return instant.astimezone(self.zone).date()

    def kind(self, day: date) -> DayKind:
        """What sort of day it is. Raises OutsideCalendar."""
        if not self.first_year <= day.year <= self.last_year:
            raise OutsideCalendar(date=day.isoformat(), version=self.version)
        if day in self.days_off:
            return "day-off"
        if day in self.declared_working:
            return "declared-working"
        if day in self.holidays:
            return "holiday"
        return "weekend" if day.weekday() >= SATURDAY else "working"

    def is_working(self, day: date) -> bool:
        """Whether the administration works on that day. Raises OutsideCalendar."""
        return self.kind(day) in ("working", "declared-working")

    def name(self, day: date) -> Text | None:
        """What the holiday or day off is called."""
        return self.days_off.get(day) or self.holidays.get(day)

    def opening(self, day: date) -> datetime:
        """The instant (UTC) at which the administration opens on a local day."""
        return datetime.combine(day, self.opens, self.zone).astimezone(UTC)

    def last_instant(self, day: date) -> datetime:
        """The last second (UTC) of a local day."""
        return datetime.combine(day, time(23, 59, 59), self.zone).astimezone(UTC)

    def next_working(self, day: date) -> date:
        """The day itself if it works, else the first working day after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day
