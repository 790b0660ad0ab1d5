"""The invented cadastre and the invented register of vehicles."""

from collections.abc import Iterable, Mapping
from datetime import date

from chalicelib.adapters.registers.citizens import Citizen, households
from chalicelib.adapters.registers.estates import Car, Estate, car, plate_key
from chalicelib.adapters.registers.sources import Asking
from chalicelib.adapters.registers.taxes import described, find_estate
from chalicelib.domain.errors import NotFound
from chalicelib.domain.population import CallContext
from chalicelib.domain.registers import things as answers

_ORDER = "Заповед РД-18-63/05.10.2018 г. на изпълнителния директор на АГКК"
_URBAN = "Урбанизирана територия"
_STRUCK_OFF = 7


class Cadastre:
    """Properties by identifier."""

    def __init__(self, people: Iterable[Citizen]) -> None:
        self._households = households(people)

    @property
    def asking(self) -> Mapping[str, Asking]:
        """See Source."""
        return {"property": self._property}

    def _property(self, about: Mapping[str, str], _: CallContext) -> answers.Property:
        estate = find_estate(self._households, about["property_id"])
        home, land = estate.home.home, estate.kind == "land"
        return answers.Property.model_validate(
            described(estate, about.get("egn"))
            | {
                "settlement": home.settlement.name,
                "municipality_code": home.municipality.code,
                "floor": "" if land else home.floor,
                "purpose": _URBAN if land else "Жилище, апартамент",
                "use": "Ниско застрояване (до 10 m)" if land else "",
                "map_order": _ORDER,
                "map_changed_on": date(2019 + estate.home.index % 6, 3, 14),
                "neighbours": self._neighbours(estate),
            }
        )

    def _neighbours(self, estate: Estate) -> tuple[answers.Neighbour, ...]:
        """The parcel's own next ones; an apartment borders on those of its floor."""
        stem, _, last = estate.identifier.rpartition(".")
        purpose = _URBAN if estate.kind == "land" else "Жилище, апартамент"
        near = (int(last) + 1, int(last) + 2)
        return tuple(
            answers.Neighbour(property_id=f"{stem}.{number}", purpose=purpose) for number in near
        )


class Vehicles:
    """Vehicles by registration number, however it is spaced and in whichever letters."""

    def __init__(self, people: Iterable[Citizen]) -> None:
        cars = (car(household) for household in households(people))
        self._cars = {plate_key(one.plate): one for one in cars}

    @property
    def asking(self) -> Mapping[str, Asking]:
        """See Source."""
        return {"registration": self._registration}

    def _registration(self, about: Mapping[str, str], _: CallContext) -> answers.Vehicle:
        found = self._cars.get(plate_key(about["vehicle"]))
        if found is None:
            raise NotFound(register="vehicles")
        return _vehicle(found, about)


def _vehicle(found: Car, about: Mapping[str, str]) -> answers.Vehicle:
    home = found.household
    return answers.Vehicle(
        vehicle=about["vehicle"],
        make=found.make,
        model=found.model,
        category="M1",
        colour=("Сив", "Бял", "Черен", "Син")[home.draw("colour", 4)],
        first_registered=date(2010 + home.draw("year", 14), 1 + home.draw("month", 12), 9),
        emissions="Нулеви емисии" if found.electric else f"Евро {4 + home.draw('euro', 3)}",
        electric=found.electric,
        active=home.index != _STRUCK_OFF,
        owner_names=found.owner.names,
        owner_names_latin=found.owner.latin,
        owner_egn=found.owner.egn,
        is_owner=about.get("egn") == found.owner.egn,
    )
