"""What can happen to a case when its model or the calendar becomes another."""

from datetime import date
from typing import Literal

from chalicelib.domain.cases.happened import Happened
from chalicelib.domain.cases.state import Planned, Replanned
from chalicelib.domain.deadlines import Deadline


class CaseMoved(Happened):
    """The case goes on under another version of its service. What is None stays as it was.

    `promised` is the due date that people were told, `counted` what it would be by the other
    version (local days); `deadline` is there only when `counted` takes the promise's place.
    `ordered_by` gave the order. `execution` is the generation that walked the old version: it is
    followed by a new one.
    """

    kind: Literal["case-moved"] = "case-moved"
    from_version: int
    to_version: int
    batch: str
    ordered_by: str
    reason: str
    promised: date | None = None
    counted: date | None = None
    deadline: Deadline | None = None
    milestones: tuple[Planned, ...] | None = None
    plan: Replanned | None = None
    execution: int = 0


class DueReconsidered(Happened):
    """The calendar has changed since the due date was promised. Without `deadline` the promise
    stays: counted by the new calendar it would end on `counted`, which favours nobody."""

    kind: Literal["due-reconsidered"] = "due-reconsidered"
    calendar: str
    promised: date
    counted: date
    deadline: Deadline | None = None
    milestones: tuple[Planned, ...] | None = None
    plan: Replanned | None = None
