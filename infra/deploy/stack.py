"""The stack: the bundle and the template to the deployment bucket, then one change set."""

import copy
import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError, WaiterError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_s3 import S3Client

Template = dict[str, Any]
Say = Callable[[str], None]
CAPABILITIES: tuple = ("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND")
NOTHING = ("didn't contain changes", "No updates are to be performed")


class NotDeployed(Exception):
    """The stack was refused or rolled back; the message holds CloudFormation's reasons."""


def stack_name(stage: str) -> str:
    """The stack's name; tables, functions and machines are named after it too."""
    return f"zagora-{stage}"


def deploy(stage: str, template: Template, bundle: Path, parameters: Mapping[str, str], say: Say) -> dict[str, str]:
    """Create or update the stage's stack and give its outputs. Raises NotDeployed."""
    bucket = _deployment_bucket(stage)
    say("uploading the bundle")
    code = _upload(bucket, f"bundles/{bundle.name}", bundle.read_bytes())
    body = json.dumps(with_code(template, f"s3://{bucket}/{code}")).encode()
    key = _upload(bucket, f"templates/{stage}.json", body, again=True)
    url = boto3.client("s3").generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key})
    say("deploying the stack")
    _apply(stack_name(stage), url, parameters)
    return outputs(stage)


def outputs(stage: str) -> dict[str, str]:
    """The outputs of the stage's stack; empty when there is none."""
    try:
        stack = boto3.client("cloudformation").describe_stacks(StackName=stack_name(stage))["Stacks"][0]
    except ClientError:
        return {}
    return {o["OutputKey"]: o["OutputValue"] for o in stack.get("Outputs", [])}


def with_code(template: Template, location: str) -> Template:
    """The template with every function's code at the location."""
    made = copy.deepcopy(template)
    for resource in made["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = location
    return made


def account() -> str:
    """The account that the credentials belong to."""
    return boto3.client("sts").get_caller_identity()["Account"]


def _deployment_bucket(stage: str) -> str:
    client: S3Client = boto3.client("s3")
    name = f"zagora-{stage}-deployment-{account()}"
    try:
        client.head_bucket(Bucket=name)
    except ClientError:
        region = client.meta.region_name
        client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})  # type: ignore[typeddict-item]  # any region's name
        client.put_public_access_block(
            Bucket=name,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
        )
    return name


def _upload(bucket: str, key: str, content: bytes, *, again: bool = False) -> str:
    client = boto3.client("s3")
    if not again:
        try:
            client.head_object(Bucket=bucket, Key=key)
        except ClientError:
            again = True
    if again:
        client.put_object(Bucket=bucket, Key=key, Body=content)
    return key


def _apply(name: str, url: str, parameters: Mapping[str, str]) -> None:
    client: CloudFormationClient = boto3.client("cloudformation")
    kind = _kind(client, name)
    change = f"deploy-{int(time.time())}"
    client.create_change_set(
        StackName=name,
        ChangeSetName=change,
        ChangeSetType="UPDATE" if kind == "update" else "CREATE",
        TemplateURL=url,
        Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
        Capabilities=list(CAPABILITIES),
    )
    try:
        client.get_waiter("change_set_create_complete").wait(
            StackName=name, ChangeSetName=change, WaiterConfig={"Delay": 1, "MaxAttempts": 300}
        )
    except WaiterError as error:
        reason = client.describe_change_set(StackName=name, ChangeSetName=change).get("StatusReason", "")
        if any(text in reason for text in NOTHING):
            client.delete_change_set(StackName=name, ChangeSetName=change)
            return
        raise NotDeployed(reason or str(error)) from error
    client.execute_change_set(StackName=name, ChangeSetName=change)
    _wait(client, name, kind)


def _kind(client: "CloudFormationClient", name: str) -> str:
    try:
        status = client.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
    except ClientError:
        return "create"
    if status in {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"}:
        # What never came up cannot be updated; nothing of value was in it.
        client.delete_stack(StackName=name)
        client.get_waiter("stack_delete_complete").wait(StackName=name)
        return "create"
    return "create" if status == "REVIEW_IN_PROGRESS" else "update"


def _wait(client: "CloudFormationClient", name: str, kind: str) -> None:
    config: Any = {"Delay": 1, "MaxAttempts": 3600}
    try:
        if kind == "create":
            client.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig=config)
        else:
            client.get_waiter("stack_update_complete").wait(StackName=name, WaiterConfig=config)
    except WaiterError as error:
        raise NotDeployed("\n".join(_failures(client, name)) or str(error)) from error


def _failures(client: "CloudFormationClient", name: str) -> Iterator[str]:
    for page in client.get_paginator("describe_stack_events").paginate(StackName=name):
        for event in page["StackEvents"]:
            if event.get("ResourceStatus", "").endswith("FAILED"):
                yield f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"
