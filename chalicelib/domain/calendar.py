"""The administration's calendar as a value: which days work, and what the others are called."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from chalicelib.domain.errors import Refused
from chalicelib.domain.services.words import Text
from chalicelib.domain.values import Value

SATURDAY = 5
DayKind = Literal["working", "declared-working", "weekend", "holiday", "day-off"]


class OutsideCalendar(Refused):
    """A day is asked for that the calendar does not know: its data must be brought up to date.
    Nothing is guessed: a holiday that is not known would make a promise that the law breaks."""

    code = "outside-calendar"


class Calendar(Value):
    """`version` names the data; the days from 1 January `first_year` to 31 December `last_year`
    are known. `opens` and `closes` are local: reminders that are counted in days come when the
    office opens, working hours are those between the two."""

    version: str
    timezone: str = "Europe/Sofia"
    opens: time = time(9)
    closes: time = time(17, 30)
    first_year: int
    last_year: int
    holidays: dict[date, Text]
    declared_working: frozenset[date] = frozenset()
    days_off: dict[date, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if not self.opens < self.closes:
            raise ValueError("the office closes before it opens")
        return self

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
            raise self.outside(day.isoformat())
        if day in self.days_off:
            return "day-off"
        if day in self.declared_working:
            return "declared-working"
        if day in self.holidays:
            return "holiday"
        return "weekend" if day.weekday() >= SATURDAY else "working"

    def outside(self, asked: str) -> OutsideCalendar:
        """The refusal, with the years that are known."""
        known = f"{self.first_year}–{self.last_year}"
        return OutsideCalendar(date=asked, known=known, version=self.version)

    def is_working(self, day: date) -> bool:
        """Whether the administration works on that day. Raises OutsideCalendar."""
        return self.kind(day) in ("working", "declared-working")

    def name(self, day: date) -> Text | None:
        """What the holiday or day off is called."""
        return self.days_off.get(day) or self.holidays.get(day)

    def opening(self, day: date) -> datetime:
        """The instant (UTC) at which the administration opens on a local day."""
        return datetime.combine(day, self.opens, self.zone).astimezone(UTC)

    def closing(self, day: date) -> datetime:
        """The instant (UTC) at which the administration closes on a local day."""
        return datetime.combine(day, self.closes, self.zone).astimezone(UTC)

    def midnight(self, day: date) -> datetime:
        """The instant (UTC) at which a local day begins."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def last_instant(self, day: date) -> datetime:
        """The last second (UTC) of a local day."""
        return datetime.combine(day, time(23, 59, 59), self.zone).astimezone(UTC)

    def next_working(self, day: date) -> date:
        """The day itself if it works, else the first working day after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day


def years_left(calendar: Calendar, today: date) -> int:
    """How many whole years after this one the calendar still knows; negative when it has run
    out. Below two, a term of a year is about to be refused: the daily check warns then."""
    return calendar.last_year - today.year
