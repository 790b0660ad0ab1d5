"""The one secret: made with random values before the stack, completed after it, never shown."""

import json
import secrets
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from infra.deploy import certificates

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

Secret = dict[str, Any]


def secret_name(stage: str) -> str:
    """Its name in Secrets Manager."""
    return f"zagora/{stage}"


def prepare(stage: str, epay: dict[str, str]) -> Secret:
    """Make the secret, or what is missing in it; what is there stays as it is.

    The pepper above all: another pepper would make strangers of all citizens.
    """
    found = _read(stage)
    made = {
        "subject_pepper": secrets.token_hex(32),
        "session_key": secrets.token_hex(32),
        "epay": {},
        "seal_certificates": "",
        "oidc_client_secret": "",
    }
    return _write(stage, found, made | found | {"epay": _epay(found, epay)})


def epay(stage: str, given: dict[str, str]) -> dict[str, str]:
    """The merchant's number and key as `prepare` would leave them."""
    return _epay(_read(stage), given)


def _epay(found: Secret, given: dict[str, str]) -> dict[str, str]:
    """An empty one was never anybody's: a stage may be deployed before its contract is signed."""
    stored: dict[str, str] = found.get("epay") or {}
    return stored if stored.get("min") and stored.get("secret") else given


def complete(stage: str, outputs: dict[str, str]) -> Secret:
    """Add what only the stack knows: the web client's secret, and on a laptop the seal's chain.

    On AWS a trust service provider certifies the key; who has its answer puts it into the secret.
    """
    found = _read(stage)
    client = boto3.client("cognito-idp").describe_user_pool_client(
        UserPoolId=outputs["UserPoolId"], ClientId=outputs["WebClientId"]
    )["UserPoolClient"]
    known = {"oidc_client_secret": client["ClientSecret"]}
    if stage == "local":
        known["seal_certificates"] = certificates.demo_chain(outputs["SealKeyArn"])
    return _write(stage, found, found | known)


def _read(stage: str) -> Secret:
    try:
        stored = _client().get_secret_value(SecretId=secret_name(stage))
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return {}
        raise
    found: Secret = json.loads(stored["SecretString"])
    return found


def _write(stage: str, found: Secret, wanted: Secret) -> Secret:
    text = json.dumps(wanted)
    if not found:
        _client().create_secret(Name=secret_name(stage), SecretString=text)
    elif found != wanted:
        _client().put_secret_value(SecretId=secret_name(stage), SecretString=text)
    return wanted


def _client() -> "SecretsManagerClient":
    return boto3.client("secretsmanager")
