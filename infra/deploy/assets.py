"""What the browser loads: built by infra.assets, uploaded under content-named keys."""

import hashlib
import mimetypes
import subprocess
import sys
from pathlib import Path

import boto3

from infra.packaging.turns import alone
from infra.paths import ASSETS, BUILD, ROOT

SOURCES = ("infra/frontend/package-lock.json", "infra/assets.py", "chalicelib/web/assets")
MANIFEST = ROOT / "chalicelib" / "web" / "assets" / "manifest.json"
FOR_EVER = "public, max-age=31536000, immutable"
mimetypes.add_type("font/woff2", ".woff2")


class NotBuilt(Exception):
    """The front-end assets could not be built."""


def build() -> None:
    """Build them when their sources changed. Raises NotBuilt."""
    with alone("assets"):
        _build()


def _build() -> None:
    stamp = BUILD / "assets.stamp"
    wanted = _fingerprint()
    if ASSETS.is_dir() and MANIFEST.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    command = [sys.executable, "-m", "infra.assets"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotBuilt((done.stdout + done.stderr).strip())
    stamp.write_text(wanted)


def upload(bucket: str) -> None:
    """Put what is not there yet. A name stands for its content, so nothing is ever replaced."""
    client = boto3.client("s3")
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="assets/")
    there = {item["Key"] for page in pages for item in page.get("Contents", [])}
    for path in sorted(p for p in ASSETS.rglob("*") if p.is_file()):
        key = f"assets/{path.relative_to(ASSETS).as_posix()}"
        if key in there:
            continue
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        client.put_object(
            Bucket=bucket, Key=key, Body=path.read_bytes(), ContentType=kind, CacheControl=FOR_EVER
        )


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in SOURCES:
        path = ROOT / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file != MANIFEST:
                digest.update(_piece(file))
    return digest.hexdigest()


def _piece(file: Path) -> bytes:
    return str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0"
