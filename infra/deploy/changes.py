"""One change set: made, looked at, executed and waited for."""

import time
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import WaiterError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.literals import CapabilityType
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef, StackTypeDef

CAPABILITIES: "list[CapabilityType]" = [
    "CAPABILITY_IAM",
    "CAPABILITY_NAMED_IAM",
    "CAPABILITY_AUTO_EXPAND",
]
NOTHING = ("didn't contain changes", "No updates are to be performed")
NEVER_CAME_UP = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"}
# Seconds between looks, and how many.
LOOKS: Any = {"Delay": 1, "MaxAttempts": 3600}


class NotDeployed(Exception):
    """The stack was refused or rolled back; the message holds CloudFormation's reasons."""


def apply(
    name: str,
    found: "StackTypeDef | None",
    template_url: str,
    parameters: Mapping[str, str],
    known: Collection[str],
) -> None:
    """Bring the stack to the template. Raises NotDeployed; no change at all is well.

    Of `known`, the template's parameters, those that are not given keep their values.
    """
    client: CloudFormationClient = boto3.client("cloudformation")
    new = _is_new(client, name, found)
    change = f"deploy-{time.time_ns()}"
    client.create_change_set(
        StackName=name,
        ChangeSetName=change,
        ChangeSetType="CREATE" if new else "UPDATE",
        TemplateURL=template_url,
        Parameters=_parameters(parameters, {} if new or found is None else previous(found), known),
        Capabilities=CAPABILITIES,
    )
    if _is_ready(client, name, change):
        client.execute_change_set(StackName=name, ChangeSetName=change)
        _wait(client, name, new=new)


def previous(found: "StackTypeDef") -> dict[str, str]:
    """What the stack was told last; nothing when it never came up."""
    if found["StackStatus"] in NEVER_CAME_UP | {"REVIEW_IN_PROGRESS"}:
        return {}
    return {p["ParameterKey"]: p["ParameterValue"] for p in found.get("Parameters", [])}


def _parameters(
    given: Mapping[str, str], before: Mapping[str, str], known: Collection[str]
) -> "list[ParameterTypeDef]":
    """Without `UsePreviousValue` CloudFormation would go back to the template's default."""
    made: list[ParameterTypeDef] = [
        {"ParameterKey": name, "ParameterValue": value} for name, value in given.items()
    ]
    kept = sorted(name for name in before if name in known and name not in given)
    made += [{"ParameterKey": name, "UsePreviousValue": True} for name in kept]
    return made


def _is_new(client: "CloudFormationClient", name: str, found: "StackTypeDef | None") -> bool:
    if found is not None and found["StackStatus"] in NEVER_CAME_UP:
        # It cannot be updated, and nothing of value was in it.
        client.delete_stack(StackName=name)
        client.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig=LOOKS)
        return True
    return found is None or found["StackStatus"] == "REVIEW_IN_PROGRESS"


def _is_ready(client: "CloudFormationClient", name: str, change: str) -> bool:
    waiter = client.get_waiter("change_set_create_complete")
    try:
        waiter.wait(StackName=name, ChangeSetName=change, WaiterConfig=LOOKS)
    except WaiterError as error:
        made = client.describe_change_set(StackName=name, ChangeSetName=change)
        reason = made.get("StatusReason", "")
        if not any(text in reason for text in NOTHING):
            raise NotDeployed(reason or str(error)) from error
        client.delete_change_set(StackName=name, ChangeSetName=change)
        return False
    return True


def _wait(client: "CloudFormationClient", name: str, *, new: bool) -> None:
    try:
        if new:
            client.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig=LOOKS)
        else:
            client.get_waiter("stack_update_complete").wait(StackName=name, WaiterConfig=LOOKS)
    except WaiterError as error:
        raise NotDeployed("\n".join(_failures(client, name)) or str(error)) from error


def _failures(client: "CloudFormationClient", name: str) -> Iterator[str]:
    for page in client.get_paginator("describe_stack_events").paginate(StackName=name):
        for event in page["StackEvents"]:
            if event.get("ResourceStatus", "").endswith("FAILED"):
                yield f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"
