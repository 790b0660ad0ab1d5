"""What the invented households own and owe: homes, land, cars, companies. Pure, no network."""

from chalicelib.adapters.registers.citizens import Household, Named
from chalicelib.domain.values import Value

_PLATES = ("АВ", "АС", "ВК", "ЕН", "КТ", "МХ", "НР", "ОС", "РТ", "СА", "ТВ", "ХМ")
_CARS = (
    ("Dacia", "Duster"), ("Škoda", "Octavia"), ("Toyota", "Corolla"),
    ("Renault", "Zoe"), ("Volkswagen", "Golf"), ("Opel", "Astra"),
)  # fmt: skip
_ELECTRIC = "Zoe"


class Estate(Value):
    """A property of a household. `area`: hundredths of a square metre; `rate`: cents each."""

    identifier: str
    kind: str
    home: Household
    owners: tuple[tuple[Named, str], ...]
    area: int
    rate: int

    @property
    def account(self) -> str:
        """The number under which its taxes are kept."""
        return f"68850{self.home.index:04d}{'1' if self.kind == 'land' else '0'}"

    @property
    def assessment(self) -> int:
        """Cents."""
        return self.area * self.rate // 100

    @property
    def address(self) -> str:
        """Land is only on a street."""
        own = self.home.home
        if self.kind != "land":
            return own.line
        return f"{own.settlement.name}, {own.street.name} № {own.number}"


def estates(household: Household) -> tuple[Estate, ...]:
    """An apartment of both; every second household also has land of his."""
    block = f"{household.home.settlement.ekatte}.{501 + household.index}"
    building = f"{block}.{100 + int(household.home.number)}"
    apartment = Estate(
        identifier=f"{building}.1.{household.home.apartment}",
        kind="apartment",
        home=household,
        owners=((household.husband, "1/2"), (household.wife, "1/2")),
        area=5_450 + household.draw("area", 6_000),
        rate=42_000 + household.draw("rate", 30_000),
    )
    land = Estate(
        identifier=f"{block}.{300 + int(household.home.number)}",
        kind="land",
        home=household,
        owners=((household.husband, "1/1"),),
        area=32_000 + household.draw("land", 90_000),
        rate=1_800 + household.draw("land rate", 2_500),
    )
    return (apartment, land) if household.index % 2 else (apartment,)


class Car(Value):
    """A vehicle of a household."""

    plate: str
    make: str
    model: str
    owner: Named
    household: Household

    @property
    def electric(self) -> bool:
        """By its model."""
        return self.model == _ELECTRIC


def plate_key(text: str) -> str:
    """As plates are compared: without spaces, Latin look-alikes as Cyrillic."""
    alike = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
    return "".join(text.upper().translate(alike).replace("-", "").split())


def car(household: Household) -> Car:
    """Every household has one, his or hers."""
    region = "РВ" if household.home.settlement.ekatte == "56784" else "СТ"
    number = 1000 + household.draw("plate", 9000)
    make, model = _CARS[household.index % len(_CARS)]
    return Car(
        plate=f"{region} {number} {_PLATES[household.index % len(_PLATES)]}",
        make=make,
        model=model,
        owner=household.husband if household.index % 2 else household.wife,
        household=household,
    )
