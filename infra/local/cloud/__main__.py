"""`python -m infra.local.cloud`: MiniStack, repaired, until SIGTERM or SIGINT."""

import importlib.metadata
import sys

from infra.local.cloud import (
    MADE_FOR,
    bundles,
    callbacks,
    errors,
    pace,
    snapshots,
    streams,
    timeouts,
)

REPAIRS = (timeouts, callbacks, errors, bundles, pace, streams, snapshots)


def main() -> None:
    """Refuse another version: a repair of code that has changed may break it silently."""
    found = importlib.metadata.version("ministack")
    if found != MADE_FOR:
        sys.exit(f"The repairs are for ministack {MADE_FOR}, not {found}: run `make setup`")
    for repair in REPAIRS:
        repair.install()
    from ministack.app import main as serve

    sys.argv = sys.argv[:1]
    serve()


if __name__ == "__main__":
    main()
