"""What the document store promises: the one in memory, and S3 (moto's)."""

from collections.abc import Iterator
from urllib.parse import unquote

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from chalicelib.adapters.documents.memory import MemoryDocumentStore
from chalicelib.adapters.documents.s3 import S3DocumentStore
from chalicelib.domain.documents import digest
from chalicelib.domain.errors import Invalid, NotFound, StorageUnavailable
from chalicelib.ports.documents import DocumentStore

PDF = b"%PDF-1.7 something"
KEY = "documents/01kb/1.pdf"


@pytest.fixture(params=["memory", "s3"])
def store(request: pytest.FixtureRequest) -> Iterator[DocumentStore]:
    if request.param == "memory":
        yield MemoryDocumentStore()
        return
    with mock_aws():
        yield _s3()


def _s3() -> S3DocumentStore:
    client = boto3.client("s3", region_name="eu-central-1")
    place = {"LocationConstraint": "eu-central-1"}
    client.create_bucket(Bucket="documents", CreateBucketConfiguration=place)  # type: ignore[arg-type] # a str is a fine region
    return S3DocumentStore(client, "documents")


def test_gives_back_what_was_put(store: DocumentStore) -> None:
    store.put(KEY, PDF, digest(PDF))
    assert store.get(KEY) == PDF


def test_putting_twice_changes_nothing(store: DocumentStore) -> None:
    store.put(KEY, PDF, digest(PDF))
    store.put(KEY, PDF, digest(PDF))
    assert store.get(KEY) == PDF


def test_what_is_not_there_is_not_found(store: DocumentStore) -> None:
    with pytest.raises(NotFound):
        store.get(KEY)


@pytest.mark.parametrize("wrong", [digest(b"another"), "", "no digest", "ab"])
def test_takes_no_other_content_than_the_digest_says(store: DocumentStore, wrong: str) -> None:
    with pytest.raises(Invalid):
        store.put(KEY, PDF, wrong)
    with pytest.raises(NotFound):
        store.get(KEY)


def test_the_link_names_the_file_in_cyrillic_and_lives_shortly(store: DocumentStore) -> None:
    link = unquote(unquote(store.link(KEY, "Удостоверение SZ-2026-000123-7.pdf", 300)))
    assert KEY in link
    assert 'filename="SZ-2026-000123-7.pdf"' in link
    assert "filename*=UTF-8''Удостоверение SZ-2026-000123-7.pdf" in link
    assert "300" in link


class TestS3:
    """What only S3 does."""

    @pytest.fixture
    def s3(self) -> Iterator[S3DocumentStore]:
        with mock_aws():
            yield _s3()

    def test_files_are_encrypted_pdfs_with_a_checksum(self, s3: S3DocumentStore) -> None:
        s3.put(KEY, PDF, digest(PDF))
        client = boto3.client("s3", region_name="eu-central-1")
        kept = client.head_object(Bucket="documents", Key=KEY, ChecksumMode="ENABLED")
        assert kept["ContentType"] == "application/pdf"
        assert kept["ServerSideEncryption"] == "AES256"
        assert kept["ChecksumSHA256"]

    @pytest.mark.parametrize("seconds", [0, -1, 3601])
    def test_a_link_lives_neither_for_ever_nor_never(
        self, s3: S3DocumentStore, seconds: int
    ) -> None:
        with pytest.raises(ValueError, match="3600"):
            s3.link(KEY, "a.pdf", seconds)

    @pytest.mark.parametrize(
        "fault",
        [
            ClientError({"Error": {"Code": "SlowDown", "Message": ""}}, "PutObject"),
            ClientError({"Error": {"Code": "InternalError", "Message": ""}}, "PutObject"),
            ClientError({"Error": {"Code": "NoSuchBucket", "Message": ""}}, "PutObject"),
            EndpointConnectionError(endpoint_url="https://s3"),
        ],
    )
    def test_when_s3_does_not_answer_the_store_is_unavailable(self, fault: Exception) -> None:
        client = boto3.client("s3", region_name="eu-central-1")

        def fail(**_: object) -> None:
            raise fault

        client.meta.events.register_first("before-send.s3.*", fail)
        store = S3DocumentStore(client, "documents")
        with pytest.raises(StorageUnavailable):
            store.put(KEY, PDF, digest(PDF))
        with pytest.raises(StorageUnavailable):
            store.get(KEY)
