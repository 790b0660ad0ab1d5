"""The JSON of the civil registry contract (version 1), as we read it.

Members that we do not know are passed over; members that we need and miss make the answer wrong.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chalicelib.domain.errors import NotFound, RegisterUnavailable
from chalicelib.domain.population import (
    Address,
    PersonNames,
    Place,
    PopulationRecord,
    Settlement,
)

_Text = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
# A birth date may be a year or a year and a month only.
_PartialDate = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")]


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class _Id(_Wire):
    type: Literal["EGN", "LNCH"]
    value: _Text


class _Names(_Wire):
    first: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    middle: _Text | None = None
    family: _Text | None = None

    def names(self) -> PersonNames:
        return PersonNames(first=self.first, middle=self.middle or "", family=self.family or "")


class _Place(_Wire):
    code: _Text | None = None
    name: _Text | None = None

    def place(self) -> Place:
        return Place(code=self.code or "", name=self.name or "")


class _Settlement(_Wire):
    ekatte: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,5}$")]
    name: _Text


class _Address(_Wire):
    kind: Literal["PERMANENT", "PRESENT"]
    # An address abroad has none; a permanent address is never abroad.
    settlement: _Settlement | None = None
    district: _Place = _Place()
    municipality: _Place = _Place()
    city_area: _Place | None = Field(default=None, alias="cityArea")
    street: _Place | None = None
    number: _Text | None = None
    entrance: _Text | None = None
    floor: _Text | None = None
    apartment: _Text | None = None
    since: date | None = Field(default=None, alias="from")

    def address(self) -> Address:
        """Settlement codes come with their leading zeros dropped in places: five digits here.

        Raises RegisterUnavailable where there is no settlement.
        """
        if self.settlement is None:
            raise RegisterUnavailable(register="uscrasp", reason="no-settlement")
        code = self.settlement.ekatte.zfill(5)
        return Address(
            district=self.district.place(),
            municipality=self.municipality.place(),
            settlement=Settlement(ekatte=code, name=self.settlement.name),
            city_area=(self.city_area or _Place()).place(),
            street=(self.street or _Place()).place(),
            number=self.number or "",
            entrance=self.entrance or "",
            floor=self.floor or "",
            apartment=self.apartment or "",
            since=self.since,
        )


class WirePerson(_Wire):
    """A person of the contract, without what we do not ask for."""

    id: _Id
    names: _Names
    names_latin: _Names | None = Field(default=None, alias="namesLatin")
    birth_date: _PartialDate | None = Field(default=None, alias="birthDate")
    death_date: _PartialDate | None = Field(default=None, alias="deathDate")
    addresses: tuple[_Address, ...] = Field(max_length=20)

    def record(self) -> PopulationRecord:
        """Raises NotFound (no permanent address) and RegisterUnavailable (more than one)."""
        permanent = [a for a in self.addresses if a.kind == "PERMANENT"]
        if not permanent:
            raise NotFound("no-permanent-address", register="uscrasp")
        if len(permanent) > 1:
            raise RegisterUnavailable(register="uscrasp", reason="two-permanent-addresses")
        return PopulationRecord(
            egn=self.id.value,
            names=self.names.names(),
            names_latin=self.names_latin.names() if self.names_latin else None,
            birth_date=_whole(self.birth_date),
            permanent_address=permanent[0].address(),
            deceased=self.death_date is not None,
            deceased_on=_whole(self.death_date),
        )


def _whole(text: str | None) -> date | None:
    """None for a year or a month; also for a day that does not exist, as old acts have them."""
    if text is None or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
