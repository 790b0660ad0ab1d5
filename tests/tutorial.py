"""docs/tutorial.md as somebody follows it: the file that it gives, its commands, what they say."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.paths import ROOT

PAGE = ROOT / "docs" / "tutorial.md"
_FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_MODEL = Path("stepfunctions/services/tree-permit.yaml")
# `zagora` as an activated environment has it, of this very copy of the repository.
_ACTIVATED = 'zagora() { "$PYTHON" -m infra.cli "$@"; }\n'
# What differs from day to day: digests, numbers of invented cases, what a clock shows.
_CHANGING = re.compile(r"\b[0-9a-f]{12}\b|[\d.,:]*\d")


class Step(NamedTuple):
    """A command and the lines that the page shows of its answer; `…` stands for any others."""

    command: str
    shown: tuple[str, ...]

    def is_answered_by(self, said: str) -> bool:
        """Whether what is shown was said, in that order."""
        lines = iter([self._steady(line) for line in said.splitlines()])
        wanted = [self._steady(line) for line in self.shown if line != "…"]
        return all(line in lines for line in wanted)

    def _steady(self, line: str) -> str:
        changes = self.command.startswith(("zagora simulate", "zagora publish", "zagora clock"))
        text = _CHANGING.sub("#", line) if changes else line
        return " ".join(text.split())


@cache
def blocks(language: str) -> list[str]:
    """What is fenced on the page."""
    return [text for kind, text in _FENCED.findall(PAGE.read_text("utf-8")) if kind == language]


@cache
def steps() -> list[Step]:
    """Every command, in the order of the page."""
    found = list[Step]()
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            found.append(Step(command, tuple(shown)))
    return found


def save_model(folder: Path) -> Path:
    """The file as the page says to save it."""
    (text,) = blocks("yaml")
    file = folder / _MODEL
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def run(command: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """In a terminal of its own, in that folder."""
    given: Mapping[str, str] = {"PYTHONPATH": str(ROOT), "PYTHON": sys.executable, **environment}
    return subprocess.run(  # noqa: S603 - the commands of our own page
        ["/bin/bash", "-c", _ACTIVATED + command],
        cwd=folder,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )
