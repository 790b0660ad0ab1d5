"""A running clock and what happened to it: stops and extensions."""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, model_validator

from chalicelib.domain.services.words import Term, Text
from chalicelib.domain.values import Value


def _in_utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


# Two instants of one zone are subtracted by the wall clock; two in UTC by what really passed.
Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class Rule(Value):
    """How an arrival is counted. `cut_off`: what comes after office hours, or on a day that does
    not work, counts as come on the next working day. Off by default: what is filed electronically
    is taken at any hour, and its time is that of its arrival."""

    cut_off: bool = False


class Stop(Value):
    """The clock stops `at` an instant and goes on at `until` (none: it stands still).

    After a suspension the unspent rest of the term runs on; after an interruption the whole term
    runs anew. `ground` is the provision or the act, as people are told it.
    """

    kind: Literal["suspension", "interruption"]
    at: Instant
    until: Instant | None = None
    ground: Text


class Extension(Value):
    """More time, granted `at` an instant: `term` runs on from the day on which the clock would
    have run out. Whether it may be granted is `limits.may_extend`'s question."""

    at: Instant
    term: Term
    ground: Text


class Clock(Value):
    """A term that began at `start`, and its history in the order of time. Stops do not overlap,
    and only the last may still stand. Raises ValueError otherwise."""

    start: Instant
    term: Term
    stops: tuple[Stop, ...] = ()
    extensions: tuple[Extension, ...] = ()
    rule: Rule = Rule()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        now = self.start
        for stop in self.stops:
            if stop.at < now:
                raise ValueError("a stop begins before the start or before the last one ended")
            if stop.until is None and stop is not self.stops[-1]:
                raise ValueError("only the last stop may still stand")
            now = stop.until or stop.at
            if now < stop.at:
                raise ValueError("a stop ends before it begins")
        granted = [self.start, *(extension.at for extension in self.extensions)]
        if granted != sorted(granted):
            raise ValueError("extensions are told in the order in which they were granted")
        return self


def stopped(clock: Clock, stop: Stop) -> Clock:
    """The clock, standing. Raises ValueError if it stands already."""
    return Clock.model_validate({**dict(clock), "stops": (*clock.stops, stop)})


def resumed(clock: Clock, until: datetime) -> Clock:
    """The clock, running again; unchanged if it runs. Raises ValueError before the stop."""
    if not stands(clock):
        return clock
    *earlier, last = clock.stops
    on = Stop.model_validate({**dict(last), "until": until})
    return Clock.model_validate({**dict(clock), "stops": (*earlier, on)})


def extended(clock: Clock, extension: Extension) -> Clock:
    """The clock with more time."""
    return Clock.model_validate({**dict(clock), "extensions": (*clock.extensions, extension)})


def stands(clock: Clock) -> bool:
    """Whether the clock was stopped and does not run yet."""
    return bool(clock.stops) and clock.stops[-1].until is None
