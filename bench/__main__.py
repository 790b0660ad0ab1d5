"""All benchmarks: prints tables and writes `bench/results/<name>.json`."""

import json
import platform
import subprocess
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import bundle, documents, imports, simulation, steps

RESULTS = Path(__file__).parent / "results"
Rows = list[dict[str, str | int | float]]
BENCHMARKS: dict[str, Callable[[], Rows]] = {
    "imports": imports.measure,
    "steps": steps.measure,
    "simulation": simulation.measure,
    "documents": documents.measure,
    "bundle": bundle.measure,
}


def _show(console: Console, name: str, rows: Rows) -> None:
    table = Table(title=name, title_justify="left")
    for column in rows[0] if rows else ():
        table.add_column(column, justify="left" if isinstance(rows[0][column], str) else "right")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    console.print(table)


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def main() -> None:
    """Runs them one after the other."""
    RESULTS.mkdir(exist_ok=True)
    console = Console()
    about = {"commit": _commit(), "python": platform.python_version(), "cpu": platform.machine()}
    for name, measure in BENCHMARKS.items():
        rows = measure()
        _show(console, name, rows)
        text = json.dumps({**about, "rows": rows}, indent=1, ensure_ascii=False)
        (RESULTS / f"{name}.json").write_text(text + "\n")


main()
