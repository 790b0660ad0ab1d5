"""Data keys wrapped by KMS."""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.errors import Busy, Forged
from chalicelib.ports.cipher import DataKey

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient


class KmsCipher:
    """Envelope encryption: KMS sees keys, never data."""

    def __init__(self, client: "KMSClient", key_id: str) -> None:
        self._client = client
        self._key_id = key_id

    def new_key(self, context: str) -> DataKey:
        """A new data key. Raises Busy."""
        try:
            made = self._client.generate_data_key(
                KeyId=self._key_id, KeySpec="AES_256", EncryptionContext={"case": context}
            )
        except (ClientError, BotoCoreError) as error:
            raise Busy(source="kms") from error
        return DataKey(plain=made["Plaintext"], wrapped=made["CiphertextBlob"])

    def unwrap(self, wrapped: bytes, context: str) -> bytes:
        """The plain key again. Raises Busy, Forged."""
        try:
            opened = self._client.decrypt(
                KeyId=self._key_id,
                CiphertextBlob=wrapped,
                EncryptionContext={"case": context},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "InvalidCiphertextException":
                raise Forged("data-key") from error
            raise Busy(source="kms") from error
        except BotoCoreError as error:
            raise Busy(source="kms") from error
        return opened["Plaintext"]
