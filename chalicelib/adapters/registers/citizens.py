"""What the invented registers need to know of the invented people."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from chalicelib.domain.population import Address, PersonNames
from chalicelib.domain.values import Value


class Citizen(Protocol):
    """An invented person; relatives by their EGN, empty where there is none."""

    @property
    def egn(self) -> str: ...
    @property
    def names(self) -> PersonNames: ...
    @property
    def names_latin(self) -> PersonNames: ...
    @property
    def sex(self) -> str: ...
    @property
    def birth_date(self) -> date: ...
    @property
    def address(self) -> Address | None: ...
    @property
    def deceased_on(self) -> date | None: ...
    @property
    def spouse(self) -> str: ...
    @property
    def mother(self) -> str: ...
    @property
    def father(self) -> str: ...
    @property
    def children(self) -> Sequence[str]: ...


class Named(Value):
    """Somebody as other registers write them."""

    egn: str
    names: str
    latin: str


class Household(Value):
    """A living couple with a home: the ones who own things. `index` is stable."""

    index: int
    husband: Named
    wife: Named
    home: Address

    def draw(self, label: str, below: int) -> int:
        """A number that is the same every time."""
        digest = hashlib.sha256(f"{self.husband.egn}/{label}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % below


def named(citizen: Citizen) -> Named:
    """Only who it is."""
    names, latin = str(citizen.names), str(citizen.names_latin)
    return Named(egn=citizen.egn, names=names, latin=latin)


def households(people: Iterable[Citizen]) -> tuple[Household, ...]:
    """In the order of the people."""
    known = {one.egn: one for one in people}
    couples = [
        (one, known[one.spouse], one.address)
        for one in known.values()
        if one.sex == "male" and one.spouse in known and one.address
    ]
    living = [one for one in couples if not (one[0].deceased_on or one[1].deceased_on)]
    return tuple(
        Household(index=index, husband=named(him), wife=named(her), home=home)
        for index, (him, her, home) in enumerate(living)
    )
