"""The stack of a stage: what it is now, and how it becomes what the template says."""

import copy
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from infra.deploy import upload
from infra.deploy.changes import apply, previous

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.type_defs import StackTypeDef

Template = dict[str, Any]
Say = Callable[[str], None]
WELL = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}


def stack_name(stage: str) -> str:
    """The stack's name; tables, functions and machines are named after it too."""
    return f"zagora-{stage}"


def deploy(
    stage: str, template: Template, bundle: Path, wanted: Mapping[str, str], say: Say
) -> dict[str, str]:
    """Create or update the stage's stack and give its outputs. Raises NotDeployed."""
    bucket = upload.deployment_bucket(stage)
    code = f"bundles/{bundle.name}"
    if not upload.is_there(bucket, code):
        say("uploading the bundle")
        upload.upload(bucket, code, bundle.read_bytes())
    key = f"templates/{stage}.json"
    body = with_code(template, f"s3://{bucket}/{code}")
    upload.upload(bucket, key, json.dumps(body).encode())
    say("deploying the stack")
    found = find(stage)
    known = template["Parameters"]
    apply(stack_name(stage), found, upload.url(bucket, key), wanted, known)
    if stage == "local":
        upload.keep_only(bucket, "bundles/", code)
    return outputs(stage)


def find(stage: str) -> "StackTypeDef | None":
    """The stage's stack as CloudFormation describes it."""
    client = boto3.client("cloudformation")
    try:
        return client.describe_stacks(StackName=stack_name(stage))["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise


def outputs(stage: str) -> dict[str, str]:
    """The outputs of the stage's stack; empty when there is none."""
    found = find(stage)
    return {o["OutputKey"]: o["OutputValue"] for o in found.get("Outputs", [])} if found else {}


def parameters(stage: str) -> dict[str, str]:
    """What the stage's stack was last deployed with; empty when it is missing or unfinished."""
    found = find(stage)
    if found is None or found["StackStatus"] not in WELL:
        return {}
    return {p["ParameterKey"]: p["ParameterValue"] for p in found.get("Parameters", [])}


def given_before(stage: str) -> dict[str, str]:
    """What the stage's stack has been told, also when its last update failed."""
    found = find(stage)
    return previous(found) if found else {}


def with_code(template: Template, location: str) -> Template:
    """The template with every function's code at the location."""
    made = copy.deepcopy(template)
    for resource in made["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = location
    return made
