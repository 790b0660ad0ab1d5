"""`make check`: one line a step; what a step says is shown only when it fails.

All steps run even when one fails, two at a time. `python -m infra.quality types locks` runs some.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from infra.paths import ROOT, VENV_BIN

PYTHON = sys.executable
AT_A_TIME = 2
# Colours and pictures belong to terminals, not to what is shown of a failure.
PLAIN = {"NO_COLOR": "1", "TERM": "dumb", "PYTHONWARNINGS": "ignore"}


@dataclass(frozen=True)
class Step:
    """Commands that all have to succeed."""

    name: str
    about: str
    commands: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Outcome:
    """How a step went."""

    step: Step
    seconds: float
    # What to read; None when all is well.
    complaint: str | None


def tool(name: str, *options: str) -> tuple[str, ...]:
    """A command of the environment."""
    return (str(VENV_BIN / name), *options)


# The long ones first: then two workers finish soonest.
STEPS = (
    Step(
        "templates", "the stages' templates, cfn-lint", ((PYTHON, "-m", "infra.quality.templates"),)
    ),
    Step("types", "mypy, strict", (tool("mypy"),)),
    Step(
        "generated",
        "machines, schema, calendar",
        ((PYTHON, "-m", "infra.cli.generate", "--check"),),
    ),
    Step("texts", "the Bulgarian catalogue", ((PYTHON, "-m", "infra.quality.texts"),)),
    Step("locks", "requirements*.txt", ((PYTHON, "-m", "infra.quality.locks"),)),
    Step("imports", "the layers' contracts", (tool("lint-imports"),)),
    Step(
        "dependencies",
        "declared and used, deptry",
        (
            tool("deptry", ".", "--extend-exclude", "^(bench|build|infra|tests)/"),
            # Tools and tests may use what only development installs.
            tool("deptry", "infra", "tests", "--ignore", "DEP002,DEP004"),
        ),
    ),
    Step("licences", "of what is shipped", ((PYTHON, "-m", "infra.quality.licences"),)),
    Step("lint", "ruff", (tool("ruff", "check", "--quiet", "."),)),
    Step(
        "format",
        "ruff; `.venv/bin/ruff format` mends it",
        (tool("ruff", "format", "--check", "."),),
    ),
)


def run(step: Step) -> Outcome:
    """Every command of the step, until one fails."""
    began = time.monotonic()
    complaint = next(filter(None, map(_complaint, step.commands)), None)
    return Outcome(step, time.monotonic() - began, complaint)


def _complaint(command: tuple[str, ...]) -> str | None:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | PLAIN,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return None
    return done.stdout.strip() or f"{' '.join(command)}: exit code {done.returncode}"


def chosen(names: Sequence[str]) -> Sequence[Step]:
    """The steps of these names; all of them without names. Raises SystemExit for another name."""
    known = {step.name: step for step in STEPS}
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"no step {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in names] or STEPS


def main(names: Sequence[str]) -> int:
    """0 if every step passes."""
    failed = []
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        for outcome in pool.map(run, chosen(names)):
            mark = "ok  " if outcome.complaint is None else "FAIL"
            about = f"{outcome.step.name:<13} {outcome.step.about}"
            print(f"{mark} {about:<58} {outcome.seconds:5.1f} s", flush=True)
            failed += [outcome] if outcome.complaint else []
    for outcome in failed:
        print(f"\n== {outcome.step.name}\n{outcome.complaint}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
