"""One stack for all journeys of a worker, one whose clock is moved, and one browser."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from infra.local.caller import Caller
from tests.journeys.browsing import PICTURES, chromium
from tests.journeys.stack import Stack

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Running, with nothing in it yet."""
    running = Stack(tmp_path_factory.mktemp("stack"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack whose time the tests move: nobody else's."""
    running = Stack(tmp_path_factory.mktemp("clock"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """A real one, without a window. Not for longer: Playwright runs once at a time in a process."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    with chromium() as started:
        yield started


@pytest.fixture
def citizen(stack: Stack) -> Iterator[Caller]:
    """A citizen's program."""
    with Caller(stack.endpoints, "citizen1") as caller:
        yield caller


@pytest.fixture
def registrar(stack: Stack) -> Iterator[Caller]:
    """A registrar's program."""
    with Caller(stack.endpoints, "registrar") as caller:
        yield caller
