"""The libraries of requirements.txt for one platform, compiled, without what never runs.

Chalice's own packager asks pip for every wheel at every run and continues when one is missing.
Here uv installs the locked list for the target platform and fails when a wheel is missing; the
result is kept by content, so a change of our own code costs nothing.
"""

import compileall
import hashlib
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from py_compile import PycInvalidationMode

from infra.packaging.services import SERVICES_USED
from infra.paths import BUILD, REQUIREMENTS, VENV_BIN

# Lambda's python3.11 runs on glibc 2.26, so manylinux2014 (2.17) is what surely loads there.
PLATFORMS = {"x86_64": "x86_64-manylinux2014", "arm64": "aarch64-manylinux2014"}
LOCALES = ("root", "bg", "en")
NEEDLESS_FOLDERS = ("tests", "test", "__pycache__", "bin", "include", "examples")
NEEDLESS_ENDINGS = (".pyi", ".pyx", ".pxd", ".pxi", ".c", ".h", ".cpp")
# Not services: botocore reads these for every client.
BOTOCORE_COMMON = {
    "_retry.json",
    "endpoints.json",
    "partitions.json",
    "sdk-default-configuration.json",
}


class Unbuildable(Exception):
    """A bundle cannot be made; the message says why."""


def host_architecture() -> str:
    """Lambda's name for this machine's processor."""
    machine = platform.machine().lower()
    return "arm64" if machine in {"arm64", "aarch64"} else "x86_64"


def vendored(architecture: str) -> Path:
    """A zip of the libraries for the architecture; made once per content of requirements.txt."""
    archive = BUILD / f"vendor-{architecture}-{_fingerprint()}.zip"
    if not archive.exists():
        with tempfile.TemporaryDirectory(dir=BUILD) as work:
            folder = Path(work) / "libraries"
            _install(folder, architecture)
            _prune(folder)
            compiled(folder)
            _write_zip(archive, folder)
        for older in BUILD.glob(f"vendor-{architecture}-*.zip"):
            if older != archive:
                older.unlink()
    return archive


def compiled(folder: Path) -> None:
    """Put .pyc files beside the sources. Their check is switched off: the bundle never changes."""
    ok = compileall.compile_dir(
        folder,
        quiet=2,
        workers=0,
        stripdir=str(folder),
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    if not ok:
        raise Unbuildable(f"some modules under {folder} do not compile")


def files_of(folder: Path) -> Iterator[Path]:
    """The files below a folder, in a steady order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _fingerprint() -> str:
    content = REQUIREMENTS.read_bytes() + Path(__file__).read_bytes()
    content += ",".join(sorted(SERVICES_USED)).encode() + sys.version.encode()
    return hashlib.sha256(content).hexdigest()[:12]


def _install(folder: Path, architecture: str) -> None:
    command = [str(VENV_BIN / "uv"), "pip", "install", "--quiet", "--link-mode", "copy"]
    command += ["--only-binary", ":all:", "--target", str(folder), "-r", str(REQUIREMENTS)]
    command += ["--python-version", f"{sys.version_info.major}.{sys.version_info.minor}"]
    if sys.platform == "linux" or architecture != host_architecture():
        command += ["--python-platform", PLATFORMS[architecture]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unbuildable(f"a library has no wheel for {architecture}:\n{done.stderr.strip()}")


def _prune(folder: Path) -> None:
    for path in [p for p in folder.rglob("*") if p.is_dir() and p.name in NEEDLESS_FOLDERS]:
        shutil.rmtree(path, ignore_errors=True)
    for path in [p for p in folder.rglob("*") if p.name.endswith(NEEDLESS_ENDINGS)]:
        path.unlink()
    _keep(folder / "babel" / "locale-data", lambda p: p.stem.split("_")[0] in LOCALES)
    data = folder / "botocore" / "data"
    _keep(data, lambda p: p.name in SERVICES_USED or p.name in BOTOCORE_COMMON)


def _keep(folder: Path, wanted: Callable[[Path], bool]) -> None:
    for path in folder.iterdir():
        if wanted(path):
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _write_zip(archive: Path, folder: Path) -> None:
    unfinished = folder.with_suffix(".zip")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for path in files_of(folder):
            add(target, path, str(path.relative_to(folder)))
    unfinished.replace(archive)


def add(target: zipfile.ZipFile, path: Path, name: str) -> None:
    """Add a file without its time and owner, so that equal content makes an equal bundle."""
    info = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (0o755 if path.suffix == ".so" else 0o644) << 16
    target.writestr(info, path.read_bytes())
