"""The invented municipality's taxes: assessments and obligations."""

from collections.abc import Iterable, Mapping
from datetime import date

from chalicelib.adapters.registers.citizens import Citizen, Household, households, named
from chalicelib.adapters.registers.companies import company
from chalicelib.adapters.registers.estates import Estate, car, estates
from chalicelib.adapters.registers.sources import Asking
from chalicelib.domain.errors import NotFound
from chalicelib.domain.population import CallContext
from chalicelib.domain.registers import things as answers

_ASSESSED_ON = date(2026, 1, 1)
_IN_ARREARS, _YEAR = 3, 2025


def owes(household: Household) -> bool:
    """Every third husband has not paid."""
    return household.index % _IN_ARREARS == 1


class Taxes:
    """Local taxes and fees."""

    def __init__(self, people: Iterable[Citizen]) -> None:
        everybody = tuple(people)
        self._people = {one.egn: named(one) for one in everybody}
        self._households = households(everybody)

    @property
    def asking(self) -> Mapping[str, Asking]:
        """See Source."""
        return {
            "assessment": self._assessment,
            "obligations": self._obligations,
            "company-obligations": self._of_company,
        }

    def _assessment(self, about: Mapping[str, str], _: CallContext) -> answers.Assessment:
        estate = find_estate(self._households, about["property_id"])
        return answers.Assessment.model_validate(
            described(estate, about.get("egn"))
            | {
                "account": estate.account,
                "assessment": estate.assessment,
                "assessed_on": _ASSESSED_ON,
                "has_obligations": owes(estate.home),
            }
        )

    def _obligations(self, about: Mapping[str, str], _: CallContext) -> answers.Obligations:
        person = self._people.get(about["egn"])
        if person is None:
            raise NotFound(register="taxes")
        rows = [
            row
            for household in self._households
            if household.husband.egn == person.egn and owes(household)
            for row in _arrears(household)
        ]
        who = {"egn": person.egn, "names": person.names, "names_latin": person.latin}
        return answers.Obligations.model_validate(who | _owed(rows))

    def _of_company(self, about: Mapping[str, str], _: CallContext) -> answers.Obligations:
        for household in self._households:
            found = company(household)
            if found is not None and found.eik == about["eik"].strip():
                fine = _obligation("fine", f"АН-{household.index:04d}", 15_000)
                who = {"eik": found.eik, "names": found.name, "names_latin": found.latin}
                return answers.Obligations.model_validate(
                    who | _owed([fine] if owes(household) else [])
                )
        raise NotFound(register="taxes")


def find_estate(known: Iterable[Household], identifier: str) -> Estate:
    """The property of that identifier. Raises NotFound."""
    for household in known:
        for estate in estates(household):
            if estate.identifier == identifier.strip():
                return estate
    raise NotFound("no-such-property")


def described(estate: Estate, egn: str | None) -> dict[str, object]:
    """What every register says of a property."""
    return {
        "property_id": estate.identifier,
        "kind": estate.kind,
        "address": estate.address,
        "area": estate.area,
        "is_owner": egn in {owner.egn for owner, _ in estate.owners},
        "owners": tuple(
            answers.Owner(names=who.names, names_latin=who.latin, egn=who.egn, share=share)
            for who, share in estate.owners
        ),
    }


def _arrears(household: Household) -> list[answers.Obligation]:
    home = estates(household)[0]
    rows = [
        _obligation("property-tax", home.account, home.assessment * 2 // 1000),
        _obligation("waste-fee", home.account, home.assessment * 3 // 1000),
    ]
    own_car = car(household)
    if own_car.owner.egn == household.husband.egn and not own_car.electric:
        rows.append(_obligation("vehicle-tax", f"{home.account}В", 11_240))
    return rows


def _obligation(kind: str, account: str, principal: int) -> answers.Obligation:
    row = {"kind": kind, "account": account, "year": _YEAR, "principal": principal}
    return answers.Obligation.model_validate(row | {"interest": principal // 20})


def _owed(rows: list[answers.Obligation]) -> dict[str, object]:
    total = sum(row.principal + row.interest for row in rows)
    return {"has_obligations": bool(rows), "total": total, "obligations": tuple(rows)}
