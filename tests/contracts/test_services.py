"""Published services keep the same promises in memory and in the table."""

from collections.abc import Callable, Iterator

import pytest

from chalicelib.adapters.services.dynamodb import DynamoServices
from chalicelib.adapters.services.memory import MemoryServices
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.ids import ServiceCode
from chalicelib.ports.services import Services
from tests.models import permanent_address, published
from tests.table import REGION, create_table

CODE = ServiceCode("permanent-address")
OTHER = permanent_address().model_copy(update={"service": "another"})
Another = Callable[[], Services]


@pytest.fixture(params=["memory", "dynamodb"])
def again(request: pytest.FixtureRequest) -> Iterator[Another]:
    """The same store as another process sees it."""
    if request.param == "memory":
        store = MemoryServices()
        yield lambda: store
        return
    request.getfixturevalue("aws")
    create_table()
    yield lambda: DynamoServices(REGION)


def test_nothing_is_published_at_first(again: Another) -> None:
    assert again().all_current() == ()
    with pytest.raises(NotFound):
        again().current(CODE)
    with pytest.raises(NotFound):
        again().version(CODE, 1)


def test_a_version_is_found_as_it_was_published(again: Another) -> None:
    first, second = published(), published(version=2)
    again().publish(first, after=0)
    again().publish(second, after=1)

    assert again().current(CODE) == second
    assert again().version(CODE, 1) == first


@pytest.mark.parametrize(
    ("version", "after", "remark"),
    [
        (2, 0, "they believe that there is none"),
        (3, 2, "they saw one that there is not"),
        (1, 0, "they publish the same once more"),
    ],
)
def test_whoever_did_not_see_the_current_version_is_told(
    again: Another, version: int, after: int, remark: str
) -> None:
    again().publish(published(), after=0)

    with pytest.raises(Conflict):
        again().publish(published(version=version), after=after)

    assert again().current(CODE) == published(), remark


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_published_version_is_never_written_over(again: Another, after: int) -> None:
    again().publish(published(), after=0)
    again().publish(published(version=2), after=1)
    other = published(permanent_address().model_copy(update={"status": "open", "unit": "other"}))

    with pytest.raises(Conflict):
        again().publish(other, after=after)

    assert again().version(CODE, 1) == published()
    assert again().current(CODE).version == 2


def test_every_service_by_its_code(again: Another) -> None:
    again().publish(published(), after=0)
    again().publish(published(OTHER), after=0)

    assert [one.model.service for one in again().all_current()] == ["another", "permanent-address"]


def test_a_reader_that_stays_sees_the_next_version(again: Another) -> None:
    reader = again()
    again().publish(published(), after=0)
    assert reader.current(CODE).version == 1

    again().publish(published(version=2), after=1)

    assert reader.current(CODE).version == 2
