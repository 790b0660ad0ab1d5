"""`zagora staff`: the officials as the user pool knows them, made known to the stage."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

    from chalicelib.domain.staff.members import Member
    from chalicelib.ports import Ports

_ROLES = ("registrar", "head-of-unit", "administrator")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Makes the command known. AWS's libraries are loaded only when it runs."""
    staff = commands.add_parser(
        "staff",
        help="take over who works here from the user pool",
        description="Makes the stage know every official of the user pool, with unit and roles, so "
        "that tasks can be given to them before they sign in for the first time. Who is no longer "
        "in the pool gets no more tasks. Absences stay.",
    )
    staff.add_argument("--stage", default="local", help="whose officials; default: local")
    staff.add_argument(
        "--administration", default="stara-zagora", metavar="NAME", help="whose units"
    )
    staff.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Says how many changed. Raises NoStack, Busy."""
    from infra.cli import stages
    from infra.cli.publish import stack_outputs

    ports = stages.ports_of(given.stage, given.administration)
    changed = take_over(ports, stack_outputs(given.stage)["UserPoolId"])
    print(f"{changed} changed")
    return 0


def take_over(ports: "Ports", pool: str) -> int:
    """Everybody of the pool's groups; how many were new, different or left. Raises Busy."""
    import boto3

    from chalicelib.usecases import staffing

    return staffing.take_over(ports, officials(boto3.client("cognito-idp"), pool))


def officials(client: "CognitoIdentityProviderClient", pool: str) -> list["Member"]:
    """Whoever has a role, as they would sign in."""
    from chalicelib.domain.ids import SubjectId
    from chalicelib.domain.signin import Claims, principal_of
    from chalicelib.domain.staff.members import Member

    attributes, groups = dict[str, dict[str, str]](), dict[str, set[str]]()
    pages = client.get_paginator("list_users_in_group")
    for role in _ROLES:
        for page in pages.paginate(UserPoolId=pool, GroupName=role):
            for user in page["Users"]:
                known = {one["Name"]: one.get("Value", "") for one in user["Attributes"]}
                attributes[known["sub"]] = known
                groups.setdefault(known["sub"], set()).add(role)
    return [
        Member.of(
            principal_of(
                Claims(
                    sub=sub,
                    name=known.get("name", ""),
                    groups=frozenset(groups[sub]),
                    unit=known.get("custom:unit"),
                ),
                SubjectId,
            )
        )
        for sub, known in attributes.items()
    ]
