"""zagora: service models are checked, drawn and published; journals and documents are verified."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from chalicelib.domain.errors import Conflict, ZagoraError
from infra.cli import clock, diff, draw, move, simulate, staff
from infra.cli.exits import UNLAWFUL, NoStack
from infra.cli.lawful import Unlawful
from infra.cli.places import Faulty
from infra.cli.sources import load_all

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 only if all is well; faults go to the standard error, one a line."""
    given = make_parser().parse_args(arguments)
    run: Command = given.run
    try:
        return run(given)
    except Faulty as error:
        print(error, file=sys.stderr)
    except Unlawful as error:
        print(error, file=sys.stderr)
        return UNLAWFUL
    except (ZagoraError, NoStack, OSError) as error:
        print(f"zagora: {error}", file=sys.stderr)
    return 1


def make_parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = argparse.ArgumentParser(prog="zagora", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    models = "model files or folders (default: stepfunctions/services)"

    check = commands.add_parser("check", help="what is wrong with service models, and where")
    check.add_argument("paths", nargs="*", type=Path, metavar="MODEL", help=models)
    check.set_defaults(run=_check)

    simulate.add_to(commands)
    draw.add_to(commands)

    publish = commands.add_parser(
        "publish",
        help="make checked models the current versions",
        epilog="Exit codes: 0 published; 1 faulty, or no stage; 2 wrong use; "
        f"{UNLAWFUL} a legal term can provably be missed, and nothing is published.",
    )
    publish.add_argument("paths", nargs="*", type=Path, metavar="MODEL", help=models)
    publish.add_argument("--stage", default="local", help="where to; default: local")
    publish.set_defaults(run=_publish)

    diff.add_to(commands)
    move.add_to(commands)
    clock.add_to(commands)
    staff.add_to(commands)

    verify = commands.add_parser("verify", help="check an exported journal or a document's token")
    verify.add_argument("file", type=Path, metavar="FILE", help="what was exported")
    verify.add_argument("--keys", help="JWK set, a file or an address (default: keys.json beside)")
    verify.set_defaults(run=_verify)

    days = commands.add_parser("calendar", help="the days that do not work, for people and .ics")
    days.add_argument(
        "--administration", default="stara-zagora", metavar="NAME", help="whose calendar and units"
    )
    days.add_argument("--ics", type=Path, metavar="FILE", help="write them as iCalendar")
    days.add_argument("--language", choices=("bg", "en"), default="bg", help="in which it answers")
    recount = "after the days have changed: weigh every promised due date of a stage anew"
    days.add_argument("--recount", action="store_true", help=recount)
    days.add_argument("--stage", default="local", help="of --recount; default: local")
    days.set_defaults(run=_calendar)
    return parser


def _check(given: argparse.Namespace) -> int:
    for model in load_all(given.paths):
        print(f"{model.service}: {len(model.phases)} phases, nothing wrong")
    return 0


def _publish(given: argparse.Namespace) -> int:
    # AWS's libraries take a second to load: the other commands do without.
    from botocore.exceptions import BotoCoreError, ClientError

    from chalicelib.usecases.publishing import SHORT
    from infra.cli.publish import overtaken, publish_to_stack

    try:
        publications = publish_to_stack(given.stage, given.paths)
    except Conflict as conflict:
        print(f"zagora: {overtaken(conflict.facts)}", file=sys.stderr)
        return 1
    except (NoStack, BotoCoreError, ClientError) as error:
        print(f"zagora: {error}", file=sys.stderr)
        return 1
    for one in publications:
        said = "published" if one.changed else "unchanged"
        version, digest = one.published.version, one.published.digest[:SHORT]
        print(f"{one.published.model.service}: version {version} ({digest}), {said}")
    return 0


def _verify(given: argparse.Namespace) -> int:
    from infra.cli.verify import NoKeys, verify_file

    try:
        print(verify_file(given.file, given.keys))
    except NoKeys as error:
        print(f"zagora: {error}", file=sys.stderr)
        return 1
    return 0


def _calendar(given: argparse.Namespace) -> int:
    from infra.cli.administrations import calendar_of
    from infra.cli.calendar import export, summary

    calendar = calendar_of(given.administration)
    print(*summary(calendar, date.today()), sep="\n")
    if given.ics:
        print(f"{given.ics}: {export(calendar, given.language, given.ics)} days")
    if given.recount:
        from infra.cli.recount import recount

        recount(given.stage, given.administration, given.language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
