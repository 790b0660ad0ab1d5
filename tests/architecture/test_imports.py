"""The import contracts of pyproject.toml hold, and the law imports only what it may."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What else the innermost layers may import, and why.
LAW_MAY_IMPORT = {
    "pydantic": "values check themselves",
    "rfc8785": "the journal's hashes are over canonical JSON",
    "stdnum": "check digits of EGN, LNCh and EIK",
}
# Chance, the clock and the environment are arguments.
LAW_MAY_NOT_USE = {"os", "random", "secrets", "socket", "subprocess", "threading", "time", "uuid"}


def modules(*layers: str) -> list[Path]:
    return sorted(p for layer in layers for p in (ROOT / "chalicelib" / layer).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The top-level packages that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


def test_every_import_contract_holds() -> None:
    done = subprocess.run(  # noqa: S603 - our own tool
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.parametrize(
    "path", modules("domain", "ports", "usecases"), ids=lambda p: str(p.relative_to(ROOT))
)
def test_the_inner_layers_import_only_what_they_may(path: Path) -> None:
    foreign = set(imported(path)) - {"chalicelib"} - sys.stdlib_module_names
    assert foreign <= set(LAW_MAY_IMPORT)
    assert set(imported(path)) & LAW_MAY_NOT_USE == set()
