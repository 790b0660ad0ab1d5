"""Documents that the administration issues: what is in them, and how they are proved."""

from chalicelib.domain.documents.issuance import Issuance, Keys, check_digest, digest, verify_url
from chalicelib.domain.documents.letters import (
    AddressLines,
    Appeal,
    Authority,
    Letter,
    Municipality,
    PermanentAddressCertificate,
    Person,
    Refusal,
    Verification,
)
from chalicelib.domain.documents.texts import content_disposition, printable

__all__ = [
    "AddressLines",
    "Appeal",
    "Authority",
    "Issuance",
    "Keys",
    "Letter",
    "Municipality",
    "PermanentAddressCertificate",
    "Person",
    "Refusal",
    "Verification",
    "check_digest",
    "content_disposition",
    "digest",
    "printable",
    "verify_url",
]
