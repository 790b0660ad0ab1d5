"""The bundle: complete, compiled, small enough, and only for what runs."""

import ast
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra.packaging import bundle as bundles
from infra.packaging import vendor
from infra.packaging.bundle import UNPACKED_BUDGET, bundle, unpacked_size
from infra.packaging.services import SERVICES_USED
from infra.packaging.template import architecture, resources
from infra.paths import BUILD, CONFIG, ROOT

STAGES = ("local", "dev", "staging", "prod")
FUNCTIONS = json.loads(CONFIG.read_text())["lambda_functions"]


@pytest.fixture(scope="module")
def made() -> Path:
    BUILD.mkdir(parents=True, exist_ok=True)
    return bundle(vendor.host_architecture())


@pytest.mark.slow
def test_fits_and_holds_what_it_must(made: Path) -> None:
    assert unpacked_size(made) <= UNPACKED_BUDGET
    with zipfile.ZipFile(made) as content:
        names = set(content.namelist())
    assert {"app.py", "chalice/app.py", "chalicelib/settings.py"} <= names
    tag = sys.implementation.cache_tag
    assert f"chalicelib/__pycache__/settings.{tag}.pyc" in names
    assert f"botocore/__pycache__/session.{tag}.pyc" in names
    assert not [n for n in names if n.startswith(("infra/", "tests/", "stepfunctions/"))]
    assert not [n for n in names if "/tests/" in n]


@pytest.mark.slow
def test_bytecode_is_not_checked_against_times(made: Path) -> None:
    with zipfile.ZipFile(made) as content:
        tag = sys.implementation.cache_tag
        code = content.read(f"chalicelib/__pycache__/settings.{tag}.pyc")
    assert int.from_bytes(code[4:8], "little") == 0b01  # PEP 552: hash-based, unchecked


@pytest.mark.slow
def test_equal_content_makes_an_equal_bundle(made: Path) -> None:
    assert bundle(vendor.host_architecture()) == made


@pytest.mark.slow
def test_functions_start_from_the_bundle_alone(made: Path, tmp_path: Path) -> None:
    """A library that requirements.txt lacks would be missed on AWS: here it is too."""
    with zipfile.ZipFile(made) as content:
        content.extractall(tmp_path)
    modules = "app", *(f"chalicelib.handlers.{n}" for n in ("engine", "issuing", "stream"))
    heavy = "typst", "pyhanko.sign", "lxml.etree", "chalicelib.handlers.reconcile"
    script = f"import sys; sys.path[:0] = [{str(tmp_path)!r}]\n"
    script += "\n".join(f"import {name}" for name in (*modules, *heavy))
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_too_big_is_refused(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "UNPACKED_BUDGET", 1000)
    with pytest.raises(vendor.Unbuildable, match="the budget is 1,000"):
        bundle(vendor.host_architecture())


def test_a_missing_wheel_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty index stands for one that has no wheel."""
    wanted = tmp_path / "requirements.txt"
    wanted.write_text(f"--no-index\n--find-links {tmp_path}\nzagora-nothing==1.0\n")
    monkeypatch.setattr(vendor, "REQUIREMENTS", wanted)
    with pytest.raises(vendor.Unbuildable, match="a library has no wheel for arm64"):
        vendor.vendored("arm64")


def test_only_named_services_are_called() -> None:
    """The bundle leaves out botocore's descriptions of all others."""
    called = set()
    for path in (ROOT / "chalicelib").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in {"client", "_client", "resource"}:
                called |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    assert {"kms", "s3"} <= called <= SERVICES_USED


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize("stage", STAGES)
def test_architectures(stage: str) -> None:
    expected = vendor.host_architecture() if stage == "local" else "arm64"
    assert architecture(stage) == expected


def test_every_function_has_a_role_of_its_own() -> None:
    found = resources()["Resources"]
    roles = {
        name: body["Properties"]["Role"]["Fn::GetAtt"][0]
        for name, body in found.items()
        if "Role" in body.get("Properties", {})
    }
    assert len(roles) == 8
    assert len(set(roles.values())) == len(roles)
    assert all(found[role]["Type"] == "AWS::IAM::Role" for role in roles.values())


def test_no_role_may_do_everything() -> None:
    for name, body in resources()["Resources"].items():
        if body.get("Type") != "AWS::IAM::Role":
            continue
        for policy in body["Properties"]["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                actions = statement["Action"]
                for action in [actions] if isinstance(actions, str) else actions:
                    assert "*" not in action, name


def test_configuration_names_functions_that_exist() -> None:
    there = {name.lower() for name in resources()["Resources"]}
    assert {name.replace("_", "") for name in FUNCTIONS} <= there
