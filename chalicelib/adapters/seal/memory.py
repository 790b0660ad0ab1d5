"""The seal by a key in this process: real signatures, a certificate that nobody vouches for."""

import functools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID


class Identity(NamedTuple):
    """A private key with the certificates (DER) that belong to it, its own first."""

    key: rsa.RSAPrivateKey
    chain: tuple[bytes, ...]


class MemorySeal:
    """Without an identity, one that this process makes once and that says it is for tests."""

    def __init__(self, identity: Identity | None = None, location: str = "Тест") -> None:
        self._identity = identity or throwaway_identity()
        self._location = location

    @property
    def certificates(self) -> Sequence[bytes]:
        """The chain, in DER."""
        return self._identity.chain

    def seal(self, pdf: bytes, *, reason: str, at: datetime) -> bytes:
        """Never unavailable."""
        from chalicelib.adapters.seal import pades

        return pades.seal(
            pdf,
            chain=self._identity.chain,
            sign=self.sign,
            reason=reason,
            location=self._location,
            at=at,
        )

    def sign(self, message: bytes) -> bytes:
        """As KMS would."""
        return self._identity.key.sign(message, padding.PKCS1v15(), hashes.SHA256())


@functools.cache
def throwaway_identity() -> Identity:
    """An RSA key of 3072 bits and its self-signed certificate, made once per process."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Тест"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Печат за тестове"),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(_SEALING, critical=True)
        .sign(key, hashes.SHA256())
    )
    return Identity(key, (certificate.public_bytes(Encoding.DER),))


_SEALING = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
