"""The secret: made once, completed later, and what is there is never replaced."""

import json

import boto3
import pytest

from infra.deploy import secret

EPAY = {"min": "D1", "secret": "s"}
pytestmark = pytest.mark.usefixtures("aws")


def stored(stage: str) -> dict[str, object]:
    client = boto3.client("secretsmanager")
    found: dict[str, object] = json.loads(
        client.get_secret_value(SecretId=f"zagora/{stage}")["SecretString"]
    )
    return found


def test_is_made_with_chance_of_its_own_for_each_stage() -> None:
    one, other = secret.prepare("dev", EPAY), secret.prepare("prod", EPAY)
    for name in ("subject_pepper", "session_key"):
        assert len(one[name]) == 64
        assert one[name] != other[name]
    assert stored("dev") == one


def test_a_second_deployment_leaves_it_as_it_is() -> None:
    first = secret.prepare("dev", EPAY)
    assert secret.prepare("dev", {"min": "", "secret": ""}) == first == stored("dev")


def test_a_merchant_that_comes_later_is_taken_once() -> None:
    secret.prepare("dev", {"min": "", "secret": ""})
    assert secret.epay("dev", EPAY) == EPAY
    secret.prepare("dev", EPAY)
    assert stored("dev")["epay"] == EPAY == secret.epay("dev", {"min": "D2", "secret": "t"})


def test_what_a_newer_version_needs_is_added() -> None:
    client = boto3.client("secretsmanager")
    client.create_secret(Name="zagora/dev", SecretString=json.dumps({"subject_pepper": "kept"}))
    assert secret.prepare("dev", EPAY)["subject_pepper"] == "kept"
    assert stored("dev")["epay"] == EPAY


def test_on_aws_the_chain_is_left_to_the_trust_service_provider() -> None:
    cognito = boto3.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="p")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="web", GenerateSecret=True
    )["UserPoolClient"]
    secret.prepare("dev", EPAY)
    made = secret.complete("dev", {"UserPoolId": pool, "WebClientId": client["ClientId"]})
    assert made["oidc_client_secret"] == client["ClientSecret"]
    assert made["seal_certificates"] == ""
