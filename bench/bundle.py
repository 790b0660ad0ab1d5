"""How large the functions' bundle is, zipped and unpacked, and what in it weighs most."""

import zipfile
from collections import Counter
from pathlib import Path

BUILD = Path(__file__).parent.parent / ".local/build"


def measure() -> list[dict[str, str | int | float]]:
    """Megabytes by top-level name, the ten heaviest; empty until `make run` has packaged."""
    bundles = sorted(BUILD.glob("bundle-*.zip"), key=lambda path: path.stat().st_mtime)
    if not bundles:
        return [{"what": "not packaged yet: make run", "MB": 0}]
    with zipfile.ZipFile(bundles[-1]) as bundle:
        sizes = Counter[str]()
        for file in bundle.infolist():
            sizes[file.filename.split("/")[0]] += file.file_size
    heaviest: list[dict[str, str | int | float]] = [
        {"what": name, "MB": _mb(size)} for name, size in sizes.most_common(10)
    ]
    return [
        {"what": "zipped", "MB": _mb(bundles[-1].stat().st_size)},
        {"what": "unpacked", "MB": _mb(sum(sizes.values()))},
        *heaviest,
    ]


def _mb(size: int) -> float:
    return round(size / 1e6, 1)
