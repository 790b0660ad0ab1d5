"""The logs of the functions: what they can be searched by, and what is never in them."""

import json
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.domain.errors import Busy
from chalicelib.handlers.functions import logged, logger

EVENT = {"case": "01c", "number": "SZ-2026-000001-4", "phase": "payment", "generation": 2}
CONTEXT = SimpleNamespace(aws_request_id="r-1")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    written = StringIO()
    monkeypatch.setattr(logger.registered_handler, "stream", written)
    return written


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


@logged
def work(event: dict[str, Any], context: Any) -> str:
    if event.get("fails"):
        raise Busy(source="table")
    return "done"


def test_each_line_names_the_case_and_its_execution(log: StringIO) -> None:
    work({**EVENT, "token": "secret"}, CONTEXT)
    (line,) = lines(log)
    assert {name: line[name] for name in EVENT} == EVENT
    assert line["correlation_id"] == "01c-2"
    assert line["request"] == "r-1"
    assert line["timestamp"].endswith("+0000")
    assert "secret" not in json.dumps(line)


def test_one_case_leaves_nothing_in_the_lines_of_the_next(log: StringIO) -> None:
    work(EVENT, CONTEXT)
    work({"Records": []}, CONTEXT)
    assert "number" not in lines(log)[-1]


def test_a_failure_is_a_line_with_its_code(log: StringIO) -> None:
    with pytest.raises(Busy):
        work({**EVENT, "fails": True}, CONTEXT)
    (line,) = lines(log)
    assert (line["level"], line["code"], line["number"]) == ("WARNING", "busy", EVENT["number"])
    assert line["facts"] == {"source": "table"}
