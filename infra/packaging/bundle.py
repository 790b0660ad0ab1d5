"""The one bundle of all functions: the libraries' zip with our own code added to it."""

import hashlib
import shutil
import tempfile
import zipfile
from pathlib import Path

import chalice
import chalice.app

from infra.packaging.vendor import Unbuildable, add, compiled, files_of, vendored
from infra.paths import BUILD, ROOT

# AWS allows 250 MB unpacked, layers included; what is left is for growth.
UNPACKED_BUDGET = 200 * 1024 * 1024
OWN_CODE = ("app.py", "chalicelib")


def bundle(architecture: str) -> Path:
    """A zip named after its content.

    Raises Unbuildable when a wheel is missing, a module does not compile, or it is too big.
    """
    libraries = vendored(architecture)
    with tempfile.TemporaryDirectory(dir=BUILD) as work:
        code = Path(work) / "code"
        copy_code(code)
        _copy_chalice(code / "chalice")
        compiled(code)
        made = Path(work) / "bundle.zip"
        shutil.copyfile(libraries, made)
        with zipfile.ZipFile(made, "a") as target:
            for path in files_of(code):
                add(target, path, str(path.relative_to(code)))
        _check_size(made)
        final = BUILD / f"bundle-{architecture}-{_digest(made)}.zip"
        return made.replace(final)


def copy_code(folder: Path) -> None:
    """Our own code as it is shipped, without caches."""
    folder.mkdir()
    for name in OWN_CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)


def _copy_chalice(folder: Path) -> None:
    """Chalice ships these two of its own modules; the rest of it only packages and deploys."""
    folder.mkdir()
    for module in (chalice, chalice.app):
        shutil.copy2(str(module.__file__), folder)


def unpacked_size(archive: Path) -> int:
    """Bytes that the bundle takes on a function's disk."""
    with zipfile.ZipFile(archive) as content:
        return sum(info.file_size for info in content.infolist())


def _check_size(archive: Path) -> None:
    size = unpacked_size(archive)
    if size > UNPACKED_BUDGET:
        raise Unbuildable(
            f"the bundle unpacks to {size:,} bytes; the budget is {UNPACKED_BUDGET:,}"
        )


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:16]
