"""What a simulation found out, as values: for people, for JSON, for the back office."""

import datetime as dt
from typing import Literal

from chalicelib.domain.money import Money
from chalicelib.domain.services.words import Term, Text
from chalicelib.domain.values import Value

Reason = Literal[
    "unreachable",
    "only-after-what-was-not-taken",
    "condition-never-holds",
    "never-chosen-by-the-profile",
    "nobody-let-the-time-pass",
    "nobody-withdrew",
    "not-drawn",
]


class Spread(Value):
    """The least, the median, what nine of ten stay below, and the most; in calendar days."""

    least: int
    median: int
    nine_of_ten: int
    most: int


class Example(Value):
    """A case as an example: local days."""

    filed: dt.date
    due: dt.date
    answered: dt.date


class TierReport(Value):
    """One tier. `due` and `answered` are counted from the filing; there are none when no case
    of the tier was answered. `late` is only probable: what is provable is a Breach."""

    tier: str
    cases: int
    answered_cases: int
    due: Spread | None
    answered: Spread | None
    earliest: Example | None
    worst: Example | None
    late: int
    extended: int
    stopped: int
    least_cost: Money
    median_cost: Money
    most_cost: Money


class Load(Value):
    """The tasks of a role of a unit, by the Monday of the week in which they came."""

    unit: str
    role: str
    tasks: int
    weeks: dict[dt.date, int]

    @property
    def busiest(self) -> int:
        """The most tasks that came in a week."""
        return max(self.weeks.values(), default=0)


class OutcomeCount(Value):
    """How often a phase ended so."""

    outcome: str
    times: int


class PhaseReport(Value):
    """One phase: how often cases were in it, how long they stayed, how it ended, what fired."""

    phase: str
    visits: int
    cases: int
    days: Spread | None
    late: int
    outcomes: tuple[OutcomeCount, ...]
    fired: dict[str, int]


class Untaken(Value):
    """A phase (`outcome` is empty) or an outcome that no case came to, and why."""

    phase: str
    outcome: str
    reason: Reason


class Breach(Value):
    """A proof that a term can be missed though everybody keeps theirs: a way through the phases
    that takes longer than allowed when the application is filed on that day. `days`: on how many
    of the days that were tried. `rolled`: only because the terms of phases, too, end on the next
    working day; who passes on a task on the day off itself would be in time."""

    tier: str
    exceeds: Literal["legal-term", "promise"]
    allowed: Term
    ground: Text | None
    filed: dt.date
    phases: tuple[str, ...]
    ends: dt.date
    allowed_until: dt.date
    days: int
    tried: int
    rolled: bool = False


class Bar(Value):
    """One phase of the typical case (UTC)."""

    phase: str
    opened: dt.datetime
    ended: dt.datetime
    due: dt.datetime | None
    outcome: str


class Report(Value):
    """A whole simulation. `stuck`: cases that did not end within the calendar, by why."""

    service: str
    title: Text
    cases: int
    seed: int
    since: dt.date
    until: dt.date
    calendar: str
    tiers: tuple[TierReport, ...]
    closings: dict[str, int]
    turned_away: dict[str, int]
    exemptions: dict[str, int]
    load: tuple[Load, ...]
    phases: tuple[PhaseReport, ...]
    untaken: tuple[Untaken, ...]
    breaches: tuple[Breach, ...]
    typical: tuple[Bar, ...]
    typical_due: dt.datetime | None
    stuck: dict[str, int]
