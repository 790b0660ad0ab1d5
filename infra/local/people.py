"""The demo's people: made at the start, with passwords of their own, never shipped."""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import boto3

from chalicelib.adapters.population.people import demo_people
from infra.paths import LOCAL

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

REMEMBERED = LOCAL / "people.json"
# By unit: role, name, and what they sign in as. Every unit has somebody to decide and a head.
OFFICIALS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "civil-registration": (
        ("registrar", "Гергана Стоилова", "registrar"),
        ("registrar", "Петко Желязков", "registrar2"),
        ("head-of-unit", "Милена Караджова", "head"),
        ("administrator", "Добромир Вълчев", "administrator"),
    ),
    "cadastre": (
        ("registrar", "Радослав Минчев", "cadastre"),
        ("head-of-unit", "Венета Калчева", "cadastre-head"),
    ),
    "urban-planning": (
        ("registrar", "Калина Добрева", "planning"),
        ("head-of-unit", "Стоян Парушев", "planning-head"),
    ),
    "chief-architect": (
        ("registrar", "Ралица Тонева", "architect"),
        ("head-of-unit", "Асен Гугов", "architect-head"),
    ),
    "roads": (
        ("registrar", "Живко Пейчев", "roads"),
        ("head-of-unit", "Снежана Бонева", "roads-head"),
    ),
    "green-areas": (
        ("registrar", "Елица Ганева", "green"),
        ("head-of-unit", "Тихомир Русков", "green-head"),
    ),
    "municipal-property": (
        ("registrar", "Дафина Колева", "property"),
        ("head-of-unit", "Огнян Станчев", "property-head"),
    ),
    "trade-tourism": (
        ("registrar", "Яна Бакърджиева", "trade"),
        ("head-of-unit", "Константин Делев", "trade-head"),
    ),
    "local-taxes": (
        ("registrar", "Стефка Иларионова", "taxes"),
        ("registrar", "Явор Мънков", "taxes2"),
        ("head-of-unit", "Румяна Арнаудова", "taxes-head"),
    ),
    "parking": (
        ("registrar", "Мирослав Чанков", "parking"),
        ("head-of-unit", "Десислава Ненова", "parking-head"),
    ),
    "legal": (
        ("registrar", "Велислава Друмева", "legal"),
        ("head-of-unit", "Борис Цанков", "legal-head"),
    ),
    "public-information": (
        ("registrar", "Невена Шопова", "information"),
        ("head-of-unit", "Емил Кърджиев", "information-head"),
    ),
}


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in."""

    role: str
    name: str
    username: str
    password: str
    egn: str = ""
    unit: str = ""


def make(pool: str) -> list[Person]:
    """Make them in the user pool where they are missing; names and passwords stay the same."""
    client = boto3.client("cognito-idp")
    people = _people()
    for person in people:
        _make(client, pool, person)
    return people


def _people() -> list[Person]:
    if REMEMBERED.exists():
        return [Person(**known) for known in json.loads(REMEMBERED.read_text())]
    people = [*_citizens(), *_officials()]
    REMEMBERED.touch(mode=0o600)
    REMEMBERED.write_text(json.dumps([asdict(p) for p in people], ensure_ascii=False, indent=2))
    return people


def _citizens() -> list[Person]:
    """The register's demo twin knows them by the same numbers."""
    return [
        Person(
            role="citizen",
            name=f"{p.names.first} {p.names.middle} {p.names.family}",
            username=f"citizen{number}",
            password=_password(),
            egn=p.egn,
        )
        for number, p in enumerate(demo_people(), start=1)
    ]


def _officials() -> list[Person]:
    return [
        Person(role=role, name=name, username=username, password=_password(), unit=unit)
        for unit, known in OFFICIALS.items()
        for role, name, username in known
    ]


def _password() -> str:
    """Long enough to be safe, short enough to be typed from the terminal."""
    return f"Zagora-{secrets.token_urlsafe(9)}7a"


def _make(client: "CognitoIdentityProviderClient", pool: str, person: Person) -> None:
    attributes = {"name": person.name, "custom:egn": person.egn, "custom:unit": person.unit}
    try:
        client.admin_create_user(
            UserPoolId=pool,
            Username=person.username,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": k, "Value": v} for k, v in attributes.items() if v],
        )
    except client.exceptions.UsernameExistsException:
        return
    client.admin_set_user_password(
        UserPoolId=pool, Username=person.username, Password=person.password, Permanent=True
    )
    if person.role != "citizen":
        client.admin_add_user_to_group(
            UserPoolId=pool, Username=person.username, GroupName=person.role
        )
