"""The invented companies, and the register that knows them."""

from collections.abc import Iterable, Mapping

from stdnum.bg import vat

from chalicelib.adapters.registers.citizens import Citizen, Household, Named, households
from chalicelib.adapters.registers.sources import Asking
from chalicelib.domain.errors import NotFound
from chalicelib.domain.population import CallContext
from chalicelib.domain.registers import things as answers
from chalicelib.domain.transliteration import to_latin
from chalicelib.domain.values import Value

_WITH_COMPANY = (1, 2)
_TRADES = ("Търговия", "Строй", "Туризъм", "Услуги")


class Company(Value):
    """`active` is false for one that was struck off."""

    eik: str
    name: str
    latin: str
    form: str
    seat: str
    represent: tuple[Named, ...]
    active: bool


def company(household: Household) -> Company | None:
    """Every second household has one, alone or together."""
    if household.index % 4 not in _WITH_COMPANY:
        return None
    together = household.index % 2 == 0
    family = household.husband.names.rsplit(maxsplit=1)[-1]
    name = f"{family} {_TRADES[household.index % len(_TRADES)]}"
    body = f"29{800_000 + household.index * 37 + household.draw('eik', 30):06d}"
    form = "ood" if together else "eood"
    return Company(
        eik=body + vat.calc_check_digit_legal(body),
        name=f"„{name}“ {form.upper().translate(str.maketrans('EOD', 'ЕОД'))}",
        latin=f"{to_latin(name)} {form.upper()}",
        form=form,
        seat=household.home.line,
        represent=(household.husband, household.wife)[: 1 + together],
        active=household.index != 9,
    )


class Companies:
    """Bulstat and the commercial register."""

    def __init__(self, people: Iterable[Citizen]) -> None:
        made = (company(household) for household in households(people))
        self._companies = {one.eik: one for one in made if one is not None}

    @property
    def asking(self) -> Mapping[str, Asking]:
        """See Source."""
        return {"entity": self._entity}

    def _entity(self, about: Mapping[str, str], _: CallContext) -> answers.Entity:
        found = self._companies.get(about["eik"].strip())
        if found is None:
            raise NotFound(register="bulstat")
        rows = tuple(
            answers.Representative(names=one.names, names_latin=one.latin, egn=one.egn)
            for one in found.represent
        )
        known = {"eik": found.eik, "name": found.name, "name_latin": found.latin}
        return answers.Entity.model_validate(
            known
            | {"legal_form": found.form, "seat": found.seat, "active": found.active}
            | {"representatives": rows, "representatives_count": len(rows)}
            | {"represented_by": ", ".join(one.names for one in rows)}
            | {"represented_by_latin": ", ".join(one.names_latin for one in rows)}
            | {"applicant_represents": about.get("egn") in {one.egn for one in rows}}
        )
