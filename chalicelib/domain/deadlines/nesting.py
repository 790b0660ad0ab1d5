"""Several terms side by side: to decide, to correct, to pay, to appeal."""

from collections.abc import Mapping
from datetime import datetime

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines.clock import Clock
from chalicelib.domain.deadlines.running import running
from chalicelib.domain.deadlines.steps import Deadline
from chalicelib.domain.services.words import Term
from chalicelib.domain.values import Value


class Nesting(Value):
    """Terms by name, each with its due date and steps."""

    deadlines: dict[str, Deadline]

    def inside(self, outer: str) -> tuple[str, ...]:
        """The terms that neither begin before another one nor end after it."""
        whole = self.deadlines[outer]
        return tuple(
            name
            for name, one in self.deadlines.items()
            if name != outer and whole.start <= one.start and one.due <= whole.due
        )

    def exceeding(self, outer: str) -> tuple[str, ...]:
        """The terms that end after another one: what they are for would come too late for it."""
        whole = self.deadlines[outer]
        return tuple(name for name, one in self.deadlines.items() if one.due > whole.due)


def side_by_side(clocks: Mapping[str, Clock], calendar: Calendar) -> Nesting:
    """Terms that each have a start and a history of their own. Raises OutsideCalendar."""
    return Nesting(deadlines={name: running(clock, calendar) for name, clock in clocks.items()})


def from_one_start(start: datetime, terms: Mapping[str, Term], calendar: Calendar) -> Nesting:
    """Terms that begin together. Raises OutsideCalendar."""
    clocks = {name: Clock(start=start, term=term) for name, term in terms.items()}
    return side_by_side(clocks, calendar)
