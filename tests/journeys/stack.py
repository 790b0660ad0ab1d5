"""A stack of the tests' own: `make run` with its data in a folder of its own, on a free port."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from infra.local.caller import Json, read_endpoints

ROOT = Path(__file__).resolve().parent.parent.parent
# A first start builds and packages; a machine under load takes its time.
START_SECONDS, STOP_SECONDS = 280.0, 60.0
QUIET_SECONDS = 4.0
T = TypeVar("T")


def until(seen: Callable[[], T], what: str, seconds: float = 45.0) -> T:
    """What was seen, as soon as it is true. Fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (found := seen()):
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.1)
    return found


def free_port() -> int:
    """Asked of the system; the stack's other ports are free ones too."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stack:
    """Start, stop, kill; `endpoints` as the running one wrote them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "run.log"
        self.seconds = list[float]()  # to ready, of each start
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def endpoints(self) -> Json:
        """The addresses, people and keys."""
        return read_endpoints(self.folder / "endpoints.json")

    @property
    def portal(self) -> str:
        """The portal's origin."""
        return str(self.endpoints["portal"])

    def person(self, username: str) -> dict[str, Any]:
        """A demo person."""
        return next(dict(p) for p in self.endpoints["people"] if p["username"] == username)

    def start(self) -> None:
        """Until it is ready."""
        began = time.monotonic()
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "infra.local", "--port", str(self._port)],
                cwd=ROOT,
                env={**os.environ, "ZAGORA_LOCAL": str(self.folder)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(self._is_ready, "the stack is ready", START_SECONDS)
        self.seconds.append(time.monotonic() - began)

    def _is_ready(self) -> bool:
        assert self._process
        assert self._process.poll() is None, f"it did not start:\n{self.log.read_text()[-3000:]}"
        file = self.folder / "endpoints.json"
        return file.exists() and json.loads(file.read_text())["pid"] == self._process.pid

    def stop(self) -> int:
        """As Ctrl-C does; the exit code."""
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        return self._gone()

    def kill_cloud(self) -> int:
        """`kill -9` of the embedded cloud; the exit code of the rest, which notices by itself."""
        assert self._process
        os.kill(self._child("infra.local.cloud"), signal.SIGKILL)
        return self._gone()

    def is_on_disk(self) -> bool:
        """Whether the embedded cloud has written what happened: it does so within a second or two
        of each change, so when it has long had nothing to write, all is written."""
        written = (self.folder / "cloud" / "state" / "dynamodb.json").stat().st_mtime
        return time.time() - written > QUIET_SECONDS

    def _gone(self) -> int:
        assert self._process
        try:
            return self._process.wait(STOP_SECONDS)
        finally:
            self._process = None

    def _child(self, module: str) -> int:
        assert self._process
        parent = self._process.pid
        tasks = Path(f"/proc/{parent}/task").iterdir()
        children = [int(n) for task in tasks for n in (task / "children").read_text().split()]
        return next(n for n in children if module in _command_line(n))


def _command_line(process: int) -> list[str]:
    return Path(f"/proc/{process}/cmdline").read_text().split("\0")
