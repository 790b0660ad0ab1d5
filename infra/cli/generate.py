"""What is made from something else and committed: machines, the language's schema and reference,
the pages of the registers, the services and the commands, the calendar.

`python -m infra.cli.generate` writes what is stale; with `--check` it only says so (exit code 1).
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from chalicelib.adapters.calendar.bulgarian import DATA
from chalicelib.domain.services.compiler import compile_model
from infra.cli import commands_page, reference, registers_page, services_page
from infra.cli.__main__ import make_parser
from infra.cli.holidays_bg import build
from infra.cli.schema import schema
from infra.cli.sources import load_all
from infra.paths import ROOT, SERVICES

MACHINES = ROOT / "stepfunctions" / "machines"
SERVICES_PAGE = ROOT / "docs" / "services.md"
LANGUAGE_PAGE = ROOT / "docs" / "service-language.md"
COMMANDS_PAGE = ROOT / "docs" / "command-line.md"
REGISTERS_PAGE = ROOT / "docs" / "registers.md"
SCHEMA = SERVICES / "service.schema.json"


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with what it should say. Raises Faulty when a model is wrong."""
    models = load_all([SERVICES])
    for model in models:
        yield MACHINES / f"{model.service}.asl.json", pretty(compile_model(model))
    yield SERVICES_PAGE, services_page.page(models) + "\n"
    yield LANGUAGE_PAGE, reference.page()
    yield COMMANDS_PAGE, commands_page.page(make_parser())
    yield REGISTERS_PAGE, registers_page.page()
    yield SCHEMA, pretty(schema())
    calendar = build()
    data = calendar.model_dump(mode="json")
    yield DATA, pretty(data | {"declared_working": sorted(data["declared_working"])})


def stale() -> list[Path]:
    """The files that are not what they should be, and machines of models that are gone."""
    wanted = dict(generated())
    gone = [path for path in MACHINES.glob("*.asl.json") if path not in wanted]
    changed = [p for p, text in wanted.items() if not p.is_file() or p.read_text("utf-8") != text]
    return changed + gone


def write() -> list[Path]:
    """Brings every generated file up to date; gives those that were not."""
    wanted = dict(generated())
    changed = stale()
    for path in changed:
        if path in wanted:
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    return changed


def pretty(value: object) -> str:
    """JSON for people and for `git diff`: the order is the value's own."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def main(arguments: list[str]) -> int:
    """Exit code 0 if all is (or was brought) up to date."""
    only_check = arguments == ["--check"]
    for path in stale() if only_check else write():
        said = "stale: run python -m infra.cli.generate" if only_check else "written"
        print(f"{path.relative_to(ROOT)}: {said}")
    return int(only_check and bool(stale()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
