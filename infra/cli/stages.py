"""The commands' way to a deployed stage: its published services and its cases."""

from datetime import UTC, datetime
from functools import cache

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.services.dynamodb import DynamoServices
from chalicelib.adapters.table import use_table
from chalicelib.ports.services import Services
from chalicelib.settings import Settings
from chalicelib.wiring import Wiring
from infra.cli.exits import NoStack
from infra.cli.publish import stack_outputs


@cache
def services_of(stage: str) -> Services:
    """What is published there. Raises NoStack."""
    found = _outputs(stage)
    region = boto3.Session().region_name or "eu-central-1"
    use_table(found["TableName"], region)
    return DynamoServices(region)


def ports_of(stage: str, administration: str) -> Wiring:
    """The stage's cases and executions as the functions there see them. Raises NoStack.

    Moving cases neither reads nor writes personal data, so no key and no secret is named.
    """
    found = _outputs(stage)
    unused = dict.fromkeys(("documents_bucket", "base_url", "seal_key", "attest_key"), "")
    table = {"table": found["TableName"], "data_key": "", "secret": ""}
    given = {"stage": stage, "administration": administration, **table, **unused}
    return Wiring(Settings.model_validate(given))


def _outputs(stage: str) -> dict[str, str]:
    try:
        return stack_outputs(stage)
    except (BotoCoreError, ClientError) as error:
        raise NoStack(str(error)) from error


def now() -> datetime:
    """The commands ask the clock here. UTC."""
    return datetime.now(UTC)
