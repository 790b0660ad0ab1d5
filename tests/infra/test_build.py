"""What is kept of earlier builds."""

import json
import os
from pathlib import Path

import pytest

from infra.packaging import build


def test_old_bundles_go_but_for_those_that_a_stage_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "BUILD", tmp_path)
    named, forgotten, young = (tmp_path / f"bundle-{name}.zip" for name in "abc")
    for bundle in (named, forgotten, young):
        bundle.write_bytes(b"zip")
    for bundle in (named, forgotten):
        os.utime(bundle, (0, 0))
    record = {"fingerprint": "f", "bundle": str(named), "template": {}}
    (tmp_path / "local.json").write_text(json.dumps(record))
    (tmp_path / "coverage.json").write_text('{"meta": {}}')  # another tool's, of no stage
    build._forget_old_bundles()
    assert (named.exists(), forgotten.exists(), young.exists()) == (True, False, True)
