"""`zagora diff`: what is different between two versions of a service, said for one audience."""

import argparse
import re
from pathlib import Path

from chalicelib.domain.ids import ServiceCode
from chalicelib.domain.services.audiences import AUDIENCES
from chalicelib.domain.services.differences import differences
from chalicelib.domain.services.language import ServiceModel
from infra.cli.exits import DIFFERENT, WELL
from infra.cli.sources import load

_VERSION = re.compile(r"(?P<service>[a-z0-9-]+)@(?P<version>[0-9]{1,9}|current)")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Makes the command known."""
    diff = commands.add_parser(
        "diff",
        help="what changes between two versions of a service, in sentences",
        description="Says what is different between two versions of a service. A version is a "
        "file, or SERVICE@NUMBER or SERVICE@current of a stage.",
    )
    diff.add_argument("old", metavar="OLD", help="a file, or permanent-address@1")
    diff.add_argument("new", metavar="NEW", help="a file, or permanent-address@current")
    audience = "for whom it is said (default: everything, with whom it concerns)"
    diff.add_argument("--audience", choices=AUDIENCES, help=audience)
    diff.add_argument("--language", choices=("bg", "en"), default="bg", help="in which it answers")
    diff.add_argument("--stage", default="local", help="where @ versions are (default: local)")
    diff.add_argument(
        "--exit-code", action="store_true", help=f"end with {DIFFERENT} if there is a difference"
    )
    diff.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """One difference a line. Raises Faulty, NotFound, NoStack."""
    found = differences(
        _version(given.old, given.stage), _version(given.new, given.stage), given.audience
    )
    for one in found:
        whom = "" if given.audience else f"[{', '.join(sorted(one.audiences))}] "
        print(whom + one.text.in_(given.language))
    return DIFFERENT if found and given.exit_code else WELL


def _version(named: str, stage: str) -> ServiceModel:
    words = _VERSION.fullmatch(named)
    if words is None:
        return load(Path(named))
    from infra.cli.stages import services_of

    services, code = services_of(stage), ServiceCode(words["service"])
    if words["version"] == "current":
        return services.current(code).model
    return services.version(code, int(words["version"])).model
