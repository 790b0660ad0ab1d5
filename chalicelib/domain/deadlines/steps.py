"""What a computed deadline is made of."""

import datetime as dt
from typing import Literal

from chalicelib.domain.services.words import Term, Text
from chalicelib.domain.values import Value

StepCode = Literal[
    "arrived-later",
    "start-day-excluded",
    "weekend-skipped",
    "holiday-skipped",
    "day-off-skipped",
    "weekend-counted",
    "counted",
    "month-end",
    "stopped",
    "resumed",
    "rest-counted",
    "interrupted",
    "started-anew",
    "would-start-anew",
    "extended",
    "stop-too-late",
    "extension-too-late",
    "rolled-forward",
    "ends",
    "would-end",
    "hours-added",
    "clock-changed",
    "working-hours-added",
]


class Step(Value):
    """One dated step (local days, `until` included).

    `name` is a holiday's; `at` the instant (UTC) where the hour matters; `term` what is counted
    from here; `count` what was counted by then or what was left when the clock stopped: days, or
    seconds of a term in hours; `ground` the provision, `because` what the act itself names.
    """

    date: dt.date
    code: StepCode
    until: dt.date | None = None
    name: Text | None = None
    count: int | None = None
    ground: str | None = None
    at: dt.datetime | None = None
    term: Term | None = None
    because: Text | None = None


class Deadline(Value):
    """`due` is the last instant (UTC) that is in time, `date` its local day; `start` (UTC),
    `term` and the calendar's version say what it was computed from.

    While the clock stands, `stopped_at` (UTC) says since when, and `due` when the term would end
    if it went on at that very moment.
    """

    start: dt.datetime
    term: Term
    calendar: str
    due: dt.datetime
    date: dt.date
    steps: tuple[Step, ...]
    stopped_at: dt.datetime | None = None
    timezone: str = "Europe/Sofia"
