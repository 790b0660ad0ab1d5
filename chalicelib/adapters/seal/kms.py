"""The seal by a KMS key (RSA_3072, SIGN_VERIFY), which never leaves KMS."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.errors import SealUnavailable

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient


class KmsSeal:
    """`certificates` is PEM, the seal's certificate first, then those that vouch for it.

    `location` is where the administration seats. pyHanko is loaded by the first sealing.
    """

    def __init__(
        self, client: "KMSClient", key: str, certificates: Sequence[str], location: str
    ) -> None:
        self._client = client
        self._key = key
        self._certificates = tuple(certificates)
        self._location = location

    def seal(self, pdf: bytes, *, reason: str, at: datetime) -> bytes:
        """Raises SealUnavailable."""
        from chalicelib.adapters.seal import pades

        return pades.seal(
            pdf,
            chain=pades.read_chain(self._certificates),
            sign=self.sign,
            reason=reason,
            location=self._location,
            at=at,
        )

    def sign(self, message: bytes) -> bytes:
        """RSASSA-PKCS1-v1_5 with SHA-256, of up to 4096 bytes. Raises SealUnavailable."""
        try:
            return self._client.sign(
                KeyId=self._key,
                Message=message,
                MessageType="RAW",
                SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256",
            )["Signature"]
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            raise SealUnavailable(cause=code) from error
        except BotoCoreError as error:
            raise SealUnavailable(cause=type(error).__name__) from error
