"""The clock of demonstrations: its page, its place in the wiring, what follows from moving it."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.adapters.demo_clock.memory import MemoryDemoClock
from chalicelib.domain.demo_clock import Setting
from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.handlers import stream
from chalicelib.settings import Settings
from chalicelib.usecases import demonstrating
from chalicelib.wiring import Wiring
from tests.builders import MONDAY
from tests.tale import HEAD, Tale
from tests.world import World, official

ADMINISTRATOR = official("administrator", "Ели", unit=None)
PLACES = dict.fromkeys(
    ("table", "documents_bucket", "base_url", "seal_key", "attest_key", "data_key", "secret"), "x"
)


def wired(stage: str) -> Wiring:
    return Wiring(Settings.model_validate({"stage": stage, **PLACES}))


def test_there_is_no_clock_to_move_where_cases_are_real() -> None:
    assert wired("prod").demo_clock is None
    assert wired("local").demo_clock is not None


def test_the_time_is_the_real_one_and_so_much_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, local = MemoryDemoClock(), wired("local")
    monkeypatch.setitem(local.__dict__, "demo_clock", clock)
    monkeypatch.setattr(wiring, "real_now", lambda: MONDAY)
    assert (local.now(), local.time_is_moved) == (MONDAY, False)
    clock.move(Setting(ahead=timedelta(days=3)))
    assert (local.now(), local.time_is_moved) == (MONDAY + timedelta(days=3), True)


def test_on_prod_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "real_now", lambda: MONDAY)
    prod = wired("prod")
    assert (prod.now(), prod.time_is_moved) == (MONDAY, False)


def test_who_moves_it_and_where() -> None:
    world = World(demo_clock=MemoryDemoClock())
    shows = demonstrating.move_clock(world, ADMINISTRATOR, "+3 days", MONDAY)
    assert shows == MONDAY + timedelta(days=3)
    shows = demonstrating.move_clock(world, ADMINISTRATOR, "+1 day", MONDAY + timedelta(hours=1))
    assert shows == MONDAY + timedelta(days=4, hours=1)
    with pytest.raises(Forbidden):
        demonstrating.move_clock(world, HEAD, "+1 day", MONDAY)
    with pytest.raises(NotFound):
        demonstrating.move_clock(World(), ADMINISTRATOR, "+1 day", MONDAY)


def test_what_is_made_under_a_moved_clock_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    tale = Tale()
    tale.file()
    tale.pay()
    shown: list[Any] = []
    real = tale.world.renderer

    class Noting:
        def render(self, template: str, data: Any, language: Any) -> bytes:
            shown.append(data)
            return real.render(template, data, language)

    tale.world.time_is_moved = True
    monkeypatch.setitem(tale.world.__dict__, "renderer", Noting())
    tale.decide("approve")
    assert [dict(data)["demonstration"] for data in shown] == [True]


def test_a_moved_clock_gives_every_open_case_a_new_execution(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tale = Tale()
    tale.file()
    monkeypatch.setattr(stream, "ports", lambda: tale.world)
    monkeypatch.setattr(stream, "now", lambda: tale.world.now)
    keys = {"pk": {"S": "DEMO"}, "sk": {"S": "CLOCK"}}
    record = {"eventName": "MODIFY", "dynamodb": {"Keys": keys, "SequenceNumber": "1"}}
    assert stream.on_table_change({"Records": [record]}, None) == {"batchItemFailures": []}
    execution = tale.world.cases.execution(tale.case.id)
    assert execution is not None
    assert execution.generation == 2
