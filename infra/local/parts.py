"""The processes of one stack: started on a leash, watched, and stopped in reverse order."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.paths import LOCAL, ROOT

LOGS = LOCAL / "log"
# The embedded cloud writes its state when it stops.
PATIENCE = 20


class Dead(Exception):
    """A part ended by itself."""


@dataclass(frozen=True)
class Part:
    """One running process and what people call it."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def check(self) -> None:
        """Raises Dead with what a person needs to know."""
        code = self.process.poll()
        if code is not None:
            raise Dead(f"{self.name} has ended by itself (exit code {code}); see {self.log}")

    def stop(self) -> None:
        """Ask, wait, and only then insist. Its own children go with it."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                print(f"{self.name} does not stop; it is killed", flush=True)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()


class Parts:
    """All parts of a stack, in the order they were started."""

    def __init__(self) -> None:
        self._parts: list[Part] = []

    def start(
        self,
        name: str,
        module: str,
        *arguments: str,
        python: Path = Path(sys.executable),
        environment: Mapping[str, str] | None = None,
    ) -> Part:
        """Start `python -m module arguments` in a group of its own, with its own log file."""
        LOGS.mkdir(parents=True, exist_ok=True)
        log = LOGS / f"{module.rsplit('.', 1)[-1]}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                [str(python), "-m", "infra.local.leash", module, *arguments],
                cwd=ROOT,
                env=os.environ if environment is None else environment,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        part = Part(name, process, log)
        self._parts.append(part)
        return part

    def check(self) -> None:
        """Raises Dead if one of them has ended."""
        for part in self._parts:
            part.check()

    def stop(self) -> None:
        """The last started goes first: nothing calls what is gone already."""
        while self._parts:
            self._parts.pop().stop()
