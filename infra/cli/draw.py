"""`zagora draw`: a service as a picture, for documents, pages and eyes."""

import argparse
import random
from datetime import date
from pathlib import Path

from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.simulation import Order, simulate
from chalicelib.web.pictures.gantt import gantt_svg
from chalicelib.web.pictures.mermaid import mermaid
from chalicelib.web.pictures.process import process_svg
from infra.cli.administrations import USUAL, calendar_of, units_of
from infra.cli.exits import WELL
from infra.cli.simulate import next_monday
from infra.cli.sources import load_all

# Enough for what is typical to be so.
_CASES = 200


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Makes the command known."""
    command = commands.add_parser(
        "draw",
        help="services as pictures: the process, or a typical case over the days",
        description="Writes pictures to the standard output, or each to a file of a folder.",
        epilog="Exit codes: 0 drawn; 1 a file is faulty; 2 wrong use.",
    )
    command.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="MODEL",
        help="files or folders (default: stepfunctions/services)",
    )
    command.add_argument(
        "--as", dest="form", choices=("mermaid", "svg"), default="mermaid", help="of the process"
    )
    command.add_argument("--gantt", action="store_true", help="a typical case over the days (SVG)")
    command.add_argument(
        "--from", dest="since", type=date.fromisoformat, metavar="DAY", help="of --gantt"
    )
    command.add_argument(
        "--language", choices=("bg", "en"), default="bg", help="in which it answers"
    )
    command.add_argument(
        "--administration", default=USUAL, metavar="NAME", help="whose calendar and units"
    )
    command.add_argument("--into", type=Path, metavar="FOLDER", help="one file for each service")
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """One picture a service. Raises Faulty."""
    for model in load_all(given.paths):
        picture, ending = _picture(model, given)
        if given.into is None:
            print(picture)
            continue
        given.into.mkdir(parents=True, exist_ok=True)
        file = given.into / f"{model.service}{ending}"
        file.write_text(picture, encoding="utf-8")
        print(file)
    return WELL


def _picture(model: ServiceModel, given: argparse.Namespace) -> tuple[str, str]:
    if given.gantt:
        return gantt(model, given), ".gantt.svg"
    units = units_of(given.administration)
    if given.form == "svg":
        return process_svg(model, given.language, units), ".svg"
    return mermaid(model, given.language, units), ".mmd"


def gantt(model: ServiceModel, given: argparse.Namespace) -> str:
    """The typical case of a simulation that begins on a day."""
    calendar = calendar_of(given.administration)
    order = Order(cases=_CASES, since=given.since or next_monday(date.today()))
    report = simulate(model, calendar, order, random.Random(1))
    return gantt_svg(model, report.typical, report.typical_due, calendar, given.language)
