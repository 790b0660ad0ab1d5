"""`zagora clock`: the clock of a demonstration, shown or moved forward."""

import argparse
import getpass


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Makes the command known. AWS's libraries are loaded only when it runs."""
    clock = commands.add_parser(
        "clock",
        help="the time of a demonstration, and how to move it forward",
        description="Moves the time of the application: what becomes due meanwhile happens within "
        "seconds. Not for stages with real cases.",
    )
    clock.add_argument(
        "to", nargs="?", metavar="TO", help="'+14 days', '2 hours' or '2026-12-24 09:00'"
    )
    clock.add_argument("--stage", default="local", help="whose clock; default: local")
    clock.add_argument(
        "--administration", default="stara-zagora", metavar="NAME", help="whose calendar and units"
    )
    clock.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Says what the clock shows. Raises NoStack, Invalid, NotFound (real cases)."""
    from chalicelib.domain.errors import NotFound
    from chalicelib.usecases.demonstrating import put_forward
    from infra.cli import stages

    ports = stages.ports_of(given.stage, given.administration)
    clock = ports.demo_clock
    if clock is None:
        raise NotFound("no-demo-clock", stage=given.stage)
    real, setting = stages.now(), clock.read()
    shows = real + setting.ahead
    if given.to:
        shows = put_forward(ports, clock, setting, given.to, getpass.getuser(), real)
    print(shows.astimezone(ports.calendar.zone).isoformat(sep=" ", timespec="minutes"))
    return 0
