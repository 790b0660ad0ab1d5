"""A clock with a history: legs one after the other, each run over its suspensions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines.arriving import arrival
from chalicelib.domain.deadlines.clock import Clock, Extension, Stop
from chalicelib.domain.deadlines.days import count_days
from chalicelib.domain.deadlines.grounds import ground_of
from chalicelib.domain.deadlines.hours import count_hours
from chalicelib.domain.deadlines.legs import Leg, change
from chalicelib.domain.deadlines.steps import Deadline, Step, StepCode
from chalicelib.domain.services.words import Term

# What the explanation leaves out of a run that was interrupted: it never came to pass.
_UNDONE = {"counted", "month-end", "rest-counted", "rolled-forward", "hours-added"}


def running(clock: Clock, calendar: Calendar) -> Deadline:
    """When a term with a history ends, and why. Raises OutsideCalendar.

    Suspension: what is left when the clock stops is counted from where it goes on (`days` and
    `hours` say what is left). Interruption: the whole term is counted from where it goes on, as
    if it had just begun; extensions from before it belong to the run that is gone. Extension:
    its term is counted from the last day of the run (Civil Procedure Code, art. 63 (2)). What
    comes after the end of a term changes nothing any more, and the steps say so.
    """
    last = clock.stops[-1] if clock.stops else None
    extensions = clock.extensions
    if last is not None and last.until is None:
        # A clock that stands does not run out: what is granted since then comes in time.
        extensions = tuple(
            one.model_copy(update={"at": min(one.at, last.at)}) for one in extensions
        )
    leg = _run(clock, clock.start, clock.stops, extensions, calendar)
    stands = last is not None and last.until is None and last not in leg.unused
    return Deadline(
        start=clock.start,
        term=clock.term,
        calendar=calendar.version,
        due=leg.due,
        date=leg.date,
        steps=(*leg.steps, *_end(leg, stands=stands), *leg.late),
        stopped_at=last.at if last and stands else None,
        timezone=calendar.timezone,
    )


def _run(
    clock: Clock,
    start: datetime,
    stops: tuple[Stop, ...],
    extensions: tuple[Extension, ...],
    calendar: Calendar,
) -> Leg:
    """From a start to the end, or to the first interruption and from there anew."""
    first = next((n for n, stop in enumerate(stops) if stop.kind == "interruption"), len(stops))
    break_, after = stops[first : first + 1], stops[first + 1 :]
    old = tuple(one for one in extensions if not break_ or one.at < break_[0].at)
    new = extensions[len(old) :]
    here, steps = arrival(start, clock, calendar)
    leg = _legs(here, clock.term, stops[:first], old, calendar)
    leg = replace(leg, steps=[*steps, *leg.steps])
    if break_ and leg.reaches(break_[0].at, calendar):
        anew = _run(clock, break_[0].until or break_[0].at, after, new, calendar)
        return replace(anew, steps=[*_broken(leg, break_[0], calendar), *anew.steps])
    unused = (*leg.unused, *break_, *after)
    late = [*leg.late, *(change(one, "stop-too-late", calendar) for one in unused)]
    late += [change(one, "extension-too-late", calendar) for one in new]
    return replace(leg, unused=unused, late=sorted(late, key=lambda step: step.date))


def _legs(
    here: datetime,
    term: Term,
    stops: Sequence[Stop],
    extensions: Sequence[Extension],
    calendar: Calendar,
) -> Leg:
    """The term and its extensions, each counted from where the one before it ended."""
    leg = _count(here, term, stops, calendar)
    for extension in extensions:
        if not leg.reaches(extension.at, calendar):
            late = change(extension, "extension-too-late", calendar)
            leg = replace(leg, late=[*leg.late, late])
            continue
        more = _count(leg.due, extension.term, leg.unused, calendar)
        extended = change(extension, "extended", calendar).model_copy(update={"date": leg.date})
        leg = replace(more, steps=[*leg.steps, extended, *more.steps], late=leg.late)
    return leg


def _count(here: datetime, term: Term, stops: Sequence[Stop], calendar: Calendar) -> Leg:
    count = count_hours if term.unit in ("hours", "working-hours") else count_days
    return count(here, term, stops, calendar)


def _broken(leg: Leg, stop: Stop, calendar: Calendar) -> list[Step]:
    """What happened before an interruption, and the interruption."""
    day = calendar.local_date(stop.at)
    happened = [step for step in leg.steps if step.date <= day and step.code not in _UNDONE]
    interrupted = change(stop, "interrupted", calendar)
    on = stop.until or stop.at
    code: StepCode = "started-anew" if stop.until else "would-start-anew"
    anew = Step(date=calendar.local_date(on), code=code, at=on, ground=ground_of(code))
    return [*happened, interrupted, anew]


def _end(leg: Leg, *, stands: bool) -> list[Step]:
    if leg.exact and not stands:
        return []
    code: StepCode = "would-end" if stands else "ends"
    at = leg.due if leg.exact else None
    return [Step(date=leg.date, code=code, at=at, ground=ground_of(code))]
