"""Moving the clock of demonstrations."""

from datetime import datetime

from chalicelib.domain.access import Principal, require
from chalicelib.domain.demo_clock import Setting, moved, target
from chalicelib.domain.errors import NotFound
from chalicelib.ports import Ports
from chalicelib.ports.demo_clock import DemoClock


def clock_of(ports: Ports, principal: Principal) -> tuple[DemoClock, Setting]:
    """The clock and where it stands. Raises Forbidden, and NotFound where cases are real."""
    require(principal, "administrator")
    if ports.demo_clock is None:
        raise NotFound(what="page")
    return ports.demo_clock, ports.demo_clock.read()


def move_clock(ports: Ports, principal: Principal, words: str, real_now: datetime) -> datetime:
    """Moves the clock forward: `+14 days`, `2026-12-24 09:00`. The time that it shows then (UTC).

    What has become due follows from the stream. Raises Forbidden, NotFound, Invalid.
    """
    clock, setting = clock_of(ports, principal)
    return put_forward(ports, clock, setting, words, principal.name, real_now)


def put_forward(
    ports: Ports, clock: DemoClock, setting: Setting, words: str, by: str, real_now: datetime
) -> datetime:
    """The same, for whoever may already. Raises Invalid."""
    to = target(words, real_now + setting.ahead, ports.calendar.zone)
    clock.move(moved(setting, to, real_now, by))
    return to
