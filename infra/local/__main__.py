"""`make run`: the whole system on this machine, until Ctrl-C."""

import argparse
import fcntl
import signal
import sys
import threading
from types import FrameType
from typing import IO

from botocore.exceptions import BotoCoreError, ClientError

from infra.deploy.assets import NotBuilt
from infra.deploy.changes import NotDeployed
from infra.deploy.release import NotPublished
from infra.local import endpoints
from infra.local.parts import Dead
from infra.local.ports import PortTaken, choose
from infra.local.start import Stack, start
from infra.packaging.vendor import Unbuildable
from infra.paths import LOCAL

FAILURES = (Dead, NotBuilt, NotPublished, NotDeployed, Unbuildable, TimeoutError)
AWS_FAILURES = (BotoCoreError, ClientError)


class Stopped(BaseException):
    """A signal came; not an error, so nothing on the way may take it for one."""


def main() -> int:
    """Run until a signal (0), or until something ends by itself or cannot start (1)."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="the portal's port")
    given = parser.parse_args()
    LOCAL.mkdir(parents=True, exist_ok=True)
    try:
        alone = _alone()
        ports = choose(given.port)
    except (BlockingIOError, PortTaken) as error:
        print(error if isinstance(error, PortTaken) else _running(), file=sys.stderr)
        return 1
    with alone:
        return _run(Stack(ports))


def _run(stack: Stack) -> int:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    endpoints.remove()
    try:
        start(stack)
        endpoints.write(stack)
        _tell(stack)
        _watch(stack)
    except Stopped:
        return 0
    except FAILURES as error:
        print(error, file=sys.stderr)
    except AWS_FAILURES as error:
        # A part that died explains more than the call that missed it.
        print(_cause(stack) or error, file=sys.stderr)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        endpoints.remove()
        print("stopping", flush=True)
        stack.parts.stop()
    return 1


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _watch(stack: Stack) -> None:
    pause = threading.Event()
    while not pause.wait(0.5):
        stack.parts.check()


def _cause(stack: Stack) -> str:
    try:
        stack.parts.check()
    except Dead as dead:
        return str(dead)
    return ""


def _alone() -> IO[str]:
    """One stack for each state on disk. The lock goes with the process, however it ends."""
    lock = (LOCAL / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def _running() -> str:
    return "It runs already in this checkout; its addresses are in .local/endpoints.json"


def _tell(stack: Stack) -> None:
    stack.say("ready")
    print(f"\n  Portal       {stack.portal}\n  Back office  {stack.portal}/office")
    print(f"  Interface    {stack.portal}/api/v1\n  Cloud        {stack.cloud}\n")
    for person in stack.people:
        print(f"  {person.role:<14} {person.username:<14} {person.password}   {person.name}")
    print("\n  Ctrl-C stops it; the data stays in .local/\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
