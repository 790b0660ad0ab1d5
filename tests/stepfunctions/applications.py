"""An application for services of the municipality, as one of the invented people files it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from pydantic import JsonValue

from chalicelib.adapters.population.demo import DemoPopulation
from chalicelib.adapters.population.people import population
from chalicelib.adapters.registers.citizens import households
from chalicelib.adapters.registers.companies import company
from chalicelib.adapters.registers.demo import invented
from chalicelib.adapters.registers.estates import car, estates
from chalicelib.domain.errors import NotFound
from chalicelib.domain.population import CallContext
from chalicelib.domain.services.facts import filed_facts
from chalicelib.domain.services.language import ServiceModel
from tests.outcomes import Way
from tests.paths import ROOT
from tests.trip import Told

Answers = dict[str, JsonValue]
USUAL = Way()

# He has land, a car and a company of his own.
HOME = households(population())[1]
APPLICANT = HOME.husband
APARTMENT, LAND = estates(HOME)
COMPANY = company(HOME)
assert COMPANY is not None


FOLDER = ROOT / "stepfunctions" / "services"
# Every service of the repository: what is added to the folder is tested as the others are.
SERVICES = tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))


@cache
def model(service: str) -> ServiceModel:
    """The model of the repository."""
    file = FOLDER / f"{service}.yaml"
    return ServiceModel.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


# Somebody who died, and left a widow and a son.
DEAD = {one.egn for one in population() if one.deceased_on}
DECEASED = next(one for one in population() if one.egn in DEAD and not {one.spouse} & DEAD)
NAMES = {"names": APPLICANT.names}
REACHED = {"email": "citizen@example.com", "phone": "+359 42 614 614"}
# Answers by service; every form takes them.
APPLICATIONS: Mapping[str, dict[str, Any]] = {
    "permanent-address": NAMES | REACHED | {"purpose": "bank", "truth": True},
    "current-address": NAMES | REACHED | {"purpose": "doctor", "truth": True},
    "marital-status": NAMES | {"purpose": "social", "unlisted_children": "no", "truth": True},
    "heirs": NAMES
    | {
        "relation": "heir",
        "deceased_names": str(DECEASED.names),
        "deceased_egn": DECEASED.egn,
        "died_on": str(DECEASED.deceased_on),
        "died_abroad": "no",
        "heirs": [
            {"heir_names": "Надежда", "heir_relation": "spouse", "heir_alive": "alive"},
            {
                "heir_names": "Иван",
                "heir_egn": DECEASED.children[0],
                "heir_relation": "child",
                "heir_alive": "alive",
            },
        ],
        "purpose": "notary",
        "truth": True,
    },
    "tax-assessment": NAMES
    | {
        "relation": "owner",
        "property_id": APARTMENT.identifier,
        "purpose": "sale",
        "truth": True,
    },
    "no-obligations": NAMES
    | {
        "applies_as": "company",
        "eik": COMPANY.eik,
        "purpose": "procurement",
        "procurement": "Община Казанлък, ремонт на училище",
        "truth": True,
    },
    "property-sketch": NAMES
    | {
        "relation": "owner",
        "property_id": LAND.identifier,
        "neighbours": [{"neighbour": "68850.501.124"}, {"neighbour": "68850.501.125"}],
        "purpose": "design",
        "building_rules": True,
        "truth": True,
    },
    "building-permit": NAMES
    | REACHED
    | {
        "right": "owner",
        "co_owners": True,
        "owners": [{"co_owner": "Елена Захариева", "co_owner_consents": True}],
        "property_id": LAND.identifier,
        "plan": "in-force",
        "works": "Еднофамилна жилищна сграда с гараж",
        "kind": "new",
        "category": "fifth",
        "built_area": 240,
        "importance": "local",
        "monument": False,
        "parts": [
            {"part": "architecture", "designer": "арх. Лилия Пенчева, КАБ 01234"},
            {"part": "structure", "designer": "инж. Горан Василев, КИИП 05678"},
        ],
        "assessment": "council",
        "truth": True,
    },
    "pavement-use": NAMES
    | {
        "applies_as": "company",
        "eik": COMPANY.eik,
        "what_for": "scaffolding",
        "building_permit": "142/12.05.2026 г.",
        "from_date": "2026-12-14",
        "days": 30,
        "traffic": "pavement",
        "places": [
            {"place": "ул. „Хан Аспарух“ № 40", "surface": "pavement", "zone": "first", "area": 24},
            {"place": "ул. „Отец Паисий“ № 3", "surface": "green", "zone": "second", "area": 10},
        ],
        "phone": "+359 42 614 614",
        "passage": True,
        "restoring": True,
        "truth": True,
    },
    "lodging-category": NAMES
    | REACHED
    | {
        "applies_as": "company",
        "eik": COMPANY.eik,
        "kind": "family-hotel",
        "place_name": "Старата липа",
        "place_name_latin": "Starata Lipa",
        "place_address": "гр. Стара Загора, ул. „Св. Патриарх Евтимий“ № 12",
        "property_id": APARTMENT.identifier,
        "in_use": True,
        "category": "two-stars",
        "season": "all-year",
        "rooms": [
            {"room_kind": "double", "room_number": 8, "room_beds": 16},
            {"room_kind": "suite", "room_number": 2, "room_beds": 6},
        ],
        "rooms_count": 10,
        "beds_count": 22,
        "manager": "Елена Захариева",
        "manager_training": True,
        "no_insolvency": True,
        "truth": True,
    },
    "parking-card": NAMES
    | {
        "application": "new",
        "vehicle": car(HOME).plate,
        "vehicle_kind": "car",
        "car_of_home": "first",
        "right_to_use": "own",
        "garage": "none",
        "truth": True,
    },
    "public-information": NAMES
    | {
        "subject": "Разходи за ремонт на тротоари през 2025 г.",
        "description": "Сключените през 2025 г. договори за ремонт на тротоари и платеното по тях.",
        "documents": [{"document": "Договори за ремонт на тротоари", "year": 2025}],
        "medium": "paper",
        "email": "citizen@example.com",
        "address": "гр. Стара Загора, ул. „Руски“ № 1",
    },
}


def answers_of(service: str, way: Way = USUAL) -> dict[str, Any]:
    """The application, as the way has it."""
    given = APPLICATIONS[service] | dict(way.answers)
    return {name: value for name, value in given.items() if value is not None}


def answered(service: str, way: Way = USUAL) -> Answers:
    """What the registers say to what this application makes them be asked."""
    made, given, found = model(service), answers_of(service, way), Answers()
    registers = Told(invented(DemoPopulation, population()), made, way)
    for one in made.evidence:
        context = CallContext(
            service=service,
            case_number="SZ-2026-000123-7",
            administration="SZ",
            purpose=one.purpose.bg,
            legal_ground=one.legal_ground.bg,
        )
        known = {**given, "person.egn": APPLICANT.egn}
        about = {name: str(known.get(fact) or "") for name, fact in one.asks_about.items()}
        try:
            found[one.id] = registers.ask(one.source, one.ask, about, context)
        except NotFound:
            found[one.id] = {"found": False}
    return found


def facts(service: str, way: Way = USUAL) -> Answers:
    """All that conditions may look at, were every register asked."""
    filed = filed_facts(
        answers_of(service, way), tier=way.tier, delivery="portal", channel="portal"
    )
    answers = {
        f"evidence.{name}.{field}": value
        for name, answer in answered(service, way).items()
        if isinstance(answer, Mapping)
        for field, value in answer.items()
    }
    return {**filed, **answers}
