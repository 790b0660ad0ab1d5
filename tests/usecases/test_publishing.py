"""Publishing: what changed becomes the next version, whatever interrupts it."""

import pytest

from chalicelib.adapters.machines.memory import MemoryMachines
from chalicelib.adapters.services.memory import MemoryServices
from chalicelib.domain.errors import Conflict
from chalicelib.domain.ids import ServiceCode
from chalicelib.domain.services.compiler import compile_model
from chalicelib.domain.services.language import ServiceModel
from chalicelib.ports.services import Published
from chalicelib.usecases.publishing import digest_of, publish
from tests.builders import MONDAY
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


class Overtaken(MemoryServices):
    """Somebody publishes between our look and our write."""

    def __init__(self, theirs: ServiceModel) -> None:
        super().__init__()
        self.theirs = theirs

    def publish(self, published: Published, after: int) -> None:
        digest = digest_of(self.theirs, compile_model(self.theirs))
        change = {"model": self.theirs, "digest": digest, "by": "Петър"}
        super().publish(published.model_copy(update=change), after)
        super().publish(published, after)


def test_of_two_who_publish_at_once_one_is_told_who_won() -> None:
    services = Overtaken(retitled("Theirs"))

    with pytest.raises(Conflict) as told:
        publish(services, MemoryMachines(), permanent_address(), "Мария", MONDAY)

    won = services.current(CODE)
    assert won.model.title.en == "Theirs"
    assert told.value.facts == {
        "service": CODE,
        "version": 1,
        "digest": won.digest[:12],
        "by": "Петър",
        "at": MONDAY.isoformat(),
    }


def test_of_two_who_publish_the_same_at_once_nobody_need_care() -> None:
    services = Overtaken(permanent_address())

    made = publish(services, MemoryMachines(), permanent_address(), "Мария", MONDAY)

    assert (made.changed, made.published.by) == (False, "Петър")
    assert services.current(CODE) == made.published


def test_a_version_says_who_published_it_and_when() -> None:
    services = MemoryServices()
    publish(services, MemoryMachines(), permanent_address(), "Мария", MONDAY)
    current = services.current(CODE)
    assert (current.by, current.at) == ("Мария", MONDAY)


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
