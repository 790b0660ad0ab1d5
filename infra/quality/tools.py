"""What the tests use of the machine beside Python: a browser, and a second opinion on seals."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Distributions call it differently.
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# axe-core's answers and screenshots need no window, and nobody to talk to.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """The machine's Chromium; None: Playwright's own, if there is one."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def provide() -> None:
    """Installs what is missing where that is possible. Raises SystemExit without a browser."""
    if chromium() is None and not _playwrights().exists():
        _provide_chromium()
    if shutil.which("pdfsig") is None and not _apt("poppler-utils"):
        print("no pdfsig: seals are checked by pyHanko alone (Debian: apt install poppler-utils)")


def _provide_chromium() -> None:
    print("installing a Chromium for the browser's tests", flush=True)
    if _apt("chromium") and chromium():
        return
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, check=False).returncode or not _playwrights().exists():
        sys.exit("There is no Chromium and none could be installed. Debian: apt install chromium")


def _playwrights() -> Path:
    """Where Playwright's own Chromium is, or would be."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        return Path(driver.chromium.executable_path)


def _apt(package: str) -> bool:
    """Whether Debian's package was installed; only root may."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    quiet = ["apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    steps = (["update"], ["install", "-y", "--no-install-recommends", package])
    return all(_quietly([*quiet, *step], environment) for step in steps)


def _quietly(command: list[str], environment: dict[str, str]) -> bool:
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, timeout=600, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
