"""A demonstration authority in a folder: a root, an issuing authority, and the seal's certificate.

Everything is made once and kept, so a restart seals with the same certificate; another key or a
certificate that ends within a month gets a new one. The keys of the authority stay in the folder,
readable by its owner only. Its certificates say that they are for demonstrations.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from infra.authority.names import Sealer, sealing_purposes, usage

_PEM = serialization.Encoding.PEM
_BITS = 3072
_MONTH = timedelta(days=30)
_TERMS = {
    "root": timedelta(days=7300),
    "issuing": timedelta(days=3650),
    "seal": timedelta(days=730),
}
_COMMON_NAMES = {
    "root": "ДЕМО корен, DEMO root",
    "issuing": "ДЕМО издател, DEMO issuer",
}


class Authority(NamedTuple):
    """A certificate and the key that signs with it."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


def seal_certificates(folder: Path, public_key: bytes, sealer: Sealer, now: datetime) -> str:
    """The chain as PEM, the seal's certificate first, the root last.

    `public_key` is DER (SubjectPublicKeyInfo), as KMS gives it; `now` is aware.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    root = _authority(folder, "root", None, now)
    issuing = _authority(folder, "issuing", root, now)
    kept = folder / "seal.pem"
    seal = _kept(kept, now)
    if seal is None or not _fits(seal, public_key, sealer, issuing):
        seal = _issue(_rsa(public_key), sealer.subject(), issuing, "seal", now)
        kept.write_bytes(seal.public_bytes(_PEM))
    chain = (seal, issuing.certificate, root.certificate)
    return "".join(certificate.public_bytes(_PEM).decode() for certificate in chain)


def _rsa(der: bytes) -> rsa.RSAPublicKey:
    key = serialization.load_der_public_key(der)
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("the seal wants an RSA key")
    return key


def _fits(
    certificate: x509.Certificate, public_key: bytes, sealer: Sealer, issuing: Authority
) -> bool:
    return (
        certificate.public_key() == _rsa(public_key)
        and certificate.subject == sealer.subject()
        and certificate.issuer == issuing.certificate.subject
        and _vouched(certificate, issuing)
    )


def _key_identifier(certificate: x509.Certificate) -> bytes | None:
    found = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)
    return found.value.key_identifier


def _own_identifier(certificate: x509.Certificate) -> bytes:
    found = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    return found.value.digest


def _kept(path: Path, now: datetime) -> x509.Certificate | None:
    if not path.is_file():
        return None
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    return certificate if certificate.not_valid_after_utc > now + _MONTH else None


def _authority(folder: Path, role: str, parent: Authority | None, now: datetime) -> Authority:
    place, key_place = folder / f"{role}.pem", folder / f"{role}.key"
    certificate = _kept(place, now)
    if certificate is not None and key_place.is_file() and _vouched(certificate, parent):
        key = serialization.load_pem_private_key(key_place.read_bytes(), password=None)
        if isinstance(key, rsa.RSAPrivateKey) and key.public_key() == certificate.public_key():
            return Authority(certificate, key)
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    made = _issue(key.public_key(), _demo_name(role), parent or key, role, now)
    _write_key(key_place, key)
    place.write_bytes(made.public_bytes(_PEM))
    return Authority(made, key)


def _vouched(certificate: x509.Certificate, parent: Authority | None) -> bool:
    if parent is None:
        return True
    return _key_identifier(certificate) == _own_identifier(parent.certificate)


def _demo_name(role: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "BG"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Zagora demo"),
            x509.NameAttribute(NameOID.COMMON_NAME, _COMMON_NAMES[role]),
        ]
    )


def _write_key(place: Path, key: rsa.RSAPrivateKey) -> None:
    place.touch(mode=0o600)
    place.chmod(0o600)
    pkcs8, bare = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    place.write_bytes(key.private_bytes(_PEM, pkcs8, bare))


def _issue(
    key: rsa.RSAPublicKey,
    subject: x509.Name,
    signer: Authority | rsa.RSAPrivateKey,
    role: str,
    now: datetime,
) -> x509.Certificate:
    """Signed by an authority, or by its own key: then it is a root."""
    by = signer if isinstance(signer, Authority) else None
    signing_key = signer.key if isinstance(signer, Authority) else signer
    ends = now + _TERMS[role]
    vouches, depth = role != "seal", {"root": 1, "issuing": 0}.get(role)
    public = signing_key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(min(ends, by.certificate.not_valid_after_utc) if by else ends)
        .add_extension(x509.BasicConstraints(ca=vouches, path_length=depth), critical=True)
        .add_extension(usage(signs_certificates=vouches), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
    )
    if not vouches:
        builder = builder.add_extension(sealing_purposes(), critical=False)
    return builder.sign(signing_key, hashes.SHA256())
