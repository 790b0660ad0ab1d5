"""Installs what the commands need: `python3 infra/setup.py`. Instant when nothing has changed.

Runs before anything is installed and on Pythons that are too old: standard library only, and
nothing newer than Python 3.6 in its syntax.
"""

import hashlib
import os
import subprocess
import sys
import time
from typing import Callable, List

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
CLOUD = os.path.join(ROOT, ".local", "cloud-env")
LOCKS = ["requirements.txt", "requirements-dev.txt"]
CLOUD_LOCK = os.path.join("infra", "local", "requirements.txt")
COMMAND = """#!{python}
import runpy
import sys

sys.path.insert(0, {root!r})
runpy.run_module("infra.cli", run_name="__main__", alter_sys=True)
"""


def main() -> None:
    if sys.version_info < (3, 11):
        found = "%d.%d" % sys.version_info[:2]
        sys.exit("Zagora needs Python 3.11 or newer, not %s: make PYTHON=python3.11 ..." % found)
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sys.exit("Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv")
    install(VENV, LOCKS, application)
    install(CLOUD, [CLOUD_LOCK], cloud)


def install(folder: str, locks: List[str], how: Callable[[str, List[str]], None]) -> None:
    stamp = os.path.join(folder, "installed")
    wanted = fingerprint(locks)
    if os.path.exists(stamp) and open(stamp).read() == wanted:
        return
    began = time.time()
    print("installing %s into %s" % (", ".join(locks), os.path.relpath(folder, ROOT)), flush=True)
    how(folder, locks)
    with open(stamp, "w") as file:
        file.write(wanted)
    print("installed in %.0f s" % (time.time() - began), flush=True)


def fingerprint(locks: List[str]) -> str:
    digest = hashlib.sha256((sys.version + ROOT).encode())
    for name in locks + [os.path.join("infra", "setup.py")]:
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def application(folder: str, locks: List[str]) -> None:
    python = make(folder)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", pinned_uv())
    uv_install(python, locks)
    command = os.path.join(folder, "bin", "zagora")
    with open(command, "w") as file:
        file.write(COMMAND.format(python=python, root=ROOT))
    os.chmod(command, 0o755)


def cloud(folder: str, locks: List[str]) -> None:
    uv_install(make(folder, "--without-pip"), locks)


def make(folder: str, *options: str) -> str:
    run(
        sys.executable,
        "-m",
        "venv",
        "--upgrade" if current(folder) else "--clear",
        *(options + (folder,)),
    )
    return os.path.join(folder, "bin", "python")


def current(folder: str) -> bool:
    """An environment of the same Python is kept; one of another is made anew."""
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(python):
        return False
    answer = subprocess.run(
        [python, "-c", "import sys; print(sys.version)"], stdout=subprocess.PIPE
    )
    return answer.stdout.decode().strip() == sys.version.strip()


def pinned_uv() -> str:
    with open(os.path.join(ROOT, "requirements-dev.txt")) as file:
        return next(line.strip() for line in file if line.startswith("uv=="))


def uv_install(python: str, locks: List[str]) -> None:
    options = [word for name in locks for word in ("-r", os.path.join(ROOT, name))]
    run(os.path.join(VENV, "bin", "uv"), "pip", "install", "--quiet", "--python", python, *options)


def run(*command: str) -> None:
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit("Could not install: %s" % error)


if __name__ == "__main__":
    main()
