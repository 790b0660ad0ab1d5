"""Statements signed by a KMS key (ECC_NIST_P256, SIGN_VERIFY)."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.documents import Keys
from chalicelib.domain.errors import SealUnavailable

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient


class KmsAttestation:
    """`retired` are public JWKs of keys that signed before, so that their tokens stay good."""

    def __init__(
        self, client: "KMSClient", key: str, retired: Sequence[Mapping[str, str]] = ()
    ) -> None:
        self._client = client
        self._key = key
        self._retired = tuple(retired)

    def sign(self, claims: Mapping[str, object]) -> str:
        """Raises SealUnavailable."""
        from chalicelib.adapters.attestation import tokens

        return tokens.sign(claims, self._jwk["kid"], self._sign_bytes)

    def keys(self) -> Keys:
        """Raises SealUnavailable."""
        from chalicelib.adapters.attestation import tokens

        return tokens.key_set(self._jwk, self._retired)

    @functools.cached_property
    def _jwk(self) -> dict[str, str]:
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
        from cryptography.hazmat.primitives.serialization import load_der_public_key

        from chalicelib.adapters.attestation import tokens

        with _translated():
            der = self._client.get_public_key(KeyId=self._key)["PublicKey"]
        key = load_der_public_key(der)
        if not isinstance(key, EllipticCurvePublicKey):
            raise TypeError("the attestation key is not on an elliptic curve")
        return tokens.public_jwk(key)

    def _sign_bytes(self, message: bytes) -> bytes:
        with _translated():
            return self._client.sign(
                KeyId=self._key,
                Message=message,
                MessageType="RAW",
                SigningAlgorithm="ECDSA_SHA_256",
            )["Signature"]


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        raise SealUnavailable(cause=code) from error
    except BotoCoreError as error:
        raise SealUnavailable(cause=type(error).__name__) from error
