"""One at a time: stacks of one checkout share what they build."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from infra.paths import BUILD


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Wait for whoever builds the same; the lock goes with the process, however it ends."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
