"""`zagora simulate`: what a service will do, before it is published."""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.simulation import Order, Profile, Report, profile_findings, simulate
from infra.cli.administrations import USUAL, calendar_of, units_of
from infra.cli.exits import UNLAWFUL, WELL
from infra.cli.lawful import unlawful
from infra.cli.places import Fault, Faulty, line_of
from infra.cli.progress import each
from infra.cli.reading import plain, read
from infra.cli.simulation_page import page
from infra.cli.simulation_text import report_lines
from infra.cli.sources import load_all

CASES = 1000


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Makes the command known."""
    command = commands.add_parser(
        "simulate",
        help="what services will do: due dates, costs, load, ways never taken",
        description="Invented cases walk from filing to closing under a virtual clock, through "
        "the functions that lead real ones. The same seed gives the same report.",
        epilog=f"Exit codes: {WELL} all is well, also when cases are probably late; 1 a file is "
        f"faulty; 2 wrong use; {UNLAWFUL} a legal term can provably be missed.",
    )
    command.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="MODEL",
        help="files or folders (default: stepfunctions/services)",
    )
    command.add_argument("--cases", type=_number, default=CASES, help=f"how many; default: {CASES}")
    command.add_argument("--seed", type=int, default=1, help="of chance; default: 1")
    command.add_argument(
        "--from",
        dest="since",
        type=date.fromisoformat,
        metavar="DAY",
        help="the first day of filing, 2027-01-04 (default: next Monday)",
    )
    command.add_argument("--profile", type=Path, metavar="FILE", help="how people behave (YAML)")
    command.add_argument(
        "--administration", default=USUAL, metavar="NAME", help="whose calendar and units"
    )
    command.add_argument(
        "--language", choices=("bg", "en"), default="bg", help="in which it answers"
    )
    command.add_argument("--json", action="store_true", help="one JSON object a line and service")
    command.add_argument("--report", type=Path, metavar="FILE", help="a page with pictures (.html)")
    command.set_defaults(run=run)


def _number(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError("between 1 and 1,000,000")
    return number


def run(given: argparse.Namespace) -> int:
    """Simulates one service after the other. Raises Faulty."""
    models = load_all(given.paths)
    calendar = calendar_of(given.administration)
    order = Order(
        cases=given.cases,
        since=given.since or next_monday(date.today()),
        seed=given.seed,
        profile=_profile(given.profile, models),
    )
    units = units_of(given.administration)
    began, reports = time.perf_counter(), list[tuple[ServiceModel, Report]]()
    for model in each(models, [str(model.service) for model in models]):
        # Each service has the chance that it would have alone.
        report = simulate(model, calendar, order, random.Random(given.seed))
        reports.append((model, report))
        if given.json:
            print(report.model_dump_json())
        else:
            print(*report_lines(report, model, given.language, units), sep="\n")
    _speed(len(models) * given.cases, time.perf_counter() - began)
    if given.report:
        _write(given.report, reports, calendar, given)
    late = any(list(unlawful(report.breaches)) for _, report in reports)
    return UNLAWFUL if late else WELL


def next_monday(today: date) -> date:
    """The first Monday after a day."""
    return date.fromordinal(today.toordinal() + 7 - today.weekday())


def _speed(cases: int, seconds: float) -> None:
    print(f"{cases:,} cases, {cases / seconds:,.0f} a second", file=sys.stderr)


def _write(
    path: Path,
    reports: Sequence[tuple[ServiceModel, Report]],
    calendar: Calendar,
    given: argparse.Namespace,
) -> None:
    units = units_of(given.administration)
    path.write_text(page(reports, calendar, given.language, units), encoding="utf-8")
    print(path, file=sys.stderr)


def _profile(path: Path | None, models: Sequence[ServiceModel]) -> Profile:
    """Raises Faulty, with every fault of the file. Where several services are simulated, a
    profile may name what only some of them have."""
    if path is None:
        return Profile()
    if not path.is_file():
        raise Faulty([Fault(file=str(path), line=1, what="no such file", hint="check the path")])
    node = read(path)
    try:
        profile = Profile.model_validate(plain(path, node))
    except ValidationError as error:
        raise Faulty(
            [
                Fault(
                    file=str(path),
                    line=line_of(node, one["loc"]),
                    what=f"'{'.'.join(map(str, one['loc']))}' is not right",
                    hint=one["msg"],
                )
                for one in error.errors()
            ]
        ) from error
    found = [list(profile_findings(profile, model)) for model in models]
    everywhere = [one for one in found[0] if all(one in others for others in found)]
    if everywhere:
        raise Faulty(
            [
                Fault(file=str(path), line=line_of(node, one.place), what=one.what, hint=one.hint)
                for one in everywhere
            ]
        )
    return profile
