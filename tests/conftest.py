"""A hostile environment for every test.

Warnings are errors and sockets are closed (pyproject.toml); nothing of the real environment that
could reach AWS or configure the product leaks in; the process lives in a time zone that nobody
here lives in, so that a forgotten zone shows; chance is fixed unless a fresh profile is asked for.
"""

import os
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.ground import size
from tests.ground.dynamodb import Repair, repaired_dynamodb
from tests.ground.quick import quick_clients

_LOOPBACK = ["127.0.0.0/8", "::1", "localhost"]
_OPENING = ("loopback", "cloud", "browser")
_FOREIGN = ("AWS_", "ZAGORA_", "CHALICE_", "BOTO_", "MOTO_")
_FAKE = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_REGION": "eu-central-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    # UTC+12:45, +13:45 in its summer: a local time taken for UTC is on another day.
    "TZ": "Pacific/Chatham",
}

for _name in [n for n in os.environ if n.startswith(_FOREIGN)]:
    del os.environ[_name]
os.environ.update(_FAKE)
time.tzset()

_usual = settings(
    deadline=None,
    print_blob=True,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("ci", _usual, derandomize=True, database=None)
settings.register_profile("fresh", _usual)
settings.register_profile("night", _usual, max_examples=2000)
settings.load_profile("ci")
quick_clients()


def pytest_report_header() -> str:
    """Says what would have to be said to repeat this run."""
    return f"ground: size {size.SIZE} ({size.VARIABLE}), seed {size.SEED} ({size.SEED_VARIABLE})"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Loopback addresses for those that are marked; one stack for all; the long ones first."""
    for item in items:
        if any(item.get_closest_marker(name) for name in _OPENING):
            item.add_marker(pytest.mark.allow_hosts(_LOOPBACK))
        if _needs_the_stack(item):
            item.add_marker(pytest.mark.xdist_group("stack"))
        if item.get_closest_marker("slow"):
            # Each is thousands of repetitions: what they reach, the others reach too.
            item.add_marker(pytest.mark.no_cover)
    items.sort(key=lambda item: (not _needs_the_stack(item), not item.get_closest_marker("slow")))


def _needs_the_stack(item: pytest.Item) -> bool:
    return "stack" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True)
def _environment_is_left_as_found() -> Iterator[None]:
    before = dict(os.environ)
    yield
    changed = {name for name in before.keys() | os.environ if _differs(before, name)}
    for name in changed:
        os.environ.pop(name, None)
        os.environ.update({name: before[name]} if name in before else {})
    assert not changed, f"the test left the environment changed: {sorted(changed)}"


def _differs(before: dict[str, str], name: str) -> bool:
    return name != "PYTEST_CURRENT_TEST" and before.get(name) != os.environ.get(name)


@pytest.fixture
def aws() -> Iterator[Repair]:
    """An empty AWS in this process (moto) whose DynamoDB keeps DynamoDB's promises."""
    from moto import mock_aws

    with mock_aws(), repaired_dynamodb() as repair:
        yield repair
