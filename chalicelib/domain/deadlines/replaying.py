"""The explanation taken at its word: its steps alone lead to the same day.

This is another way to the date than the one that made the steps, on purpose: it knows which days
do not count only from the steps that name them. A due date that its own explanation does not
lead to is a fault; a test looks for one over all dates and histories.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines.steps import Deadline, Step
from chalicelib.domain.services.words import Term

DAY = timedelta(days=1)
_SKIPPED = ("weekend-skipped", "holiday-skipped", "day-off-skipped")
_EXACT = ("hours", "working-hours")


def replay(deadline: Deadline, calendar: Calendar) -> date:
    """The day (local) to which the steps lead. Of the calendar only its clock is used: the time
    zone and the office hours."""
    hand = _Hand(calendar, _skipped(deadline.steps), deadline.term, deadline.start)
    for step in deadline.steps:
        hand.follow(step, deadline.term)
    return calendar.local_date(hand.at) if hand.term.unit in _EXACT else hand.day


def _skipped(steps: Iterable[Step]) -> frozenset[date]:
    return frozenset(
        step.date + DAY * offset
        for step in steps
        if step.code in _SKIPPED
        for offset in range(((step.until or step.date) - step.date).days + 1)
    )


@dataclass
class _Hand:
    """The finger on the calendar: `at` for what is counted in hours, `day` for the rest."""

    calendar: Calendar
    skipped: frozenset[date]
    term: Term
    at: datetime
    day: date = date.min

    def __post_init__(self) -> None:
        self.day = self.calendar.local_date(self.at)

    def follow(self, step: Step, term: Term) -> None:
        """Where one step leads; `term` is the one that an interruption goes back to."""
        match step.code:
            case "arrived-later":
                self.at, self.day = self.calendar.opening(step.date), step.date
            case "started-anew" | "would-start-anew":
                self.at, self.day, self.term = step.at or self.at, step.date, term
            case "stopped" | "resumed":
                self.at, self.day = max(self.at, step.at or self.at), max(self.day, step.date)
            case "extended":
                self._turn_to(step.term or self.term)
            case _:
                self._count(step)

    def _count(self, step: Step) -> None:
        match step.code:
            case "counted":
                self.day = self._whole()
            case "rest-counted" if self.term.unit not in _EXACT:
                self._walk(step.count or 0)
            case "rest-counted":
                self._pass(timedelta(seconds=step.count or 0))
            case "hours-added" | "working-hours-added":
                self._pass(timedelta(hours=self.term.amount))
            case "rolled-forward":
                while self.day in self.skipped:
                    self.day += DAY

    def _turn_to(self, term: Term) -> None:
        if self.term.unit in _EXACT:
            self.day = self.calendar.local_date(self.at)
        else:
            self.at = self.calendar.last_instant(self.day)
        self.term = term

    def _whole(self) -> date:
        day, amount = self.day, self.term.amount
        if self.term.unit in ("months", "years"):
            months = day.month - 1 + amount * (12 if self.term.unit == "years" else 1)
            year, month = day.year + months // 12, months % 12 + 1
            return date(year, month, min(day.day, monthrange(year, month)[1]))
        if self.term.unit == "weeks":
            return day + timedelta(weeks=amount)
        self._walk(amount)
        return self.day

    def _walk(self, days: int) -> None:
        while days:
            self.day += DAY
            days -= self.term.unit != "working-days" or self.day not in self.skipped

    def _pass(self, time: timedelta) -> None:
        if self.term.unit == "hours":
            self.at += time
            return
        day = self.calendar.local_date(self.at)
        while True:
            opens, closes = self.calendar.opening(day), self.calendar.closing(day)
            here = max(self.at, opens)
            if day not in self.skipped and here <= closes:
                if here + time <= closes:
                    self.at = here + time
                    return
                time -= closes - here
            day += DAY
