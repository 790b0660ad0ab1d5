"""What says whether all is well, says when it is not."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from infra.quality import __main__ as check
from infra.quality import coverage, tools


def numbers(lines: int, branches: int) -> dict[str, int | float]:
    """A file of a hundred lines and as many branches; so many were reached."""
    return {
        "num_statements": 100,
        "covered_lines": lines,
        "num_branches": 100,
        "covered_branches": branches,
        "percent_covered": 1.0,
    }


def report(domain: tuple[int, int], usecases: tuple[int, int]) -> dict[str, object]:
    return {
        "chalicelib/domain/cases/state.py": {"summary": numbers(*domain)},
        "chalicelib/usecases/payments.py": {"summary": numbers(*usecases)},
        "chalicelib/wiring.py": {"summary": numbers(0, 0)},
        "app.py": {"summary": numbers(0, 0)},
    }


@pytest.mark.parametrize(
    ("domain", "usecases", "missed", "remark"),
    [
        ((90, 90), (90, 90), [], "the floor itself is enough; other layers have none"),
        ((100, 89), (90, 90), ["domain: branches"], "lines do not make up for branches"),
        ((89, 100), (90, 90), ["domain: lines"], "nor branches for lines"),
        ((95, 95), (80, 80), ["usecases: lines", "usecases: branches"], "each layer by itself"),
    ],
)
def test_floors(
    domain: tuple[int, int], usecases: tuple[int, int], missed: list[str], remark: str
) -> None:
    said = coverage.below(coverage.layers(report(domain, usecases)))
    assert [fault.split(" 8")[0] for fault in said] == missed, remark


def test_a_layer_that_nobody_measured_reaches_no_floor() -> None:
    assert coverage.below({"domain": Counter()})
    assert len(coverage.below({})) == 4


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("pass", None),
        ("print('here'); exit(1)", "here"),
        ("exit(3)", "exit code 3"),
    ],
)
def test_a_step_complains_only_when_it_fails(script: str, complaint: str | None) -> None:
    outcome = check.run(check.Step("a", "b", ((sys.executable, "-c", script),)))
    assert (outcome.complaint is None) == (complaint is None)
    assert (complaint or "") in (outcome.complaint or "")


def test_a_step_that_nobody_knows_is_said() -> None:
    with pytest.raises(SystemExit, match="no step tpyes; there are templates"):
        check.chosen(["types", "tpyes"])


def test_a_chromium_of_any_name_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tools.chromium() is None
    for name in ("google-chrome", "chromium"):
        program = tmp_path / name
        program.touch(mode=0o755)
        assert tools.chromium() == str(program)
