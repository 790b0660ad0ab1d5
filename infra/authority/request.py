"""A certificate request (PKCS #10) for the seal's key in KMS: what a trust service provider signs.

The key stays in KMS; it signs the request there. What comes back (the certificate and
those that vouch for it, PEM) goes into the secret as `seal_certificates`.
"""

from typing import TYPE_CHECKING

from asn1crypto.csr import CertificationRequest, CertificationRequestInfo
from asn1crypto.keys import PublicKeyInfo
from asn1crypto.pem import armor
from asn1crypto.x509 import Name

from infra.authority.names import Sealer

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient


def certificate_request(client: "KMSClient", key: str, sealer: Sealer) -> str:
    """The request as PEM, signed by the key itself (proof of possession)."""
    public = PublicKeyInfo.load(client.get_public_key(KeyId=key)["PublicKey"])
    if public.algorithm != "rsa":
        raise ValueError("the seal wants an RSA key that signs")
    info = CertificationRequestInfo(
        {
            "version": "v1",
            "subject": Name.load(sealer.subject().public_bytes()),
            "subject_pk_info": public,
            "attributes": [],
        }
    )
    answer = client.sign(
        KeyId=key,
        Message=info.dump(),
        MessageType="RAW",
        SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256",
    )
    request = CertificationRequest(
        {
            "certification_request_info": info,
            "signature_algorithm": {"algorithm": "sha256_rsa"},
            "signature": answer["Signature"],
        }
    )
    return bytes(armor("CERTIFICATE REQUEST", request.dump())).decode()
