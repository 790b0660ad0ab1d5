"""What each kind of document says: the data of its template, complete or refused.

The texts are in the document's language already; dates and money are formatted by the template.
Dates are civil dates of the administration.
"""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, StringConstraints

from chalicelib.domain.documents.texts import printable
from chalicelib.domain.ids import CaseNumber, DocumentId
from chalicelib.domain.money import Money
from chalicelib.domain.values import Value

Line = Annotated[str, StringConstraints(max_length=700), AfterValidator(printable)]
Prose = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(printable)]
Filled = Annotated[Line, Field(min_length=1)]


class Municipality(Value):
    """The letterhead. `above` is the line over the name, `unit` who issues the document."""

    name: Filled
    unit: Filled
    address: Filled
    above: Line = ""
    contacts: Line = ""


class Person(Value):
    """Whom the document is about. `identifier` is an EGN or LNCh and may be left out."""

    names: Filled
    identifier: Line = ""
    identifier_kind: Annotated[str, Field(pattern="^(egn|lnch)$")] = "egn"


class Verification(Value):
    """How to check the document: `url` is in the QR code, `address` is for typing."""

    url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=600)]
    address: Filled


class Letter(Value):
    """What every document has."""

    template: ClassVar[str]

    id: DocumentId
    outgoing_number: Filled
    case_number: CaseNumber
    issued: date
    place: Filled
    municipality: Municipality
    person: Person
    verification: Verification
    legal_grounds: tuple[Filled, ...] = Field(min_length=1)
    # Stands in a frame on top: for demonstrations and duplicates.
    warning: Line = ""
    # Made under a clock that was moved: marked on every page.
    demonstration: bool = False

    def data(self) -> dict[str, object]:
        """As the renderer takes it."""
        return self.model_dump(mode="json")


class AddressLines(Value):
    """An address by its parts, as they are to be read: `кв. Железник`, `ул. Отец Паисий`."""

    settlement: Filled
    district: Line = ""
    municipality: Line = ""
    area: Line = ""
    street: Line = ""
    number: Line = ""
    entrance: Line = ""
    floor: Line = ""
    apartment: Line = ""


class PermanentAddressCertificate(Letter):
    """Удостоверение за постоянен адрес. `since` is the day of registration, where known."""

    template: ClassVar[str] = "certificate-permanent-address"

    address: AddressLines
    since: date | None = None
    purpose: Line = ""
    valid_until: date
    fee: Money | None = None
    fee_paid: date | None = None


class Appeal(Value):
    """Where, how long (`14-дневен срок`, in words) and by what right."""

    body: Filled
    term: Filled
    ground: Filled


class Authority(Value):
    """Who refuses: the office, and the person who holds it."""

    office: Filled
    name: Filled


class Refusal(Letter):
    """Отказ. `facts` and `grounds` are the official's words; a blank line parts paragraphs."""

    template: ClassVar[str] = "refusal"

    subject: Filled
    applied: date
    facts: Annotated[Prose, Field(min_length=1)]
    grounds: Annotated[Prose, Field(min_length=1)]
    appeal: Appeal
    authority: Authority
