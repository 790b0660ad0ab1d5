"""Modules and functions stay small enough to be read, and no test file is empty."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("app.py", "chalicelib", "infra", "tests", "bench")
LONGEST_MODULE = 300
# Rows of given, expected and remark are read one by one.
LONGEST_TABLE_OF_TESTS = 600
LONGEST_FUNCTION = 50
# Nine of ten functions; the others are tables and the like.
USUAL_FUNCTION, USUAL_SHARE = 25, 0.9


def sources() -> list[Path]:
    found = []
    for name in OURS:
        place = ROOT / name
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place] * place.exists()
    return [path for path in found if not {".venv", "node_modules"} & set(path.parts)]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", _lines(node)


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_is_something_to_measure() -> None:
    assert len(sources()) > 50


@pytest.mark.parametrize("path", sources(), ids=name)
def test_no_module_is_too_long(path: Path) -> None:
    limit = LONGEST_TABLE_OF_TESTS if "tests" in path.parts else LONGEST_MODULE
    assert len(path.read_text().splitlines()) <= limit


PRODUCT = [path for path in sources() if "tests" not in path.parts]


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_no_function_is_too_long(path: Path) -> None:
    long = [where for where, length in functions(path) if length > LONGEST_FUNCTION]
    assert long == []


def test_nine_of_ten_functions_are_short() -> None:
    product = [p for p in sources() if "chalicelib" in p.parts]
    lengths = [length for path in product for _, length in functions(path)]
    short = sum(length <= USUAL_FUNCTION for length in lengths)
    assert short >= USUAL_SHARE * len(lengths), f"{short} of {len(lengths)}"


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=name)
def test_no_test_file_is_empty(path: Path) -> None:
    tests = [where for where, _ in functions(path) if where.split()[-1].startswith("test_")]
    classes = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.ClassDef)]
    machines = [c for c in classes if c.name.startswith("Test")]
    # `TestX = Machine.TestCase` is hypothesis' way.
    cases = [line for line in path.read_text().splitlines() if line.endswith(".TestCase")]
    assert tests or machines or cases
