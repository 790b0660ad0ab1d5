"""What every way of counting has in common: one term, run from an instant over its suspensions."""

from dataclasses import dataclass, field
from datetime import date, datetime

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines.clock import Extension, Stop
from chalicelib.domain.deadlines.grounds import ground_of
from chalicelib.domain.deadlines.steps import Step, StepCode


@dataclass(frozen=True)
class Leg:
    """One term counted to its end. `exact`: it ends at an instant, not with a day. `unused` are
    the suspensions that came after its end, `late` the steps that say so."""

    due: datetime
    date: date
    exact: bool
    steps: list[Step] = field(default_factory=list)
    late: list[Step] = field(default_factory=list)
    unused: tuple[Stop, ...] = ()

    def reaches(self, at: datetime, calendar: Calendar) -> bool:
        """Whether the term still runs at an instant; on its last day a term in days does."""
        return at <= self.due if self.exact else calendar.local_date(at) <= self.date


def stop_steps(stop: Stop, left: int, calendar: Calendar) -> list[Step]:
    """The clock stops with so much left (days or seconds) and, unless it still stands, goes on."""
    stopped = change(stop, "stopped", calendar).model_copy(update={"count": left})
    if stop.until is None:
        return [stopped]
    on = calendar.local_date(stop.until)
    ground = ground_of("resumed")
    return [stopped, Step(date=on, code="resumed", at=stop.until, count=left, ground=ground)]


def change(made: Stop | Extension, code: StepCode, calendar: Calendar) -> Step:
    """The step of a stop or an extension, with the ground that its act names."""
    return Step(
        date=calendar.local_date(made.at),
        code=code,
        at=made.at,
        term=made.term if isinstance(made, Extension) else None,
        ground=ground_of(code),
        because=made.ground,
    )
