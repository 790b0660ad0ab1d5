"""What the civil registration (uscrasp) answers."""

from datetime import date
from typing import Annotated, Literal

from chalicelib.domain.registers.shown import Answer, shown

MaritalCode = Literal["single", "married", "widowed", "divorced"]
RelationCode = Literal[
    "husband",
    "wife",
    "son",
    "daughter",
    "grandson",
    "granddaughter",
    "father",
    "mother",
    "brother",
    "sister",
]

Found = Annotated[bool, shown("Има данни", "Found", "yes-no")]
Names = Annotated[str, shown("Имена", "Names", "person")]
NamesLatin = Annotated[str, shown("Имена на латиница", "Names in Latin letters")]
Egn = Annotated[str, shown("ЕГН", "Personal number (EGN)")]
Born = Annotated[date | None, shown("Дата на раждане", "Date of birth", "date")]
Died = Annotated[date | None, shown("Починал/а на", "Died on", "date")]
Deceased = Annotated[bool, shown("Починало лице", "Deceased", "yes-no")]
AddressLine = Annotated[str, shown("Адрес", "Address", "place")]
Status = Annotated[
    MaritalCode,
    shown(
        "Семейно положение",
        "Marital status",
        "code",
        single=("неженен/неомъжена", "single"),
        married=("женен/омъжена", "married"),
        widowed=("вдовец/вдовица", "widowed"),
        divorced=("разведен/разведена", "divorced"),
    ),
]
Kinship = Annotated[
    RelationCode,
    shown(
        "Родство",
        "Relation",
        "code",
        husband=("съпруг", "husband"),
        wife=("съпруга", "wife"),
        son=("син", "son"),
        daughter=("дъщеря", "daughter"),
        grandson=("внук", "grandson"),
        granddaughter=("внучка", "granddaughter"),
        father=("баща", "father"),
        mother=("майка", "mother"),
        brother=("брат", "brother"),
        sister=("сестра", "sister"),
    ),
]


class Person(Answer):
    """Whom the answer is about."""

    found: Found = True
    egn: Egn
    names: Names
    names_latin: NamesLatin = ""
    birth_date: Born = None


class Address(Person):
    """uscrasp/permanent-address and uscrasp/current-address."""

    address: AddressLine
    district: Annotated[str, shown("Област", "District", "place")] = ""
    municipality: Annotated[str, shown("Община", "Municipality", "place")] = ""
    municipality_code: Annotated[str, shown("Код на общината", "Code of the municipality")] = ""
    settlement: Annotated[str, shown("Населено място", "Settlement", "place")]
    ekatte: Annotated[str, shown("ЕКАТТЕ", "EKATTE")] = ""
    area: Annotated[str, shown("Район, квартал", "City area", "place")] = ""
    street: Annotated[str, shown("Улица", "Street", "place")] = ""
    number: Annotated[str, shown("№", "No.", "place")] = ""
    entrance: Annotated[str, shown("Вход", "Entrance", "place")] = ""
    floor: Annotated[str, shown("Етаж", "Floor", "place")] = ""
    apartment: Annotated[str, shown("Апартамент", "Apartment", "place")] = ""
    since: Annotated[date | None, shown("Заявен на", "Registered on", "date")] = None
    deceased: Deceased = False
    deceased_on: Died = None


class MaritalStatus(Person):
    """uscrasp/marital-status. The spouse's fields are empty where there is none living."""

    status: Status
    status_since: Annotated[date | None, shown("От дата", "Since", "date")] = None
    spouse_names: Annotated[str, shown("Съпруг/а", "Spouse", "person")] = ""
    spouse_names_latin: NamesLatin = ""
    spouse_egn: Annotated[str, shown("ЕГН на съпруг/а", "Spouse's EGN")] = ""
    spouse_birth_date: Annotated[
        date | None, shown("Съпруг/а – дата на раждане", "Spouse's date of birth", "date")
    ] = None


class Child(Answer):
    """A row of `children`."""

    names: Names
    names_latin: NamesLatin = ""
    egn: Egn
    birth_date: Born = None
    deceased_on: Died = None


class Family(MaritalStatus):
    """uscrasp/family: marital status with the children."""

    children_count: Annotated[int, shown("Брой деца", "Number of children", "number")] = 0
    children: Annotated[tuple[Child, ...], shown("Деца", "Children", "table")] = ()


class Relation(Answer):
    """A row of `relations`: a relative, whether heir or not."""

    names: Names
    names_latin: NamesLatin = ""
    egn: Egn
    relation: Kinship
    birth_date: Born = None
    deceased_on: Died = None
    address: AddressLine = ""
    heir: Annotated[bool, shown("Наследник", "Heir", "yes-no")]


class Heir(Answer):
    """A row of `heirs`: who inherits by the Inheritance Act, arts. 5-10; some died since."""

    names: Names
    names_latin: NamesLatin = ""
    egn: Egn
    relation: Kinship
    birth_date: Born = None
    deceased_on: Died = None
    address: AddressLine = ""


class Relations(Person):
    """uscrasp/relations: the relatives of somebody who has died; `egn` is the deceased's."""

    deceased: Deceased
    deceased_on: Died = None
    death_place: Annotated[str, shown("Място на смъртта", "Place of death", "place")] = ""
    death_act: Annotated[str, shown("Акт за смърт №", "Death act No.")] = ""
    status: Status
    address: AddressLine = ""
    heirs_count: Annotated[int, shown("Брой наследници", "Number of heirs", "number")] = 0
    applicant_is_heir: Annotated[
        bool, shown("Заявителят е наследник", "The applicant is an heir", "yes-no")
    ] = False
    heirs: Annotated[tuple[Heir, ...], shown("Наследници", "Heirs", "table")] = ()
    relations: Annotated[tuple[Relation, ...], shown("Роднини", "Relatives", "table")] = ()
