"""How long each function takes to load: a fresh process, `.pyc` files there, the best of five."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
FUNCTIONS = {
    "API": "app",
    "open_phase, clock, run_phase, deliver_result": "chalicelib.handlers.engine",
    "issue_document": "chalicelib.handlers.issuing",
    "on_table_change": "chalicelib.handlers.stream",
    "reconcile": "chalicelib.handlers.reconcile",
}
RUNS = 5


def measure() -> list[dict[str, str | int | float]]:
    """Milliseconds above an empty Python."""
    empty = _best("pass")
    return [
        {"function": name, "ms": round(_best(f"import {module}") - empty)}
        for name, module in FUNCTIONS.items()
    ]


def _best(code: str) -> float:
    return min(_once(code) for _ in range(RUNS))


def _once(code: str) -> float:
    environment = {**os.environ, "AWS_DEFAULT_REGION": "eu-central-1"}
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
    return (time.perf_counter() - began) * 1000
