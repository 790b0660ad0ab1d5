"""The invented families: current addresses, marriages, children, heirs. No network."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from chalicelib.adapters.registers.citizens import Citizen
from chalicelib.adapters.registers.heirs import Heirs, home, person
from chalicelib.adapters.registers.sources import Asking
from chalicelib.domain.errors import NotFound
from chalicelib.domain.population import CallContext
from chalicelib.domain.registers import people as answers

_ABROAD = {"settlement": "Берлин", "address": "Федерална република Германия, Берлин"}


class Families:
    """What the register knows of relatives. Raises NotFound for who is not in it."""

    def __init__(self, people: Iterable[Citizen]) -> None:
        self._people = {one.egn: one for one in people}
        self._heirs = Heirs(self._people)

    @property
    def asking(self) -> Mapping[str, Asking]:
        """See Source."""
        return {
            "current-address": self._current_address,
            "marital-status": self._marital_status,
            "family": self._family,
            "relations": self._relations,
        }

    def _find(self, egn: str) -> Citizen:
        if egn not in self._people:
            raise NotFound(register="uscrasp")
        return self._people[egn]

    def _current_address(self, about: Mapping[str, str], _: CallContext) -> answers.Address:
        """Where the permanent one is; abroad for who has none."""
        one = self._find(about["egn"])
        known = person(one) | {"deceased": one.deceased_on is not None}
        return answers.Address.model_validate(
            known | (home(one.address) if one.address else _ABROAD)
        )

    def _marital_status(self, about: Mapping[str, str], _: CallContext) -> answers.MaritalStatus:
        return answers.MaritalStatus.model_validate(self._marriage(self._find(about["egn"])))

    def _family(self, about: Mapping[str, str], _: CallContext) -> answers.Family:
        one = self._find(about["egn"])
        children = [answers.Child.model_validate(self._row(egn)) for egn in one.children]
        counted = {"children_count": len(children), "children": tuple(children)}
        return answers.Family.model_validate(self._marriage(one) | counted)

    def _row(self, egn: str) -> dict[str, object]:
        known = self._people[egn]
        return person(known) | {"deceased_on": known.deceased_on}

    def _marriage(self, one: Citizen) -> dict[str, object]:
        spouse = self._people.get(one.spouse)
        if spouse is None:
            return person(one) | {"status": "single"}
        if _outlived(one, spouse):
            return person(one) | {"status": "widowed", "status_since": spouse.deceased_on}
        return person(one) | {
            "status": "married",
            "status_since": self._wedding(one),
            "spouse_names": str(spouse.names),
            "spouse_names_latin": str(spouse.names_latin),
            "spouse_egn": spouse.egn,
            "spouse_birth_date": spouse.birth_date,
        }

    def _wedding(self, one: Citizen) -> date:
        """Some three hundred days before the first child."""
        first = min(self._people[egn].birth_date for egn in one.children)
        return first - timedelta(days=300)

    def _relations(self, about: Mapping[str, str], _: CallContext) -> answers.Relations:
        one = self._find(about["deceased_egn"])
        if one.deceased_on is None or one.address is None:
            raise NotFound(register="uscrasp")  # nobody is told about relatives of the living
        heirs = self._heirs.of(one)
        marriage = self._marriage(one)
        return answers.Relations.model_validate(
            person(one)
            | {
                "deceased": True,
                "deceased_on": one.deceased_on,
                "death_place": one.address.settlement.name,
                "death_act": f"{one.deceased_on.timetuple().tm_yday:04d}",
                "status": marriage["status"],
                "address": one.address.line,
                "heirs_count": len(heirs),
                "applicant_is_heir": about.get("egn") in {heir.egn for heir in heirs},
                "heirs": heirs,
                "relations": self._heirs.relatives(one, {heir.egn for heir in heirs}),
            }
        )


def _outlived(one: Citizen, spouse: Citizen) -> bool:
    """Whether the marriage ended because the spouse died first."""
    if spouse.deceased_on is None:
        return False
    return one.deceased_on is None or spouse.deceased_on < one.deceased_on
