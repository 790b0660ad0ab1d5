"""The demo twin of the population register: invented people, no network.

Never to be wired where real cases are decided.
"""

from collections.abc import Callable, Iterable

from chalicelib.adapters.population.people import DemoPerson, population
from chalicelib.domain.errors import NotFound, RegisterUnavailable
from chalicelib.domain.population import CallContext, PopulationRecord


def _never() -> bool:
    return False


class DemoPopulation:
    """Implements ports.population.Population; `fails` is asked at each call."""

    def __init__(
        self, people: Iterable[DemoPerson] | None = None, fails: Callable[[], bool] = _never
    ) -> None:
        self._people = {p.egn: p for p in (population() if people is None else people)}
        self._fails = fails

    def permanent_address(self, egn: str, context: CallContext) -> PopulationRecord:
        """See the port. `context` is not kept: the twin has no log."""
        if self._fails():
            raise RegisterUnavailable(register="uscrasp", reason="down")
        person = self._people.get(egn)
        if person is None:
            raise NotFound(register="uscrasp")
        return record(person)


def record(person: DemoPerson) -> PopulationRecord:
    """The person as the port gives them. Raises NotFound where there is no permanent address."""
    if person.address is None:
        raise NotFound("no-permanent-address", register="uscrasp")
    return PopulationRecord(
        egn=person.egn,
        names=person.names,
        names_latin=person.names_latin,
        birth_date=person.birth_date,
        permanent_address=person.address,
        deceased=person.deceased_on is not None,
        deceased_on=person.deceased_on,
    )
