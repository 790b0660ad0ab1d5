"""What the population register says of a person, and why we asked.

Names, codes and dates are the register's: nothing here is checked against the check digits of
the numbers, because the register itself holds numbers that fail them.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.domain.values import Value

Text = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
# Five digits with leading zeros (the classifier of settlements, EKATTE).
Ekatte = Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")]


class PersonNames(Value):
    """Given name, father's name, family name; the last two may be missing."""

    first: Text
    middle: Text = ""
    family: Text = ""

    def __str__(self) -> str:
        return " ".join(name for name in (self.first, self.middle, self.family) if name)


class Place(Value):
    """A district, municipality, city area or street of the register's classifiers."""

    code: Text = ""
    name: Text = ""


class Settlement(Value):
    """A town or village, with its kind in the name: `гр. Стара Загора`."""

    ekatte: Ekatte
    name: Text


class Address(Value):
    """An address with its codes; `since` is the day of the registration, where known."""

    district: Place
    municipality: Place
    settlement: Settlement
    city_area: Place = Place()
    street: Place = Place()
    number: Text = ""
    entrance: Text = ""
    floor: Text = ""
    apartment: Text = ""
    since: date | None = None

    @property
    def line(self) -> str:
        """The address as it is written in Bulgarian, from settlement to apartment."""
        street = " ".join(part for part in (self.street.name, _numbered("№ ", self.number)) if part)
        parts = (
            self.settlement.name,
            self.city_area.name,
            street,
            _numbered("вх. ", self.entrance),
            _numbered("ет. ", self.floor),
            _numbered("ап. ", self.apartment),
        )
        return ", ".join(part for part in parts if part)


class PopulationRecord(Value):
    """A person with their permanent address, as the register holds them now.

    `birth_date` is None where the register holds only a year or a month.
    """

    egn: str = Field(repr=False)
    names: PersonNames
    names_latin: PersonNames | None = None
    birth_date: date | None = None
    permanent_address: Address
    deceased: bool = False
    deceased_on: date | None = None


class CallContext(Value):
    """Why a register is asked: every look-up is shown to the person it concerns.

    `official` is None where the system asks by itself.
    """

    service: Text
    case_number: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    administration: Text
    official: Text | None = None
    purpose: Text
    legal_ground: Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _numbered(label: str, value: str) -> str:
    return f"{label}{value}" if value else ""
