"""All registers of the invented world. Never to be wired where real cases are decided."""

from collections.abc import Callable, Iterable

from chalicelib.adapters.registers.citizens import Citizen
from chalicelib.adapters.registers.companies import Companies
from chalicelib.adapters.registers.land import Cadastre, Vehicles
from chalicelib.adapters.registers.sources import RegistersBySource
from chalicelib.adapters.registers.taxes import Taxes
from chalicelib.adapters.registers.uscrasp import Uscrasp
from chalicelib.ports.population import Population


def invented(population: Callable[[], Population], people: Iterable[Citizen]) -> RegistersBySource:
    """Twins of all sources, built on the invented people and consistent with each other."""
    everybody = tuple(people)
    return RegistersBySource(
        {
            "uscrasp": Uscrasp(population, everybody),
            "taxes": Taxes(everybody),
            "cadastre": Cadastre(everybody),
            "vehicles": Vehicles(everybody),
            "bulstat": Companies(everybody),
        }
    )


def real(population: Callable[[], Population]) -> RegistersBySource:
    """What is connected so far: the permanent address."""
    return RegistersBySource({"uscrasp": Uscrasp(population, None)})
