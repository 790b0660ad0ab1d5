"""What a computed deadline is made of."""

import datetime as dt
from typing import Literal

from chalicelib.domain.services.words import Term, Text
from chalicelib.domain.values import Value

StepCode = Literal[
    "start-day-excluded",
    "weekend-skipped",
    "holiday-skipped",
    "day-off-skipped",
    "weekend-counted",
    "counted",
    "rolled-forward",
    "ends",
    "hours-added",
]
# Short citations in the official language. docs/service-models.md: to be checked by a lawyer.
GROUNDS: dict[StepCode, str] = {
    "start-day-excluded": "чл. 60, ал. 5 ГПК",
    "weekend-skipped": "чл. 153 КТ",
    "holiday-skipped": "чл. 154 КТ",
    "weekend-counted": "чл. 154, ал. 2 КТ",
    "rolled-forward": "чл. 60, ал. 6 ГПК",
    "ends": "чл. 62, ал. 1 ГПК",
}


class Step(Value):
    """One dated step (local days, `until` included); `name` is a holiday's, `count` what was
    counted by then."""

    date: dt.date
    code: StepCode
    until: dt.date | None = None
    name: Text | None = None
    count: int | None = None
    ground: str | None = None


class Deadline(Value):
    """`due` is the last instant (UTC) that is in time, `date` its local day; `start` (UTC),
    `term` and the calendar's version say what it was computed from."""

    start: dt.datetime
    term: Term
    calendar: str
    due: dt.datetime
    date: dt.date
    steps: tuple[Step, ...]
