"""One stage's template and bundle, made again only when what they are made from has changed."""

import hashlib
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from infra.packaging.bundle import OWN_CODE, bundle
from infra.packaging.template import Template, architecture, template
from infra.packaging.turns import alone
from infra.paths import BUILD, CONFIG, REQUIREMENTS, RESOURCES, ROOT

YOUNG = 3600  # seconds


@dataclass(frozen=True)
class Built:
    """What CloudFormation needs."""

    template: Template
    bundle: Path
    # Of everything that went in; equal means that nothing needs to be deployed.
    fingerprint: str


def build(stage: str) -> Built:
    """Raises infra.packaging.vendor.Unbuildable."""
    with alone("build"):
        return _build(stage)


def _build(stage: str) -> Built:
    wanted, record = _fingerprint(stage), BUILD / f"{stage}.json"
    if record.exists():
        known = json.loads(record.read_text())
        if known["fingerprint"] == wanted and Path(known["bundle"]).exists():
            return Built(known["template"], Path(known["bundle"]), wanted)
    made = Built(template(stage), bundle(architecture(stage)), wanted)
    content = {"fingerprint": wanted, "bundle": str(made.bundle), "template": made.template}
    record.write_text(json.dumps(content))
    _forget_old_bundles()
    return made


def _forget_old_bundles() -> None:
    """Each is tens of megabytes. A young one may be on its way into another stack."""
    records = [json.loads(file.read_text()) for file in BUILD.glob("*.json")]
    named = {one.get("bundle") for one in records}  # other tools keep theirs here too
    for path in BUILD.glob("bundle-*.zip"):
        if str(path) not in named and path.stat().st_mtime < time.time() - YOUNG:
            path.unlink()


def _fingerprint(stage: str) -> str:
    digest = hashlib.sha256(f"{stage} {sys.version}".encode())
    sources = [ROOT / name for name in OWN_CODE] + [RESOURCES, CONFIG, REQUIREMENTS]
    sources.append(Path(__file__).parent)
    for source in sources:
        for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
