"""How many invented cases a second walk from filing to closing, by service."""

import random
import time
from datetime import date

from chalicelib.domain.simulation import Order, breaches
from chalicelib.domain.simulation.habits import Habit
from chalicelib.domain.simulation.running import run
from chalicelib.domain.simulation.simulating import arriving, report
from infra.cli.administrations import calendar_of
from infra.cli.sources import load_all

_CASES = 300


def measure() -> list[dict[str, str | int | float]]:
    """Rows by service: cases alone, the proofs alone, and both with the report."""
    rows: list[dict[str, str | int | float]] = []
    calendar, since = calendar_of(), date(2027, 1, 4)
    for model in load_all([]):
        order = Order(cases=_CASES, since=since)
        habit = Habit(model, calendar, order.profile, random.Random(1))
        began = time.perf_counter()
        tracks = run(habit, arriving(habit, order))
        ran = time.perf_counter()
        breaches(model, calendar, since)
        proved = time.perf_counter()
        report(habit, order, tracks)
        reported = time.perf_counter()
        rows.append(
            {
                "service": model.service,
                "phases": len(model.phases),
                "phases a case": round(sum(len(t.visits) for t in tracks) / _CASES, 1),
                "cases a second": round(_CASES / (ran - began)),
                "proofs, seconds": round(proved - ran, 2),
                "report, seconds": round(reported - proved, 2),
            }
        )
    return rows
