"""About sixty invented people in twelve families, made from a seed: the same ones every time.

Their numbers are valid but take their serials from the last region (926–999, "elsewhere or
unknown"), which is hardly ever given out, so that no resident of the city is met by accident.
"""

import hashlib
from datetime import date
from functools import cache

from stdnum.bg import egn as stdnum_egn

from chalicelib.adapters.population import names as words
from chalicelib.domain.identity import Sex
from chalicelib.domain.population import Address, PersonNames, Place
from chalicelib.domain.transliteration import to_latin
from chalicelib.domain.values import Value

SEED = 1891
_FIRST_SERIAL, _SERIALS = 926, 74
# The families that live in another municipality.
_ELSEWHERE = {10: words.KAZANLAK, 11: words.PLOVDIV}


class DemoPerson(Value):
    """One invented person; relatives by their EGN."""

    egn: str
    names: PersonNames
    sex: Sex
    birth_date: date
    birth_place: str
    address: Address | None
    deceased_on: date | None = None
    spouse: str = ""
    mother: str = ""
    father: str = ""
    children: tuple[str, ...] = ()

    @property
    def names_latin(self) -> PersonNames:
        """By the Transliteration Act."""
        own = self.names
        return PersonNames(
            first=to_latin(own.first), middle=to_latin(own.middle), family=to_latin(own.family)
        )


@cache
def population(seed: int = SEED) -> tuple[DemoPerson, ...]:
    """Everybody, family by family; pure."""
    return tuple(p for family in range(len(words.FAMILIES)) for p in _Family(seed, family).people())


def demo_people(seed: int = SEED) -> tuple[DemoPerson, DemoPerson]:
    """Two living adults of Stara Zagora at different addresses, for the demo's citizens."""
    return _Family(seed, 2).people()[1], _Family(seed, 1).people()[0]


def egn_for(birth_date: date, serial: int) -> str:
    """The EGN of a birth date and a three-digit serial; the serial's last digit says the sex."""
    offset = {18: 20, 19: 0, 20: 40}[birth_date.year // 100]
    month = birth_date.month + offset
    body = f"{birth_date.year % 100:02d}{month:02d}{birth_date.day:02d}{serial:03d}"
    return body + str(stdnum_egn.calc_check_digit(body))


class _Family:
    """One family: husband, wife, children, and in every second one the husband's parents."""

    def __init__(self, seed: int, index: int) -> None:
        self._seed, self._index = seed, index
        self._married = 1978 + self._draw("married", 28)

    def people(self) -> tuple[DemoPerson, ...]:
        """Husband, wife, his parents (in every second family), children."""
        grandparents = self._grandparents() if self._index % 2 == 0 else ()
        father_of_his = grandparents[0].names.first if grandparents else ""
        husband = self._person("husband", "male", self._married - 26, father_of_his)
        wife = self._person("wife", "female", self._married - 24)
        children = tuple(
            self._child(n, husband.names.first) for n in range(1 + self._draw("children", 3))
        )
        return _related(husband, wife, children, grandparents)

    def _grandparents(self) -> tuple[DemoPerson, DemoPerson]:
        """He is dead in every family, she in every third."""
        year = self._married - 52
        died = self._date("died", 2003 + self._draw("died", 20))
        dead_too = self._date("died too", 2010 + self._draw("died too", 14))
        him = self._person("grandfather", "male", year)
        her = self._person("grandmother", "female", year + 3)
        return (
            him.model_copy(update={"deceased_on": died}),
            her.model_copy(update={"deceased_on": dead_too if self._index % 3 == 0 else None}),
        )

    def _child(self, number: int, father: str) -> DemoPerson:
        sex: Sex = "male" if self._draw(f"sex {number}", 2) else "female"
        child = self._person(f"child {number}", sex, self._married + 1 + 3 * number, father)
        # One grown-up child lives abroad and has no permanent address in the register.
        abroad = self._index == 4 and number == 0
        return child.model_copy(update={"address": None}) if abroad else child

    def _person(self, role: str, sex: Sex, year: int, father: str = "") -> DemoPerson:
        born = self._date(role, year)
        serial = _FIRST_SERIAL + 2 * self._draw(f"serial {role}", _SERIALS // 2)
        return DemoPerson(
            egn=egn_for(born, serial + (sex == "female")),
            names=self._names(role, sex, father),
            sex=sex,
            birth_date=born,
            birth_place=self._home().settlement.name,
            address=self._home(),
        )

    def _names(self, role: str, sex: Sex, father: str) -> PersonNames:
        woman = sex == "female"
        fathers = dict(words.MEN)
        middle = fathers[father or self._pick(f"father {role}", tuple(fathers))]
        given = words.WOMEN if woman else tuple(fathers)
        return PersonNames(
            first=self._pick(f"given {role}", given),
            middle=f"{middle}а" if woman else middle,
            family=words.FAMILIES[self._index][woman],
        )

    def _home(self) -> Address:
        return _ELSEWHERE.get(self._index, words.STARA_ZAGORA).model_copy(
            update={
                "street": Place(code=f"9{self._index:04d}", name=words.STREETS[self._index]),
                "number": str(1 + self._draw("number", 140)),
                "entrance": "АБВ"[self._draw("entrance", 3)],
                "floor": str(1 + self._draw("floor", 8)),
                "apartment": str(1 + self._draw("apartment", 48)),
                "since": self._date("moved", self._married + 1),
            }
        )

    def _date(self, label: str, year: int) -> date:
        return date(year, 1 + self._draw(f"month {label}", 12), 1 + self._draw(f"day {label}", 28))

    def _pick(self, label: str, options: tuple[str, ...]) -> str:
        return options[self._draw(label, len(options))]

    def _draw(self, label: str, below: int) -> int:
        text = f"{self._seed}/{self._index}/{label}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % below


def _related(
    husband: DemoPerson,
    wife: DemoPerson,
    children: tuple[DemoPerson, ...],
    grandparents: tuple[DemoPerson, ...],
) -> tuple[DemoPerson, ...]:
    born = {"children": tuple(child.egn for child in children)}
    him = {"spouse": wife.egn, **born}
    if grandparents:
        him |= {"father": grandparents[0].egn, "mother": grandparents[1].egn}
    couples = [
        husband.model_copy(update=him),
        wife.model_copy(update={"spouse": husband.egn, **born}),
    ]
    for one, other in (grandparents, grandparents[::-1]) if grandparents else ():
        couples.append(one.model_copy(update={"spouse": other.egn, "children": (husband.egn,)}))
    parents = {"father": husband.egn, "mother": wife.egn}
    return (*couples, *(child.model_copy(update=parents) for child in children))
