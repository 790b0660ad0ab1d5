"""From tracks to a report."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.money import Money
from chalicelib.domain.services.conditions import judge
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.simulation.report import (
    Bar,
    Example,
    Load,
    OutcomeCount,
    PhaseReport,
    Spread,
    TierReport,
)
from chalicelib.domain.simulation.tracks import Task, Track, Visit

_WHOLE = 100  # percent


def spread(values: Iterable[int]) -> Spread | None:
    """None where there are no values."""
    ordered = sorted(values)
    if not ordered:
        return None
    return Spread(
        least=ordered[0],
        median=ordered[(len(ordered) - 1) // 2],
        nine_of_ten=ordered[-(-len(ordered) * 9 // 10) - 1],
        most=ordered[-1],
    )


def tier_report(
    model: ServiceModel, calendar: Calendar, tier: str, tracks: Sequence[Track]
) -> TierReport:
    """Due dates, answers and costs of a tier. There is at least one track."""
    examples = [one for track in tracks if (one := _example(track, calendar))]
    costs = sorted(cost(model, calendar, track)[0] for track in tracks)
    currency = tracks[0].case.order.amount.currency

    def money(at: int) -> Money:
        return Money(amount=costs[at], currency=currency)

    by_length = sorted(examples, key=lambda one: (one.answered - one.filed, one.filed))
    return TierReport(
        tier=tier,
        cases=len(tracks),
        answered_cases=len(examples),
        due=spread((one.due - one.filed).days for one in examples),
        answered=spread((one.answered - one.filed).days for one in examples),
        earliest=by_length[0] if by_length else None,
        worst=by_length[-1] if by_length else None,
        late=sum(track.late for track in tracks),
        extended=sum(bool(track.counted.get("term-extended")) for track in tracks),
        stopped=sum(bool(track.counted.get("clock-stopped")) for track in tracks),
        least_cost=money(0),
        median_cost=money((len(costs) - 1) // 2),
        most_cost=money(-1),
    )


def _example(track: Track, calendar: Calendar) -> Example | None:
    if track.due is None or track.answered is None:
        return None
    return Example(
        filed=calendar.local_date(track.filed),
        due=track.due.date,
        answered=calendar.local_date(track.answered),
    )


def cost(model: ServiceModel, calendar: Calendar, track: Track) -> tuple[int, str | None]:
    """What the citizen pays in minor units, and the exemption that makes it less."""
    case = track.case
    fee = model.fee(case.tier, case.delivery, calendar.local_date(track.filed)).amount.amount
    held = [one for one in model.exemptions if judge(one.when, track.cast.facts).holds]
    best = max(held, key=lambda one: one.percent, default=None)
    if best is None or not fee:
        return fee, None
    return fee * (_WHOLE - best.percent) // _WHOLE, str(best.id)


def loads(tasks: Iterable[Task], calendar: Calendar) -> tuple[Load, ...]:
    """By unit and role, in this order."""
    found: dict[str, Counter[date]] = {}
    for task in tasks:
        day = calendar.local_date(task.at)
        found.setdefault(task.desk, Counter())[day - timedelta(days=day.weekday())] += 1
    made = []
    for desk, weeks in sorted(found.items()):
        unit, role = desk.split("/", 1)
        tasks_ = sum(weeks.values())
        made.append(Load(unit=unit, role=role, tasks=tasks_, weeks=dict(sorted(weeks.items()))))
    return tuple(made)


def phase_reports(
    model: ServiceModel, calendar: Calendar, tracks: Sequence[Track]
) -> Iterator[PhaseReport]:
    """Every phase, in the order of the model."""
    visits: dict[str, list[Visit]] = {str(phase.id): [] for phase in model.phases}
    cases = Counter(name for track in tracks for name in {v.phase for v in track.visits})
    fired = Counter(one for track in tracks for one in track.fired)
    for track in tracks:
        for visit in track.visits:
            visits[visit.phase].append(visit)
    for name, of_phase in visits.items():
        ended = [visit for visit in of_phase if visit.ended]
        counts = Counter(visit.outcome for visit in ended).most_common()
        yield PhaseReport(
            phase=name,
            visits=len(of_phase),
            cases=cases[name],
            days=spread(_days(visit, calendar) for visit in ended),
            late=sum(bool(v.due and v.ended and v.ended > v.due) for v in ended),
            outcomes=tuple(OutcomeCount(outcome=one, times=n) for one, n in counts),
            fired={kind: n for (phase, kind), n in sorted(fired.items()) if phase == name},
        )


def _days(visit: Visit, calendar: Calendar) -> int:
    ended = visit.ended or visit.opened
    return (calendar.local_date(ended) - calendar.local_date(visit.opened)).days


def typical(tracks: Sequence[Track]) -> tuple[tuple[Bar, ...], datetime | None]:
    """The case of median length among those that went the most usual way to an answer, and when
    it was due; of all, where none was answered."""
    some = [t for t in tracks if t.answered and t.case.closed_at] or [
        t for t in tracks if t.case.closed_at
    ]
    if not some:
        return (), None
    good = [t for t in some if t.case.closed_as in {"issued", "partly-issued"}] or some
    way, _ = Counter(_way(track) for track in good).most_common(1)[0]
    same = sorted((t for t in good if _way(t) == way), key=lambda t: (_length(t), t.filed))
    chosen = same[(len(same) - 1) // 2]
    bars = tuple(
        Bar(phase=v.phase, opened=v.opened, ended=v.ended, due=v.due, outcome=v.outcome)
        for v in chosen.visits
        if v.ended
    )
    return bars, chosen.due.due if chosen.due else None


def _way(track: Track) -> tuple[tuple[str, str], ...]:
    return tuple((visit.phase, visit.outcome) for visit in track.visits)


def _length(track: Track) -> timedelta:
    return (track.case.closed_at or track.filed) - track.filed
