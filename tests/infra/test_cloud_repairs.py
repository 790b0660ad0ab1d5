"""Each repair of the embedded cloud is needed, and works. No server is started here."""

import json
import os
import subprocess

import pytest

from infra.paths import CLOUD_PYTHON, ROOT

REPAIRS = ("timeouts", "callbacks", "errors", "bundles", "pace", "streams", "snapshots")


def defects(which: str) -> dict[str, bool]:
    command = [str(CLOUD_PYTHON), "-m", "tests.infra.cloud_defects", which]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(  # noqa: S603 - our own script
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, bool] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def plain() -> dict[str, bool]:
    return defects("plain")


@pytest.fixture(scope="module")
def repaired() -> dict[str, bool]:
    return defects("repaired")


@pytest.mark.slow
@pytest.mark.parametrize("repair", REPAIRS)
def test_repair_is_still_needed(plain: dict[str, bool], repair: str) -> None:
    assert plain[repair], f"MiniStack does this by itself now: remove infra/local/cloud/{repair}.py"


@pytest.mark.slow
@pytest.mark.parametrize("repair", REPAIRS)
def test_repair_works(repaired: dict[str, bool], repair: str) -> None:
    assert not repaired[repair]
