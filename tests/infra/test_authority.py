"""The demonstration authority, and the request to a real one."""

from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from moto import mock_aws

from infra.authority.__main__ import main
from infra.authority.demo import seal_certificates
from infra.authority.names import Sealer
from tests.papers import NOW

SEALER = Sealer("Община Стара Загора", "NTRBG-000817778", "Стара Загора", "Печат (ДЕМО)")


def public_key() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072).public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


KEY = public_key()


def der(holder: x509.Certificate | x509.CertificateSigningRequest) -> bytes:
    return holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def chain(pem: str) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(pem.encode())


def test_each_vouches_for_the_one_before(tmp_path: Path) -> None:
    seal, issuing, root = chain(seal_certificates(tmp_path, KEY, SEALER, NOW))
    seal.verify_directly_issued_by(issuing)
    issuing.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)


def test_the_seal_is_the_administrations_and_can_only_seal(tmp_path: Path) -> None:
    seal, issuing, root = chain(seal_certificates(tmp_path, KEY, SEALER, NOW))
    found = seal.subject.get_attributes_for_oid(NameOID.ORGANIZATION_IDENTIFIER)[0].value
    assert found == "NTRBG-000817778"
    assert der(seal) == KEY
    usage = seal.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign
    limits = [c.extensions.get_extension_for_class(x509.BasicConstraints).value
              for c in (seal, issuing, root)]  # fmt: skip
    assert [(limit.ca, limit.path_length) for limit in limits] == [
        (False, None), (True, 0), (True, 1),
    ]  # fmt: skip
    assert all("ДЕМО" in str(c.subject.rfc4514_string()) for c in (seal, issuing, root))


def test_a_restart_keeps_the_certificate(tmp_path: Path) -> None:
    first = seal_certificates(tmp_path, KEY, SEALER, NOW)
    assert seal_certificates(tmp_path, KEY, SEALER, NOW + timedelta(days=300)) == first


@pytest.mark.parametrize(("key", "sealer", "days", "remark"), [
    (public_key(), SEALER, 0, "another key"),
    (KEY, SEALER._replace(organisation="Община Казанлък"), 0, "another name"),
    (KEY, SEALER, 720, "the old one ends soon"),
])  # fmt: skip
def test_a_new_certificate_when_the_old_one_does_not_fit(
    tmp_path: Path, key: bytes, sealer: Sealer, days: int, remark: str
) -> None:
    first = chain(seal_certificates(tmp_path, KEY, SEALER, NOW))
    then = chain(seal_certificates(tmp_path, key, sealer, NOW + timedelta(days=days)))
    assert then[0] != first[0], remark
    assert then[1:] == first[1:], "the authority is the same"


def test_a_new_root_makes_everything_new(tmp_path: Path) -> None:
    first = chain(seal_certificates(tmp_path, KEY, SEALER, NOW))
    (tmp_path / "root.key").unlink()
    then = chain(seal_certificates(tmp_path, KEY, SEALER, NOW))
    assert all(old != new for old, new in zip(first, then, strict=True))
    then[0].verify_directly_issued_by(then[1])


def test_the_authoritys_keys_are_the_owners_only(tmp_path: Path) -> None:
    seal_certificates(tmp_path / "authority", KEY, SEALER, NOW)
    modes = {place.stat().st_mode & 0o777 for place in (tmp_path / "authority").glob("*.key")}
    assert modes == {0o600}


def test_the_request_is_signed_by_the_key_in_kms(capsys: pytest.CaptureFixture[str]) -> None:
    with mock_aws():
        client = boto3.client("kms")
        made = client.create_key(KeySpec="RSA_3072", KeyUsage="SIGN_VERIFY")
        key = made["KeyMetadata"]["KeyId"]
        code = main(["request", "--key", key, "--organisation", SEALER.organisation,
                     "--identifier", SEALER.identifier, "--locality", SEALER.locality])  # fmt: skip
        public = client.get_public_key(KeyId=key)["PublicKey"]
    request = x509.load_pem_x509_csr(capsys.readouterr().out.encode())
    assert code == 0
    assert request.is_signature_valid
    assert der(request) == public
    assert request.subject == SEALER._replace(common_name=SEALER.organisation).subject()


def test_a_key_that_cannot_seal_is_refused() -> None:
    with mock_aws():
        made = boto3.client("kms").create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
        with pytest.raises(ValueError, match="RSA"):
            main(["request", "--key", made["KeyMetadata"]["KeyId"], "--organisation", "a",
                  "--identifier", "b", "--locality", "c"])  # fmt: skip
