"""requirements.txt and requirements-dev.txt are what `make lock` makes of pyproject.toml.

The pins that are there are kept as long as they fit, so a newer release alone changes nothing.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from infra.paths import ROOT, VENV_BIN

LOCKS = ("requirements.txt", "requirements-dev.txt")


def main() -> int:
    """0 if nothing would change."""
    with tempfile.TemporaryDirectory() as work:
        for name in ("pyproject.toml", *LOCKS):
            shutil.copy(ROOT / name, work)
        # `make lock` itself, so that its options are written once.
        make = ["make", "-s", "-f", str(ROOT / "Makefile"), "lock", f"UV={VENV_BIN / 'uv'}"]
        done = subprocess.run(make, cwd=work, check=False)
        stale = [n for n in LOCKS if (Path(work) / n).read_text() != (ROOT / n).read_text()]
    for name in stale:
        print(f"{name}: not what pyproject.toml asks for: run make lock")
    return done.returncode or int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
