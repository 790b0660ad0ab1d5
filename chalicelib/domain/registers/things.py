"""What the registers of taxes, properties, vehicles and companies answer."""

from datetime import date
from typing import Annotated, Literal

from chalicelib.domain.registers.people import AddressLine, Egn, Found, Names, NamesLatin
from chalicelib.domain.registers.shown import Answer, shown

PropertyId = Annotated[str, shown("Идентификатор на имота", "Property identifier")]
PropertyKind = Annotated[
    Literal["land", "building", "apartment", "garage", "shop"],
    shown(
        "Вид на имота",
        "Kind of property",
        "code",
        land=("поземлен имот", "land plot"),
        building=("сграда", "building"),
        apartment=("апартамент", "apartment"),
        garage=("гараж", "garage"),
        shop=("търговски обект", "shop"),
    ),
]
# Hundredths of a square metre.
Area = Annotated[int, shown("Площ", "Area", "area")]
IsOwner = Annotated[bool, shown("Заявителят е собственик", "The applicant is an owner", "yes-no")]


class Owner(Answer):
    """A row of `owners`."""

    names: Names
    names_latin: NamesLatin = ""
    egn: Egn
    share: Annotated[str, shown("Идеални части", "Share")] = "1/1"


Owners = Annotated[tuple[Owner, ...], shown("Собственици", "Owners", "table")]


class Assessment(Answer):
    """taxes/assessment: what a property is worth for taxes (Local Taxes and Fees Act, annex 2)."""

    found: Found = True
    property_id: PropertyId
    account: Annotated[str, shown("Партида №", "Account No.")]
    kind: PropertyKind
    address: AddressLine
    area: Area
    assessment: Annotated[int, shown("Данъчна оценка", "Tax assessment", "money")]
    assessed_on: Annotated[date, shown("Към дата", "As at", "date")]
    has_obligations: Annotated[
        bool, shown("Непогасени задължения за имота", "Unpaid obligations", "yes-no")
    ] = False
    is_owner: IsOwner = False
    owners: Owners = ()


class Obligation(Answer):
    """A row of `obligations`."""

    kind: Annotated[
        Literal["property-tax", "waste-fee", "vehicle-tax", "fine"],
        shown(
            "Вид",
            "Kind",
            "code",
            property_tax=("данък недвижими имоти", "property tax"),
            waste_fee=("такса битови отпадъци", "household waste fee"),
            vehicle_tax=("данък превозни средства", "vehicle tax"),
            fine=("глоба", "fine"),
        ),
    ]
    account: Annotated[str, shown("Партида №", "Account No.")]
    year: Annotated[int, shown("Година", "Year", "number")]
    principal: Annotated[int, shown("Главница", "Principal", "money")]
    interest: Annotated[int, shown("Лихва", "Interest", "money")]


class Obligations(Answer):
    """taxes/obligations: what a person (or, asked by `eik`, a company) owes the municipality."""

    found: Found = True
    egn: Egn = ""
    eik: Annotated[str, shown("ЕИК", "Company number (EIK)")] = ""
    names: Names
    names_latin: NamesLatin = ""
    has_obligations: Annotated[bool, shown("Има задължения", "Owes something", "yes-no")]
    total: Annotated[int, shown("Общо", "Total", "money")] = 0
    obligations: Annotated[tuple[Obligation, ...], shown("Задължения", "Obligations", "table")] = ()


class Neighbour(Answer):
    """A row of `neighbours`."""

    property_id: PropertyId
    purpose: Annotated[str, shown("Предназначение", "Purpose", "place")] = ""


class Property(Answer):
    """cadastre/property: a property in the cadastre (Cadastre and Property Register Act)."""

    found: Found = True
    property_id: PropertyId
    kind: PropertyKind
    address: AddressLine
    settlement: Annotated[str, shown("Населено място", "Settlement", "place")]
    municipality_code: Annotated[str, shown("Код на общината", "Code of the municipality")]
    area: Area
    floor: Annotated[str, shown("Етаж", "Floor")] = ""
    purpose: Annotated[str, shown("Предназначение", "Purpose", "place")]
    use: Annotated[str, shown("Начин на трайно ползване", "Permanent use", "place")] = ""
    map_order: Annotated[
        str, shown("Заповед за одобряване на картата", "Order approving the map", "place")
    ]
    map_changed_on: Annotated[date | None, shown("Последно изменение", "Last change", "date")] = (
        None
    )
    is_owner: IsOwner = False
    owners: Owners = ()
    neighbours: Annotated[tuple[Neighbour, ...], shown("Съседи", "Neighbours", "table")] = ()


class Vehicle(Answer):
    """vehicles/registration: a vehicle by its registration number."""

    found: Found = True
    vehicle: Annotated[str, shown("Регистрационен №", "Registration No.")]
    make: Annotated[str, shown("Марка", "Make")]
    model: Annotated[str, shown("Модел", "Model")]
    category: Annotated[str, shown("Категория", "Category")]
    colour: Annotated[str, shown("Цвят", "Colour", "place")]
    first_registered: Annotated[date, shown("Първа регистрация", "First registered", "date")]
    emissions: Annotated[str, shown("Екологична категория", "Emissions class", "place")]
    electric: Annotated[bool, shown("Електрическо", "Electric", "yes-no")] = False
    active: Annotated[bool, shown("Действаща регистрация", "Registration in force", "yes-no")]
    owner_names: Annotated[str, shown("Собственик", "Owner", "person")]
    owner_names_latin: NamesLatin = ""
    owner_egn: Annotated[str, shown("ЕГН на собственика", "Owner's EGN")] = ""
    is_owner: IsOwner = False


class Representative(Answer):
    """A row of `representatives`."""

    names: Names
    names_latin: NamesLatin = ""
    egn: Egn
    way: Annotated[
        Literal["alone", "jointly"],
        shown(
            "Начин",
            "Way",
            "code",
            alone=("поотделно", "alone"),
            jointly=("заедно", "jointly"),
        ),
    ] = "alone"


class Entity(Answer):
    """bulstat/entity: a company or other entity by its number."""

    found: Found = True
    eik: Annotated[str, shown("ЕИК", "Company number (EIK)")]
    name: Annotated[str, shown("Наименование", "Name", "person")]
    name_latin: Annotated[str, shown("Наименование на латиница", "Name in Latin letters")] = ""
    legal_form: Annotated[
        Literal["eood", "ood", "ad", "et", "association"],
        shown(
            "Правна форма",
            "Legal form",
            "code",
            eood=("ЕООД", "EOOD (single-member limited liability company)"),
            ood=("ООД", "OOD (limited liability company)"),
            ad=("АД", "AD (joint-stock company)"),
            et=("ЕТ", "ET (sole trader)"),
            association=("сдружение", "association"),
        ),
    ]
    seat: Annotated[str, shown("Седалище и адрес", "Seat and address", "place")]
    active: Annotated[bool, shown("Действащо", "Active", "yes-no")]
    in_insolvency: Annotated[bool, shown("В несъстоятелност", "Insolvent", "yes-no")] = False
    representatives_count: Annotated[
        int, shown("Брой представляващи", "Number of representatives", "number")
    ] = 0
    represented_by: Annotated[str, shown("Представлявано от", "Represented by", "person")] = ""
    represented_by_latin: NamesLatin = ""
    applicant_represents: Annotated[
        bool, shown("Заявителят представлява", "The applicant represents it", "yes-no")
    ] = False
    representatives: Annotated[
        tuple[Representative, ...], shown("Представляващи", "Representatives", "table")
    ] = ()
