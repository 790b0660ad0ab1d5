"""What is shipped may be shipped: the licences of requirements.txt's packages.

EUPL-1.2 goes together with permissive licences, and with MPL and LGPL for libraries that are used
as they are.
"""

import subprocess
import sys

from infra.paths import REQUIREMENTS, VENV_BIN

ALLOWED = ("MIT", "Apache", "BSD", "PSF", "Python Software", "Mozilla", "Lesser General Public")


def shipped() -> list[str]:
    """The names in requirements.txt."""
    lines = REQUIREMENTS.read_text().splitlines()
    return [line.split("==")[0] for line in lines if "==" in line]


def main() -> int:
    """0 if every licence is among those allowed; pip-licenses says which is not."""
    command = [str(VENV_BIN / "pip-licenses"), "--python", sys.executable, "--partial-match"]
    command += ["--allow-only", ";".join(ALLOWED), "--packages", *shipped()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(done.stderr.strip())
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
