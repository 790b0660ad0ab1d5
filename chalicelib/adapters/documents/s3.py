"""Documents in S3: encrypted, checked by SHA-256 on the way in and out, given by signed links."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.documents import check_digest, content_disposition
from chalicelib.domain.errors import NotFound, StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LONGEST_LINK = 3600


class S3DocumentStore:
    """One private bucket. The wiring makes the client, with its time-outs and retries."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, content: bytes, digest: str) -> None:
        """S3 compares what arrives with the digest, too. Raises Invalid, StorageUnavailable."""
        check_digest(content, digest)
        with _translated():
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=content,
                ContentType="application/pdf",
                ChecksumAlgorithm="SHA256",
                ChecksumSHA256=b64encode(bytes.fromhex(digest)).decode(),
                ServerSideEncryption="AES256",
                CacheControl="private, no-store",
            )

    def get(self, key: str) -> bytes:
        """Raises NotFound, StorageUnavailable (also when the content is damaged)."""
        with _translated():
            answer = self._client.get_object(Bucket=self._bucket, Key=key, ChecksumMode="ENABLED")
            return answer["Body"].read()

    def link(self, key: str, filename: str, seconds: int) -> str:
        """A presigned address, for an hour at the most. Asks nobody."""
        if not 0 < seconds <= LONGEST_LINK:
            raise ValueError("a link lives for 1 to 3600 seconds")
        parameters = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentType": "application/pdf",
            "ResponseContentDisposition": content_disposition(filename),
        }
        with _translated():
            return self._client.generate_presigned_url(
                "get_object", Params=parameters, ExpiresIn=seconds
            )


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in {"NoSuchKey", "404"}:
            raise NotFound(what="document") from error
        raise StorageUnavailable(cause=code) from error
    except BotoCoreError as error:
        raise StorageUnavailable(cause=type(error).__name__) from error
