"""A simulation: applications come by chance, cases run, a report is made of them."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from pydantic import Field

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.simulation.breaches import DAYS, breaches
from chalicelib.domain.simulation.casting import Cast, cast
from chalicelib.domain.simulation.chance import Chance
from chalicelib.domain.simulation.habits import Habit
from chalicelib.domain.simulation.profile import Profile
from chalicelib.domain.simulation.report import Report
from chalicelib.domain.simulation.running import run
from chalicelib.domain.simulation.summing import (
    cost,
    loads,
    phase_reports,
    tier_report,
    typical,
)
from chalicelib.domain.simulation.tracks import Track
from chalicelib.domain.simulation.untaken import untaken
from chalicelib.domain.values import Value

_WEEKS_A_YEAR = 52


class Order(Value):
    """What is to be simulated. `seed` is only told: chance itself is an argument; `proof_days`:
    on how many days of filing it is tried whether a term can be missed."""

    cases: int = Field(default=1000, ge=1, le=1_000_000)
    since: date
    seed: int = 0
    profile: Profile = Profile()
    proof_days: int = Field(default=DAYS, ge=1, le=DAYS)


def simulate(model: ServiceModel, calendar: Calendar, order: Order, chance: Chance) -> Report:
    """Follows so many invented cases from filing to closing, also of a service that is still
    closed. Raises OutsideCalendar (`since`), Invalid (no fee holds then)."""
    if model.status != "open":
        model = model.model_copy(update={"status": "open", "closed_because": None})
    habit = Habit(model, calendar, order.profile, chance)
    arrivals = arriving(habit, order)
    tracks = run(habit, arrivals)
    return report(habit, order, tracks)


def arriving(habit: Habit, order: Order) -> list[tuple[Cast, datetime]]:
    """Applications with their moments, in the order of time, at any hour of any day."""
    rate = order.profile.arrivals_per_week or order.cases / _WEEKS_A_YEAR
    span = timedelta(weeks=order.cases / rate)
    start = habit.calendar.opening(order.since)
    moments = sorted(start + span * habit.chance.random() for _ in range(order.cases))
    return [
        (
            cast(
                habit.model,
                habit.calendar.local_date(at),
                order.profile,
                habit.chance,
                habit.known,
            ),
            at.replace(microsecond=0),
        )
        for at in moments
    ]


def report(habit: Habit, order: Order, tracks: list[Track]) -> Report:
    """What the tracks say. There is at least one."""
    model, calendar = habit.model, habit.calendar
    tiers = sorted(dict.fromkeys(track.cast.tier for track in tracks), key=_order_of(model))
    by_tier = {tier: [t for t in tracks if t.cast.tier == tier] for tier in tiers}
    bars, due = typical(tracks)
    exempt = Counter(cost(model, calendar, track)[1] for track in tracks)
    last = max(track.case.closed_at or track.filed for track in tracks)
    return Report(
        service=model.service,
        title=model.title,
        cases=len(tracks),
        seed=order.seed,
        since=order.since,
        until=calendar.local_date(last),
        calendar=calendar.version,
        tiers=tuple(tier_report(model, calendar, t, some) for t, some in by_tier.items()),
        closings=_counted(str(t.case.closed_as) for t in tracks if t.case.closed_as),
        turned_away=_counted(rule for t in tracks for rule in t.cast.turned_away),
        exemptions={str(name): n for name, n in exempt.most_common() if name},
        load=loads((task for t in tracks for task in t.tasks), calendar),
        phases=tuple(phase_reports(model, calendar, tracks)),
        untaken=tuple(untaken(model, tracks, order.profile, habit.known)),
        breaches=breaches(model, calendar, order.since, order.proof_days),
        typical=bars,
        typical_due=due,
        stuck=_counted(track.stuck for track in tracks if track.stuck),
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    """The most frequent first."""
    return dict(Counter(names).most_common())


def _order_of(model: ServiceModel) -> Callable[[str], int]:
    return [str(fee.tier) for fee in model.fees].index
