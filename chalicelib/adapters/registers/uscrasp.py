"""The civil registration: addresses through its own port, families of invented people."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from chalicelib.adapters.registers.citizens import Citizen
from chalicelib.adapters.registers.families import Families
from chalicelib.adapters.registers.sources import Asking
from chalicelib.domain.population import CallContext, PopulationRecord
from chalicelib.domain.registers import people as answers
from chalicelib.ports.population import Population


class Uscrasp:
    """`population` gives the register as it is wired at the moment of asking.

    `people` are the invented ones; without them only the permanent address can be asked, which is
    all that the register's gateway answers so far.
    """

    def __init__(
        self, population: Callable[[], Population], people: Iterable[Citizen] | None
    ) -> None:
        self._population, self._people = population, people

    @cached_property
    def asking(self) -> Mapping[str, Asking]:
        """See Source."""
        families = Families(self._people).asking if self._people is not None else {}
        return {"permanent-address": self._permanent_address, **families}

    def _permanent_address(self, about: Mapping[str, str], context: CallContext) -> answers.Address:
        return _answer(self._population().permanent_address(about["egn"], context))


def _answer(record: PopulationRecord) -> answers.Address:
    address = record.permanent_address
    return answers.Address(
        egn=record.egn,
        names=str(record.names),
        names_latin=str(record.names_latin or ""),
        birth_date=record.birth_date,
        address=address.line,
        district=address.district.name,
        municipality=address.municipality.name,
        municipality_code=address.municipality.code,
        settlement=address.settlement.name,
        ekatte=address.settlement.ekatte,
        area=address.city_area.name,
        street=address.street.name,
        number=address.number,
        entrance=address.entrance,
        floor=address.floor,
        apartment=address.apartment,
        since=address.since,
        deceased=record.deceased,
        deceased_on=record.deceased_on,
    )
