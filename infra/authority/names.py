"""Whom a seal's certificate is for (ETSI EN 319 412-3: certificates of legal persons)."""

from typing import NamedTuple

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

LONGEST = 64
# id-kp-documentSigning (RFC 9336).
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")


class Sealer(NamedTuple):
    """The administration. `identifier` is semantic: `NTRBG-` and the Bulstat number."""

    organisation: str
    identifier: str
    locality: str
    common_name: str
    country: str = "BG"

    def subject(self) -> x509.Name:
        """As a distinguished name."""
        parts = {
            NameOID.COUNTRY_NAME: self.country,
            NameOID.LOCALITY_NAME: self.locality,
            NameOID.ORGANIZATION_NAME: self.organisation,
            NameOID.ORGANIZATION_IDENTIFIER: self.identifier,
            NameOID.COMMON_NAME: self.common_name,
        }
        return x509.Name([_attribute(oid, value) for oid, value in parts.items()])


def _attribute(oid: ObjectIdentifier, value: str) -> x509.NameAttribute[str]:
    if not 0 < len(value) <= LONGEST:
        raise ValueError("a name in a certificate has 1 to 64 characters")
    # The library counts bytes, of which a Cyrillic letter has two; RFC 5280 counts characters.
    return x509.NameAttribute(oid, value, _validate=oid == NameOID.COUNTRY_NAME)


def usage(*, signs_certificates: bool) -> x509.KeyUsage:
    """Either for certificates, or (non-repudiation, EN 319 412-2) for documents."""
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def sealing_purposes() -> x509.ExtendedKeyUsage:
    """Documents; e-mail protection beside it, for the readers that know only that."""
    return x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
