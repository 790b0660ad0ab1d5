"""The services of the repository, as published for tests."""

from datetime import date
from functools import cache

import yaml

from chalicelib.domain.administration import Administration
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.services.language import ServiceModel, Text
from chalicelib.ports.services import Published
from tests.paths import ROOT


@cache
def permanent_address() -> ServiceModel:
    """The certificate of permanent address."""
    file = ROOT / "stepfunctions/services/permanent-address.yaml"
    return ServiceModel.model_validate(yaml.safe_load(file.read_text()))


def published(model: ServiceModel | None = None, version: int = 1) -> Published:
    """As publishing would leave it."""
    return Published(
        version=version,
        digest="0" * 64,
        model=model or permanent_address(),
        definition={},
        machine=f"arn:aws:states:eu-central-1:123456789012:stateMachine:test:{version}",
    )


@cache
def stara_zagora() -> Administration:
    """Who gives the services."""
    file = ROOT / "chalicelib/administrations/stara-zagora.json"
    return Administration.model_validate_json(file.read_bytes())


@cache
def calendar() -> Calendar:
    """2025–2027 with Christmas only: rules are easier to see than with all holidays."""
    christmas = Text(bg="Рождество Христово", en="Christmas")
    days = [date(year, 12, day) for year in (2025, 2026, 2027) for day in (24, 25, 26)]
    return Calendar(
        version="test",
        first_year=2025,
        last_year=2028,
        holidays=dict.fromkeys(days, christmas),
    )
