"""`make test`: everything there is to test, on all processors, and how much of the code it reaches.

Options go to pytest: `make test ARGS="-k payments"`. Then only a part runs and no floor is asked.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

from infra.deploy import assets
from infra.paths import BUILD, HOME, ROOT
from infra.quality import coverage, tools

REPORT = HOME / "coverage.json"
# More workers than processors only wait for each other; each of the four takes 400 MB.
MOST_WORKERS = 4


def command(options: Sequence[str]) -> list[str]:
    """pytest on all processors; tests of one group, such as the stack's, share a worker."""
    workers = max(2, min(MOST_WORKERS, os.cpu_count() or 1))
    pytest = [sys.executable, "-m", "pytest", "-n", str(workers), "--dist", "loadgroup"]
    pytest += ["--durations=15", "--durations-min=5", "-p", "no:cacheprovider"]
    if options:
        return [*pytest, *options]
    measure = ["--cov", "--cov-report=", f"--cov-report=json:{REPORT}"]
    return [*pytest, *measure]


def main(options: Sequence[str]) -> int:
    """pytest's exit code; 1 also when the floors of coverage are not reached."""
    BUILD.mkdir(parents=True, exist_ok=True)
    tools.provide()
    assets.build()
    result = subprocess.run(command(options), cwd=ROOT, check=False).returncode
    if options or result:
        return result
    return coverage.main(REPORT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
