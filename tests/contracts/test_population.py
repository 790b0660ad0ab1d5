"""What the population register promises: the demo twin, and the client against a real server."""

from collections.abc import Iterator

import pytest

from chalicelib.adapters.population.demo import DemoPopulation
from chalicelib.adapters.population.http import HttpPopulation
from chalicelib.adapters.population.people import demo_people, population
from chalicelib.domain.errors import NotFound, RegisterUnavailable
from chalicelib.domain.population import CallContext
from chalicelib.ports.population import Population
from infra.local.simulators import web
from infra.local.simulators.uscrasp import Uscrasp

WHY = CallContext(
    service="permanent-address",
    case_number="SZ-2026-000123-6",
    administration="Община Стара Загора",
    official=None,
    purpose="Удостоверение за постоянен адрес",
    legal_ground="чл. 24 от ЗГР",
)
MARRIED_IN_THE_CITY, OTHER = demo_people()
DEAD = next(p for p in population() if p.deceased_on)
ABROAD = next(p for p in population() if p.address is None)
ELSEWHERE = next(
    p for p in population() if p.address and p.address.settlement.ekatte not in ("68850",)
)
NOBODY = "7523169263"


class Register:
    """A register and the switch that takes it down."""

    def __init__(self, kind: str) -> None:
        self.down = False
        self.population: Population = DemoPopulation(fails=lambda: self.down)
        self.simulator: Uscrasp | None = None
        self._server: web.Server | None = None
        if kind == "http":
            self.simulator = Uscrasp(population())
            self._server = web.Server(self.simulator)
            self._server.start()
            self.population = HttpPopulation(self._server.url, timeout=5)

    def take(self, *, down: bool) -> None:
        self.down = down
        if self.simulator:
            self.simulator.down = down

    def close(self) -> None:
        if self._server:
            self._server.stop()


@pytest.fixture(params=["demo", pytest.param("http", marks=pytest.mark.loopback)])
def register(request: pytest.FixtureRequest) -> Iterator[Register]:
    register = Register(request.param)
    yield register
    register.close()


def test_a_person_is_found_with_names_and_address(register: Register) -> None:
    found = register.population.permanent_address(MARRIED_IN_THE_CITY.egn, WHY)
    assert found.egn == MARRIED_IN_THE_CITY.egn
    assert str(found.names) == "Калина Огнянова Липова"
    assert str(found.names_latin) == "Kalina Ognyanova Lipova"
    assert found.birth_date == MARRIED_IN_THE_CITY.birth_date
    assert found.permanent_address == MARRIED_IN_THE_CITY.address
    assert not found.deceased


def test_every_living_and_dead_person_is_given_as_they_are(register: Register) -> None:
    for person in population():
        if person.address is None:
            continue
        found = register.population.permanent_address(person.egn, WHY)
        assert (found.egn, found.names, found.names_latin) == (
            person.egn,
            person.names,
            person.names_latin,
        )
        assert found.permanent_address == person.address
        assert found.deceased_on == person.deceased_on


def test_the_dead_are_marked(register: Register) -> None:
    found = register.population.permanent_address(DEAD.egn, WHY)
    assert found.deceased
    assert found.deceased_on == DEAD.deceased_on


def test_who_lives_elsewhere_is_given_with_that_municipality(register: Register) -> None:
    found = register.population.permanent_address(ELSEWHERE.egn, WHY)
    assert found.permanent_address.municipality.code != "SZR31"


def test_who_has_no_permanent_address_is_not_found_and_it_is_said(register: Register) -> None:
    with pytest.raises(NotFound) as refused:
        register.population.permanent_address(ABROAD.egn, WHY)
    assert refused.value.code == "no-permanent-address"


@pytest.mark.parametrize("egn", [NOBODY, "", "123", "abcdefghij", "75231692631", "٧٥٢٣١٦٩٢٦٣"])
def test_nobody_is_not_found(register: Register, egn: str) -> None:
    with pytest.raises(NotFound) as refused:
        register.population.permanent_address(egn, WHY)
    assert refused.value.code == "not-found"


def test_a_register_that_is_down_is_asked_again_later(register: Register) -> None:
    register.take(down=True)
    with pytest.raises(RegisterUnavailable):
        register.population.permanent_address(MARRIED_IN_THE_CITY.egn, WHY)
    register.take(down=False)
    assert register.population.permanent_address(MARRIED_IN_THE_CITY.egn, WHY)


def test_no_error_names_the_person(register: Register) -> None:
    register.take(down=True)
    with pytest.raises(RegisterUnavailable) as down:
        register.population.permanent_address(MARRIED_IN_THE_CITY.egn, WHY)
    register.take(down=False)
    with pytest.raises(NotFound) as nobody:
        register.population.permanent_address(NOBODY, WHY)
    assert MARRIED_IN_THE_CITY.egn not in repr(down.value)
    assert NOBODY not in repr(nobody.value)
