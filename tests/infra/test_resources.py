"""The hand-written half of the template: what a mistake of it would cost shows only on AWS."""

import json
import re
from typing import Any

import pytest

from chalicelib.handlers.stream import _changed_case
from infra.packaging.template import resources

FOUND: dict[str, Any] = resources()["Resources"]


def actions(role: str) -> set[str]:
    """What a role may do."""
    allowed: set[str] = set()
    for policy in FOUND[role]["Properties"]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            named = statement["Action"]
            allowed |= {named} if isinstance(named, str) else set(named)
    return allowed


def test_only_those_that_need_them_read_secrets_and_personal_data() -> None:
    roles = [
        name for name, one in FOUND.items()
        if one.get("Type") == "AWS::IAM::Role" and name != "StateMachineRole"
    ]  # fmt: skip
    assert len(roles) == 8
    asking = {"ApiRole", "IssueDocumentRole"}
    expected = {
        "secretsmanager:GetSecretValue": asking,
        "kms:Decrypt": asking | {"RunPhaseRole"},
        "kms:Sign": asking,
        "s3:GetObject": asking,
    }
    for action, holders in expected.items():
        assert {role for role in roles if action in actions(role)} == holders, action


def test_alarms_reach_somebody() -> None:
    """The policy of the key alias/aws/sns is AWS's and does not admit CloudWatch."""
    assert "KmsMasterKeyId" not in FOUND["AlarmTopic"]["Properties"]


def test_alarms_are_mailed_if_somebody_is_named() -> None:
    mail = FOUND["AlarmMail"]
    assert mail["Condition"] == "AlarmsByMail"
    assert resolved({"Fn::If": ["AlarmsByMail", 1, 0]}, {"AlarmEmail": ""}) == 0
    assert resolved({"Fn::If": ["AlarmsByMail", 1, 0]}, {"AlarmEmail": "a@example.bg"}) == 1
    assert mail["Properties"]["TopicArn"] == {"Ref": "AlarmTopic"}
    pattern = resources()["Parameters"]["AlarmEmail"]["AllowedPattern"]
    for text, fits in {"": True, "a@example.bg": True, "a": False, "a @b": False}.items():
        assert bool(re.fullmatch(pattern, text)) is fits


@pytest.mark.parametrize(
    ("stage", "expected"),
    [("local", "OFF"), ("dev", "OPTIONAL"), ("staging", "ON"), ("prod", "ON")],
)
def test_a_second_factor_is_required_from_staging_on(stage: str, expected: str) -> None:
    pool = FOUND["UserPool"]["Properties"]
    assert resolved(pool["MfaConfiguration"], {"Stage": stage}) == expected
    factors = resolved(pool["EnabledMfas"], {"Stage": stage})
    assert factors == ({"Ref": "AWS::NoValue"} if stage == "local" else ["SOFTWARE_TOKEN_MFA"])


def resolved(value: Any, given: dict[str, str]) -> Any:
    """What CloudFormation makes of conditions, for these parameters."""
    if not isinstance(value, dict):
        return value
    ((name, inner),) = value.items()
    if name == "Fn::If":
        condition = resolved({"Condition": inner[0]}, given)
        return resolved(inner[1] if condition else inner[2], given)
    if name == "Condition":
        return resolved(resources()["Conditions"][inner], given)
    if name == "Fn::Equals":
        return resolved(inner[0], given) == resolved(inner[1], given)
    if name in ("Fn::Or", "Fn::Not"):
        found = [resolved(one, given) for one in inner]
        return not found[0] if name == "Fn::Not" else any(found)
    return given.get(inner, value) if name == "Ref" else value


def test_faults_of_the_api_are_counted_where_they_show() -> None:
    """Chalice answers an exception with 500, which is no error of the function."""
    alarm = FOUND["ApiErrorsAlarm"]["Properties"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/ApiGateway", "5XXError")
    assert alarm["Dimensions"][0]["Value"] == FOUND["RestAPI"]["Properties"]["Name"]


@pytest.mark.parametrize("event", ["INSERT", "MODIFY", "REMOVE"])
@pytest.mark.parametrize("sk", ["CASE", "JOURNAL#00000001", "EXECUTION", "SESSION", "KEY"])
def test_the_stream_delivers_just_what_the_function_looks_at(event: str, sk: str) -> None:
    record = {"eventName": event, "dynamodb": {"Keys": {"pk": {"S": "CASE#x"}, "sk": {"S": sk}}}}
    mapping = FOUND["TableStream"]["Properties"]
    patterns = [json.loads(one["Pattern"]) for one in mapping["FilterCriteria"]["Filters"]]
    delivered = any(_fits(record, pattern) for pattern in patterns)
    assert delivered == (_changed_case(record) is not None)


def _fits(value: Any, pattern: Any) -> bool:
    if isinstance(pattern, list):
        return value in pattern
    return all(name in value and _fits(value[name], inner) for name, inner in pattern.items())
