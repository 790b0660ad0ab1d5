"""Publishing: what changed becomes the next version, whatever interrupts it."""

import pytest

from chalicelib.adapters.machines.memory import MemoryMachines
from chalicelib.adapters.services.memory import MemoryServices
from chalicelib.domain.errors import Conflict
from chalicelib.domain.ids import ServiceCode
from chalicelib.domain.services.language import ServiceModel
from chalicelib.ports.services import Published
from chalicelib.usecases.publishing import digest_of, publish
from tests.models import permanent_address

CODE = ServiceCode("permanent-address")


def retitled(title: str) -> ServiceModel:
    model = permanent_address()
    return model.model_copy(update={"title": model.title.model_copy(update={"en": title})})


def test_a_first_version_then_nothing_then_a_second() -> None:
    services, machines = MemoryServices(), MemoryMachines()

    first = publish(services, machines, permanent_address())
    again = publish(services, machines, permanent_address())
    second = publish(services, machines, retitled("Another title"))

    assert (first.published.version, first.changed) == (1, True)
    assert again.model_copy(update={"changed": True}) == first
    assert not again.changed
    assert (second.published.version, second.changed) == (2, True)
    assert services.current(CODE) == second.published
    assert services.version(CODE, 1) == first.published


def test_the_current_version_always_has_its_machine() -> None:
    services, machines = MemoryServices(), MemoryMachines()
    publish(services, machines, permanent_address())

    current = services.current(CODE)

    assert machines.runs(current.machine, current.definition)


def test_a_machine_that_was_lost_is_made_again_as_a_new_version() -> None:
    services, machines = MemoryServices(), MemoryMachines()
    publish(services, machines, permanent_address())
    machines.versions.clear()

    again = publish(services, machines, permanent_address())

    assert (again.published.version, again.changed) == (2, True)


def test_of_two_who_publish_at_once_one_is_told() -> None:
    class Overtaken(MemoryServices):
        """Somebody publishes between our look and our write."""

        def publish(self, published: Published, after: int) -> None:
            other = published.model_copy(update={"model": retitled("Theirs")})
            super().publish(other, after)
            super().publish(published, after)

    services = Overtaken()

    with pytest.raises(Conflict):
        publish(services, MemoryMachines(), permanent_address())

    assert services.current(CODE).model.title.en == "Theirs"


def test_publishing_that_died_before_the_version_was_written_is_repeated() -> None:
    class Dying(MemoryServices):
        def publish(self, published: Published, after: int) -> None:
            raise KeyboardInterrupt

    machines = MemoryMachines()
    with pytest.raises(KeyboardInterrupt):
        publish(Dying(), machines, permanent_address())

    made = publish(MemoryServices(), machines, permanent_address())

    assert made.published.version == 1
    assert machines.runs(made.published.machine, made.published.definition)


def test_the_digest_covers_the_model_and_the_machine() -> None:
    model = permanent_address()
    digests = {
        digest_of(model, {"Comment": "one"}),
        digest_of(model, {"Comment": "two"}),
        digest_of(retitled("Another"), {"Comment": "one"}),
    }
    assert len(digests) == 3
