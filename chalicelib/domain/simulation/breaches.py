"""Proofs that a term can be missed: the longest ways through the phases, on dated days.

`checks_terms` compares terms as they are written, whatever the calendar says. Here every day of a
year is tried as the day of filing, each phase takes all of its term, and the term of the case is
counted with what stops it, by the same functions that count it for real cases. A case goes through
a phase once: that it may be sent round again is no proof.

Every phase of a case may end on a day off and so on the next working one, the case itself only
once: terms that add up exactly can be missed by a day or two. What is missed only so is said apart
(`rolled`).
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal, NamedTuple

from chalicelib.domain import deadlines
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases.term import stop_of
from chalicelib.domain.deadlines import Clock, Stop
from chalicelib.domain.services import flow
from chalicelib.domain.services.bounds import at_most_days
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.words import Term, Text
from chalicelib.domain.simulation.report import Breach

# So many steps are looked at; a model that has more is judged by the longest ways among them.
MOST_STEPS = 20_000
_LONGEST = 3
DAYS = 366
Due = Callable[[datetime, Term], datetime]
_NO_GROUND = Text(bg="–", en="–")


class Limit(NamedTuple):
    """What must not be exceeded by cases of a tier."""

    tier: str
    exceeds: Literal["legal-term", "promise"]
    allowed: Term
    ground: Text | None


class Counting(NamedTuple):
    """By which days, how phases end and how the term of the case does."""

    calendar: Calendar
    ends: Due
    due: Due


class Over(NamedTuple):
    """A limit that was exceeded: by the end of which phases, when, and what was allowed."""

    phases: tuple[str, ...]
    ends: date
    allowed: date


def breaches(
    model: ServiceModel, calendar: Calendar, since: date, days: int = DAYS, *, rolled: bool = True
) -> tuple[Breach, ...]:
    """Every limit that can be missed, with the first day of filing on which it happens, of so
    many days since one; without `rolled` only what no diligence avoids. Raises
    OutsideCalendar."""

    @cache
    def due(start: datetime, term: Term) -> datetime:
        return deadlines.due(start, term, calendar).due

    @cache
    def unrolled(start: datetime, term: Term) -> datetime:
        deadline = deadlines.due(start, term, calendar)
        counted = [step.date for step in deadline.steps if step.code == "counted"]
        return calendar.last_instant(counted[0]) if counted else deadline.due

    tried = [since + timedelta(days=n) for n in range(days)]
    found = list[Breach]()
    for limit in limits(model):
        for ends in (unrolled, due) if rolled else (unrolled,):
            broken = _broken(model, limit, tried, Counting(calendar, ends, due))
            if broken:
                found.append(broken.model_copy(update={"rolled": ends is due}))
                break
    return tuple(found)


def limits(model: ServiceModel) -> Iterator[Limit]:
    """The promise of each tier, and the law."""
    promised = dict.fromkeys((str(fee.tier), fee.term) for fee in model.fees)
    for tier, term in promised:
        yield Limit(tier, "promise", term, None)
    if model.legal_term:
        for tier in dict.fromkeys(tier for tier, _ in promised):
            yield Limit(tier, "legal-term", model.legal_term.term, model.legal_term.ground)


def longest_ways(model: ServiceModel, tier: str) -> list[tuple[Phase, ...]]:
    """The ways through the phases, each phase once, on which the clock of the case runs
    longest."""
    phases = {str(phase.id): phase for phase in model.phases}
    distinct: dict[tuple[str, ...], tuple[Phase, ...]] = {}
    for names in _ways(model):
        way = tuple(phases[name] for name in names)
        distinct.setdefault(tuple(p.id for p in way if p.term_for(tier)), way)

    def length(way: tuple[Phase, ...]) -> int:
        terms = (p.term_for(tier) for p in way if stop_of(model, p) is None)
        return sum(at_most_days(term) for term in terms if term)

    return sorted(distinct.values(), key=length, reverse=True)[:_LONGEST]


def _ways(model: ServiceModel) -> Iterator[tuple[str, ...]]:
    ways = flow.graph(model, silence=False)
    waiting: list[tuple[str, ...]] = [(str(model.first),)]
    for _ in range(MOST_STEPS):
        if not waiting:
            return
        way = waiting.pop()
        further = [to for to in sorted(ways.get(way[-1], ())) if to not in way]
        waiting += [(*way, to) for to in further]
        if not further:
            yield way


def _broken(
    model: ServiceModel, limit: Limit, tried: list[date], counting: Counting
) -> Breach | None:
    found = dict[date, Over]()
    for way in longest_ways(model, limit.tier):
        for day in tried:
            over = _walk(model, way, limit, counting.calendar.closing(day), counting)
            if over:
                found.setdefault(day, over)
    if not found:
        return None
    first = min(found)
    return Breach(
        tier=limit.tier,
        exceeds=limit.exceeds,
        allowed=limit.allowed,
        ground=limit.ground,
        filed=first,
        phases=found[first].phases,
        ends=found[first].ends,
        allowed_until=found[first].allowed,
        days=len(found),
        tried=len(tried),
    )


def _walk(
    model: ServiceModel,
    way: tuple[Phase, ...],
    limit: Limit,
    filed: datetime,
    counting: Counting,
) -> Over | None:
    """Where a case that takes this way, each phase as long as it may, misses the limit."""
    local = counting.calendar.local_date
    now, clock, made = filed, _clock(model, filed, limit), list[str]()
    for phase in way:
        term = phase.term_for(limit.tier)
        ends = counting.ends(now, term) if term else now
        if phase.kind == "payment" and model.arrival == "paid":
            now, clock, made = ends, Clock(start=ends, term=limit.allowed), []
            continue
        if clock is None:
            clock = _started(model, phase, now, limit)
        stop = stop_of(model, phase)
        if clock and stop:
            kind: Literal["suspension", "interruption"] = (
                "suspension" if stop == "suspension" else "interruption"
            )
            stopped = Stop(kind=kind, at=now, until=ends, ground=_NO_GROUND)
            clock = clock.model_copy(update={"stops": (*clock.stops, stopped)})
        elif clock and term:
            made.append(str(phase.id))
            allowed = _allowed(clock, counting)
            if ends > allowed:
                days = (local(ends), local(allowed))
                return Over(tuple(made), *days)
        now = ends
    return None


def _clock(model: ServiceModel, filed: datetime, limit: Limit) -> Clock | None:
    return Clock(start=filed, term=limit.allowed) if model.arrival == "filed" else None


def _started(model: ServiceModel, phase: Phase, now: datetime, limit: Limit) -> Clock | None:
    """An application arrives complete when neither a fee nor a correction is waited for."""
    if model.arrival != "complete" or phase.kind in {"payment", "correction"}:
        return None
    return Clock(start=now, term=limit.allowed)


def _allowed(clock: Clock, counting: Counting) -> datetime:
    if clock.stops:
        return deadlines.running(clock, counting.calendar).due
    return counting.due(clock.start, clock.term)
