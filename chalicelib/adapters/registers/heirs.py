"""Who inherits from an invented person, and how people and homes are written in answers."""

from collections.abc import Collection, Iterator, Mapping

from chalicelib.adapters.registers.citizens import Citizen
from chalicelib.domain.population import Address
from chalicelib.domain.registers import people as answers

# The relation by the relative's sex: male, female.
_CALLED = {
    "spouse": ("husband", "wife"),
    "child": ("son", "daughter"),
    "grandchild": ("grandson", "granddaughter"),
    "parent": ("father", "mother"),
}


def person(one: Citizen) -> dict[str, object]:
    """Who it is, as every answer of the register begins."""
    return {
        "egn": one.egn,
        "names": str(one.names),
        "names_latin": str(one.names_latin),
        "birth_date": one.birth_date,
    }


def home(address: Address) -> dict[str, object]:
    """An address by its parts."""
    return {
        "address": address.line,
        "district": address.district.name,
        "municipality": address.municipality.name,
        "municipality_code": address.municipality.code,
        "settlement": address.settlement.name,
        "ekatte": address.settlement.ekatte,
        "area": address.city_area.name,
        "street": address.street.name,
        "number": address.number,
        "entrance": address.entrance,
        "floor": address.floor,
        "apartment": address.apartment,
        "since": address.since,
    }


class Heirs:
    """The Inheritance Act: spouse (art. 9), children (art. 5), their children in the place of
    those who died before (art. 10), parents where there is no descendant (art. 6).
    """

    def __init__(self, people: Mapping[str, Citizen]) -> None:
        self._people = people

    def of(self, dead: Citizen) -> tuple[answers.Heir, ...]:
        """Who was alive when the person died, closest first."""
        alive = {egn for _, egn in self._around(dead) if self._lived_at(egn, dead)}
        found = [(kin, egn) for kin, egn in self._around(dead) if egn in alive]
        children = {egn for kin, egn in found if kin == "child"}
        descend = [
            (kin, egn)
            for kin, egn in found
            if kin == "child" or (kin == "grandchild" and not self._has_parent(egn, children))
        ]
        close = [(kin, egn) for kin, egn in found if kin == "spouse"]
        rest = descend or [(kin, egn) for kin, egn in found if kin == "parent"]
        return tuple(answers.Heir.model_validate(self._row(*one)) for one in (*close, *rest))

    def relatives(self, dead: Citizen, heirs: Collection[str]) -> tuple[answers.Relation, ...]:
        """Everybody near, heirs or not."""
        rows = [self._row(kin, egn) | {"heir": egn in heirs} for kin, egn in self._around(dead)]
        return tuple(answers.Relation.model_validate(row) for row in rows)

    def _around(self, dead: Citizen) -> Iterator[tuple[str, str]]:
        near = [("spouse", dead.spouse), *(("child", egn) for egn in dead.children)]
        grand = [("grandchild", g) for egn in dead.children for g in self._people[egn].children]
        near += [*grand, ("parent", dead.mother), ("parent", dead.father)]
        yield from ((kin, egn) for kin, egn in near if egn)

    def _lived_at(self, egn: str, dead: Citizen) -> bool:
        one = self._people[egn]
        if dead.deceased_on is None or one.birth_date > dead.deceased_on:
            return False
        return one.deceased_on is None or one.deceased_on > dead.deceased_on

    def _has_parent(self, egn: str, among: Collection[str]) -> bool:
        return bool({self._people[egn].mother, self._people[egn].father} & set(among))

    def _row(self, kin: str, egn: str) -> dict[str, object]:
        one = self._people[egn]
        return person(one) | {
            "relation": _CALLED[kin][one.sex == "female"],
            "deceased_on": one.deceased_on,
            "address": one.address.line if one.address else "",
        }
