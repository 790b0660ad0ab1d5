"""`zagora publish`: service models become numbered versions of a stage."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import boto3

from chalicelib.adapters.machines.stepfunctions import Place, StepFunctionsMachines
from chalicelib.adapters.services.dynamodb import DynamoServices
from chalicelib.adapters.table import use_table
from chalicelib.usecases.publishing import Publication, publish
from infra.cli.administrations import calendar_of
from infra.cli.exits import NoStack
from infra.cli.lawful import require_lawful
from infra.cli.sources import load_all
from infra.deploy.stack import outputs
from infra.paths import ENDPOINTS

# The compiler's placeholders and the stack's outputs that replace them.
FUNCTIONS = {
    "open_phase": "OpenPhaseArn",
    "clock": "ClockArn",
    "run_phase": "RunPhaseArn",
    "issue_document": "IssueDocumentArn",
    "deliver_result": "DeliverResultArn",
}


def publish_folder(
    session: boto3.Session,
    stage: str,
    table: str,
    role_arn: str,
    function_arns: Mapping[str, str],
    *paths: Path,
    logs_arn: str | None = None,
) -> list[Publication]:
    """Publishes every model of the folders or files, or, when one is faulty, none.

    Credentials, region and endpoint are those of the environment; `session` has the region.
    Raises Faulty, Unlawful, Conflict, Busy.
    """
    models = load_all(paths)
    require_lawful(models, calendar_of(), datetime.now(UTC).date())
    region = session.region_name or "eu-central-1"
    use_table(table, region)
    place = Place(
        stage=stage,
        region=region,
        role=role_arn,
        functions=dict(function_arns),
        logs=logs_arn,
    )
    machines = StepFunctionsMachines(session.client("stepfunctions"), place)
    services = DynamoServices(region)
    by, at = publisher(), datetime.now(UTC)
    return [publish(services, machines, model, by, at) for model in models]


def publisher() -> str:
    """Whose command it is, as Git knows them; else the account's name."""
    asked = ["git", "config", "user.name"]
    try:
        known = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        known = ""
    return known or os.environ.get("USER", "")


def publish_to_stack(stage: str, paths: Sequence[Path]) -> list[Publication]:
    """Publishes to a deployed stage. Raises NoStack, Faulty, Conflict, Busy."""
    load_all(paths)
    found = stack_outputs(stage)
    return publish_folder(
        boto3.Session(),
        stage,
        found["TableName"],
        found["StateMachineRoleArn"],
        {name: found[output] for name, output in FUNCTIONS.items()},
        *paths,
        logs_arn=found.get("StateMachineLogsArn"),
    )


def overtaken(facts: Mapping[str, object]) -> str:
    """Who was faster, with what, and what to do now."""
    service, version = facts["service"], facts.get("version", "?")
    return (
        f"{service}: {facts.get('by', 'somebody')} has just published version {version}"
        f" ({facts.get('digest', '?')}, {facts.get('at', '')}); yours is not published. See what"
        f" it says with zagora diff {service}@{version} YOUR-FILE, then publish again"
    )


def stack_outputs(stage: str) -> dict[str, str]:
    """What the stage's stack says of itself; from here on calls go to its cloud. Raises NoStack."""
    if stage == "local":
        _use_embedded_cloud()
    found = outputs(stage)
    if not found:
        raise NoStack(f"there is no stack zagora-{stage}; deploy it first")
    return found


def _use_embedded_cloud() -> None:
    """Where `make run` runs, unless the environment already says where the cloud is."""
    if "AWS_ENDPOINT_URL" in os.environ:
        return
    if not ENDPOINTS.is_file():
        raise NoStack("nothing runs here; start it with make run")
    running = json.loads(ENDPOINTS.read_text(encoding="utf-8"))
    os.environ["AWS_ENDPOINT_URL"] = running["aws"]
    os.environ.setdefault("AWS_DEFAULT_REGION", running["region"])
    # The embedded cloud takes any credentials; botocore wants some.
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "test")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "test")
