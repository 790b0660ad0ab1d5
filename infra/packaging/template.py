"""The template of a stage: what Chalice derives from the code, merged with infra/resources."""

import json
import os
import subprocess
import sys
import tempfile
from functools import reduce
from pathlib import Path
from typing import Any

import yaml

from infra.packaging.bundle import copy_code
from infra.packaging.vendor import Unbuildable, host_architecture
from infra.paths import BUILD, CONFIG, RESOURCES, VENV_BIN

Template = dict[str, Any]


def template(stage: str) -> Template:
    """The merged template of the stage. Raises Unbuildable with Chalice's own words."""
    with tempfile.TemporaryDirectory(dir=BUILD) as work:
        project = _project(Path(work) / "project")
        merge = Path(work) / "resources.json"
        merge.write_text(json.dumps(resources()))
        _chalice_package(project, stage, merge, Path(work) / "out")
        made: Template = json.loads((Path(work) / "out" / "sam.json").read_text())
    _check_complete(made)
    return made


def resources() -> Template:
    """The hand-written half: the files of infra/resources as one template."""
    parts = [yaml.safe_load(path.read_text()) for path in sorted(RESOURCES.glob("*.yaml"))]
    return reduce(_merge, parts, {})


def architecture(stage: str) -> str:
    """The processor of a stage's functions; on a laptop the laptop's own."""
    if stage == "local":
        return host_architecture()
    configured = json.loads(CONFIG.read_text())["stages"][stage]
    return str(configured.get("lambda_architecture", "x86_64"))


def _check_complete(made: Template) -> None:
    lost = [name for name, resource in made["Resources"].items() if "Type" not in resource]
    if lost:
        raise Unbuildable(f"infra/resources names functions that the code lacks: {', '.join(lost)}")


def _merge(one: Any, other: Any) -> Any:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return other
    return one | {key: _merge(one.get(key), value) for key, value in other.items()}


def _project(folder: Path) -> Path:
    """A copy without requirements: the bundle is put together by infra.packaging.bundle."""
    copy_code(folder)
    (folder / "requirements.txt").touch()
    (folder / ".chalice").mkdir()
    config = json.loads(CONFIG.read_text())
    config["stages"]["local"]["lambda_architecture"] = host_architecture()
    (folder / ".chalice" / "config.json").write_text(json.dumps(config))
    return folder


def _chalice_package(project: Path, stage: str, merge: Path, out: Path) -> None:
    command = [sys.executable, str(VENV_BIN / "chalice"), "package", "--stage", stage]
    command += ["--merge-template", str(merge), str(out)]
    environment = {"AWS_DEFAULT_REGION": "eu-central-1"} | os.environ
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    output = (done.stdout + done.stderr).strip()
    if done.returncode or "Could not install" in output:
        raise Unbuildable(f"chalice package failed:\n{output}")
