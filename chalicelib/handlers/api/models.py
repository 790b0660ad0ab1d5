"""What several operations say: times in UTC as RFC 3339 with `Z`, dates as ISO 8601."""

import datetime as dt
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from chalicelib.domain import deadlines
from chalicelib.domain.cases.state import Case
from chalicelib.domain.deadlines import Step
from chalicelib.domain.ids import CaseNumber
from chalicelib.domain.services.language import CloseKind, Language, Term, Text
from chalicelib.domain.services.words import Unit
from chalicelib.handlers.api.call import Call

__all__ = ["Text"]


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Moment = Annotated[datetime, PlainSerializer(_rfc3339, return_type=str, when_used="json")]
State = Literal["open"] | CloseKind
# `SZ-2026-000123-6`: administration, year, sequence, check character.
Number = Annotated[CaseNumber, Field(examples=["SZ-2026-000123-6"])]


class Said(BaseModel):
    """The base of answers and requests: nothing unknown is taken or told."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class TermView(Said):
    """A length of time as the law counts it."""

    amount: int
    unit: Unit

    @classmethod
    def of(cls, term: Term) -> "TermView":
        """The view of a term."""
        return cls(amount=term.amount, unit=term.unit)


class StepView(Said):
    """One dated step of the computation; `until` included, `ground` the provision, `because` what
    the act that stopped or extended the term names. `at` where the hour matters."""

    date: dt.date
    until: dt.date | None
    code: str
    name: Text | None
    count: int | None
    ground: str | None
    at: Moment | None
    term: TermView | None
    because: Text | None

    @classmethod
    def of(cls, step: Step) -> "StepView":
        """The view of a step."""
        return cls.model_validate(step.model_dump())


class DeadlineView(Said):
    """By when the case must be decided and why. `due` is the last moment that is in time, `date`
    its day in the administration's time zone. Provisional until the term has begun to run."""

    date: dt.date
    due: Moment
    provisional: bool
    start: Moment
    term: TermView
    steps: tuple[StepView, ...]
    explanation: tuple[str, ...]

    @classmethod
    def of(cls, case: Case, language: Language) -> "DeadlineView | None":
        """A case's deadline, explained in the caller's language."""
        if case.due is None:
            return None
        deadline = case.due.deadline
        return cls(
            date=deadline.date,
            due=deadline.due,
            provisional=case.due.provisional,
            start=deadline.start,
            term=TermView.of(deadline.term),
            steps=tuple(StepView.of(step) for step in deadline.steps),
            explanation=tuple(deadlines.explain(deadline, language)),
        )


class Links(Said):
    """Where to go from a case."""

    self_: str = Field(alias="self")
    journal: str
    payments: str
    page: str

    @classmethod
    def of(cls, call: Call, number: CaseNumber) -> "Links":
        """The addresses of a case."""
        case = call.link(f"/cases/{number}")
        page = f"{call.ports.base_url}/{call.language}/cases/{number}"
        return cls.model_validate(
            {
                "self": case,
                "journal": f"{case}/journal",
                "payments": f"{case}/payments",
                "page": page,
            }
        )


class Located(Said):
    """The base of answers that say where what was made is."""

    links: Links


def state_of(case: Case) -> State:
    """Open, or how it was closed."""
    return case.closed_as or "open"
