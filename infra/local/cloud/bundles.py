"""Repair: every worker unpacks its own copy of the bundle (seconds, and 180 MB on disk each).

The workers get a link to one copy per content, unpacked once below TMPDIR.
"""

import hashlib
import tempfile
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace

_lock = threading.Lock()


class OneCopy(zipfile.ZipFile):
    """Stands in for ZipFile in MiniStack's worker, which only ever calls `extractall`."""

    def extractall(self, path: object = None, members: object = None, pwd: object = None) -> None:
        """Put a link to the shared copy where the worker wants its own."""
        archive, target = Path(str(self.filename)), Path(str(path))
        copy = shared(archive)
        target.rmdir()
        target.symlink_to(copy, target_is_directory=True)
        archive.unlink()


def install() -> None:
    """Replace the zipfile module as the worker's module sees it."""
    from ministack.core import lambda_runtime

    lambda_runtime.zipfile = SimpleNamespace(**vars(zipfile) | {"ZipFile": OneCopy})


def shared(archive: Path) -> Path:
    """The unpacked copy of an archive's content; concurrent first calls wait for one another."""
    with archive.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    copy = Path(tempfile.gettempdir()) / "bundles" / digest
    with _lock:
        if not copy.exists():
            unfinished = copy.with_suffix(".unfinished")
            with zipfile.ZipFile(archive) as source:
                source.extractall(unfinished)
            unfinished.rename(copy)
    return copy
