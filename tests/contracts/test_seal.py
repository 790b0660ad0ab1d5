"""What a seal promises: the one with a key in this process, and KMS (moto's)."""

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from asn1crypto.x509 import Certificate
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from chalicelib.adapters.documents.typst import TypstRenderer
from chalicelib.adapters.seal.kms import KmsSeal
from chalicelib.adapters.seal.memory import MemorySeal, throwaway_identity
from chalicelib.domain.errors import SealUnavailable
from chalicelib.ports.seal import Seal
from infra.authority.demo import seal_certificates
from infra.authority.names import Sealer
from tests.papers import NOW, certificate

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

REASON = "Удостоверение за постоянен адрес"
SEALER = Sealer("Община Стара Загора", "NTRBG-000817778", "Стара Загора", "Печат (ДЕМО)")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    letter = certificate()
    return TypstRenderer().render(letter.template, letter.data(), "bg")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("authority")


@pytest.fixture(params=["memory", "kms"])
def seal(request: pytest.FixtureRequest, folder: Path) -> Iterator[Seal]:
    if request.param == "memory":
        yield MemorySeal()
        return
    with mock_aws():
        client, key = _key()
        public = client.get_public_key(KeyId=key)["PublicKey"]
        chain = seal_certificates(folder, public, SEALER, NOW)
        yield KmsSeal(client, key, [chain], "Стара Загора")


def _key() -> "tuple[KMSClient, str]":
    client = boto3.client("kms", region_name="eu-central-1")
    key = client.create_key(KeySpec="RSA_3072", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    return client, key


def status(sealed: bytes, at_root: Certificate | None = None) -> PdfSignatureStatus:
    signature = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    root = at_root or list(signature.other_embedded_certs or [signature.signer_cert])[-1]
    context = ValidationContext(trust_roots=[root], moment=NOW)
    return validate_pdf_signature(signature, context)


def test_the_seal_is_valid_trusted_and_covers_the_whole_file(seal: Seal, pdf: bytes) -> None:
    found = status(seal.seal(pdf, reason=REASON, at=NOW))
    assert found.valid
    assert found.intact
    assert found.coverage is SignatureCoverageLevel.ENTIRE_FILE


def test_it_says_who_why_and_when_and_is_pades(seal: Seal, pdf: bytes) -> None:
    signature = PdfFileReader(BytesIO(seal.seal(pdf, reason=REASON, at=NOW))).embedded_signatures[0]
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == REASON
    assert signature.sig_object["/Location"]
    assert "ечат" in signature.sig_object["/Name"]
    assert signature.self_reported_timestamp == NOW
    assert signature.signer_info["signed_attrs"].native
    assert signature.md_algorithm == "sha256"


def test_the_document_itself_stays_as_it_was(seal: Seal, pdf: bytes) -> None:
    assert seal.seal(pdf, reason=REASON, at=NOW).startswith(pdf)


def test_sealing_again_gives_the_same_bytes_and_another_moment_others(
    seal: Seal, pdf: bytes
) -> None:
    once = seal.seal(pdf, reason=REASON, at=NOW)
    assert seal.seal(pdf, reason=REASON, at=NOW) == once
    assert seal.seal(pdf, reason=REASON, at=NOW + timedelta(seconds=1)) != once


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_changed_bit_is_found(place: float, bit: int, pdf: bytes) -> None:
    """Outside of the signature's own bytes every bit counts; inside it, most do."""
    sealed = MemorySeal().seal(pdf, reason=REASON, at=NOW)
    changed = bytearray(sealed)
    start, length, after, rest = _byte_range(sealed)
    spot = int(place * (length + rest))
    spot = start + spot if spot < length else after + spot - length
    changed[spot] ^= 1 << bit
    digest = hashlib.sha256(bytes(changed[start:length]) + bytes(changed[after:])).digest()
    assert digest != _signed_digest(sealed)
    try:
        found = status(bytes(changed), _own_certificate())
    except Exception:
        return
    assert not (found.valid and found.intact)


def _byte_range(sealed: bytes) -> tuple[int, int, int, int]:
    signature = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    start, length, after, rest = (int(number) for number in signature.byte_range)
    assert after + rest == len(sealed)
    return start, length, after, rest


def _signed_digest(sealed: bytes) -> bytes:
    return bytes(PdfFileReader(BytesIO(sealed)).embedded_signatures[0].compute_digest())


def _own_certificate() -> Certificate:
    return Certificate.load(throwaway_identity().chain[0])


def test_pdf_a_and_pdf_ua_stay_declared_and_true_where_it_can_be_seen(
    seal: Seal, pdf: bytes
) -> None:
    """No outside validator is to be had; so the rules that a signature can break, one by one."""
    sealed = seal.seal(pdf, reason=REASON, at=NOW)
    reader = PdfFileReader(BytesIO(sealed))
    metadata = reader.root["/Metadata"].data
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.root["/MarkInfo"]["/Marked"]
    widget = reader.root["/AcroForm"]["/Fields"][0]
    assert widget["/F"] & 0b100, "PDF/A wants annotations to be printed"
    assert not widget["/F"] & 0b100011, "and neither hidden, invisible, nor without view"
    box = [float(edge) for edge in widget["/Rect"]]
    assert box[0] == box[2], "without an appearance it must have no size"
    assert box[0] < 0, "PDF/UA leaves annotations untagged only outside of the page"
    assert widget["/TU"]
    assert "/NeedAppearances" not in reader.root["/AcroForm"]
    assert reader.trailer["/ID"][0] == PdfFileReader(BytesIO(pdf)).trailer["/ID"][0]


@pytest.mark.parametrize(
    "fault",
    [
        ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "Sign"),
        ClientError({"Error": {"Code": "DisabledException", "Message": ""}}, "Sign"),
        EndpointConnectionError(endpoint_url="https://kms"),
    ],
)
def test_when_kms_does_not_sign_the_seal_is_unavailable(
    fault: Exception, folder: Path, pdf: bytes
) -> None:
    with mock_aws():
        client, key = _key()
        public = client.get_public_key(KeyId=key)["PublicKey"]
        chain = seal_certificates(folder, public, SEALER, NOW)

        def fail(**_: object) -> None:
            raise fault

        client.meta.events.register_first("before-send.kms.Sign", fail)
        with pytest.raises(SealUnavailable):
            KmsSeal(client, key, [chain], "Стара Загора").seal(pdf, reason=REASON, at=NOW)


def test_poppler_finds_the_seal_valid_and_a_changed_byte(
    seal: Seal, pdf: bytes, tmp_path: Path
) -> None:
    """A second opinion, by NSS; the project's set-up installs it (poppler-utils)."""
    tool = shutil.which("pdfsig")
    if tool is None:
        pytest.skip("pdfsig (poppler-utils) is not installed; pyHanko's own check has passed")
    sealed = bytearray(seal.seal(pdf, reason=REASON, at=NOW))
    assert "Signature is Valid" in _pdfsig(tool, tmp_path, bytes(sealed))
    sealed[len(pdf) // 2] ^= 1
    assert "Signature is Valid" not in _pdfsig(tool, tmp_path, bytes(sealed))


def _pdfsig(tool: str, folder: Path, sealed: bytes) -> str:
    file = folder / "sealed.pdf"
    file.write_bytes(sealed)
    done = subprocess.run(  # noqa: S603 - a tool of the machine, on our own file
        [tool, "-nocert", file],
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(folder)},
        timeout=30,
    )
    return done.stdout
