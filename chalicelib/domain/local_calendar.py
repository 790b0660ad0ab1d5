"""What an administration changes in the national calendar: its own days off, weekend days that
were declared working, its office hours."""

import hashlib
from datetime import date, time
from typing import Self

from pydantic import Field, model_validator

from chalicelib.domain.calendar import SATURDAY, Calendar
from chalicelib.domain.services.words import Text
from chalicelib.domain.values import Value


class LocalCalendar(Value):
    """One administration's days, kept as a file in the repository: each change is a commit.

    Raises ValueError for a day that is both off and working, and for an ordinary weekday declared
    working. A day off ordered by the mayor has its name; it is not one of the law's holidays.
    """

    opens: time = time(9)
    closes: time = time(17, 30)
    days_off: dict[date, Text] = Field(default_factory=dict)
    declared_working: frozenset[date] = frozenset()

    @model_validator(mode="after")
    def _days_make_sense(self) -> Self:
        if self.declared_working & self.days_off.keys():
            raise ValueError("a day is off and declared working")
        if any(day.weekday() < SATURDAY for day in self.declared_working):
            raise ValueError("a weekday is declared working: it works anyway")
        return self

    def over(self, national: Calendar) -> Calendar:
        """The administration's calendar. Its version names both halves, so that a stored due
        date always says which days it was counted over."""
        said = {
            "opens": self.opens,
            "closes": self.closes,
            "days_off": {**national.days_off, **self.days_off},
            "declared_working": national.declared_working | self.declared_working,
            "version": f"{national.version}+{self._digest()}",
        }
        return Calendar.model_validate(national.model_dump() | said)

    def _digest(self) -> str:
        working = sorted(day.isoformat() for day in self.declared_working)
        off = sorted((day.isoformat(), name.bg, name.en) for day, name in self.days_off.items())
        said = repr((self.opens.isoformat(), self.closes.isoformat(), working, off))
        return hashlib.sha256(said.encode()).hexdigest()[:8]
