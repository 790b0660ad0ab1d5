"""What every clock of demonstrations promises: the twin in memory and the table alike."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.demo_clock.dynamodb import DynamoDemoClock
from chalicelib.adapters.demo_clock.memory import MemoryDemoClock
from chalicelib.domain.demo_clock import Setting
from tests.builders import MONDAY
from tests.table import create_table


@pytest.fixture(params=["memory", "dynamodb"])
def clock(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "memory":
        yield MemoryDemoClock()
        return
    request.getfixturevalue("aws")
    create_table()
    yield DynamoDemoClock()


def test_a_clock_that_nobody_moved_is_not_ahead(clock: Any) -> None:
    assert clock.read() == Setting()


def test_it_stands_where_it_was_put_last(clock: Any) -> None:
    for days in (3, 10):
        setting = Setting(ahead=timedelta(days=days), moved_by="Ели", moved_at=MONDAY)
        clock.move(setting)
        assert clock.read() == setting
