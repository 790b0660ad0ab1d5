"""Whether a term may be extended."""

from typing import Literal

from pydantic import Field

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines.clock import Clock, Extension
from chalicelib.domain.deadlines.running import running
from chalicelib.domain.deadlines.steps import Deadline
from chalicelib.domain.services.words import Term
from chalicelib.domain.values import Value

Objection = Literal["too-late", "too-many", "too-long"]


class ExtensionLimit(Value):
    """How often a term may be extended, and by how much at a time (none: by any length). An
    example: access to public information, once, by ten days."""

    times: int = Field(ge=0)
    longest: Term | None = None


def may_extend(
    clock: Clock, extension: Extension, limit: ExtensionLimit, calendar: Calendar
) -> bool:
    """Whether nothing speaks against an extension. Raises OutsideCalendar."""
    return not objections(clock, extension, limit, calendar)


def objections(
    clock: Clock, extension: Extension, limit: ExtensionLimit, calendar: Calendar
) -> tuple[Objection, ...]:
    """All that speaks against an extension. Lengths in different units are compared by the days
    to which they would lead here. Raises OutsideCalendar."""
    found: list[Objection] = []
    extended = _extended(clock, extension, calendar)
    before = _granted(running(clock, calendar))
    if _granted(extended) == before:
        found.append("too-late")
    if before >= limit.times:
        found.append("too-many")
    if limit.longest:
        longest = extension.model_copy(update={"term": limit.longest})
        if extended.due > _extended(clock, longest, calendar).due:
            found.append("too-long")
    return tuple(found)


def _extended(clock: Clock, extension: Extension, calendar: Calendar) -> Deadline:
    extensions = (*clock.extensions, extension)
    return running(clock.model_copy(update={"extensions": extensions}), calendar)


def _granted(deadline: Deadline) -> int:
    """The extensions that took effect; those of a run that was interrupted are gone."""
    return sum(step.code == "extended" for step in deadline.steps)
