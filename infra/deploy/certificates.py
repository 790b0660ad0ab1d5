"""The seal key's certificate chain: a laptop's demo authority certifies it by itself."""

from datetime import UTC, datetime

import boto3

from infra.authority.demo import seal_certificates
from infra.authority.names import Sealer
from infra.paths import LOCAL

# An identifier that no register gives out: nobody is impersonated.
DEMO = Sealer(
    organisation="Община Стара Загора",
    identifier="NTRBG-000000000",
    locality="Стара Загора",
    common_name="Демонстрационен печат",
)


def demo_chain(seal_key: str) -> str:
    """PEM, the seal's own certificate first, for the key as KMS knows it now."""
    public_key = boto3.client("kms").get_public_key(KeyId=seal_key)["PublicKey"]
    return seal_certificates(LOCAL / "authority", public_key, DEMO, datetime.now(UTC))
