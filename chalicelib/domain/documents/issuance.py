"""What proves that a document was issued: its digest, and the statement in its QR code."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date
from typing import Self, TypedDict
from urllib.parse import quote

from pydantic import ConfigDict, Field, ValidationError

from chalicelib.domain.errors import Fault, Forged, Invalid
from chalicelib.domain.ids import CaseNumber, DocumentId
from chalicelib.domain.values import Value


class Keys(TypedDict):
    """A JWK set (RFC 7517) of public keys."""

    keys: list[dict[str, str]]


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal: the name of a file's content."""
    return hashlib.sha256(content).hexdigest()


def check_digest(content: bytes, expected: str) -> None:
    """Raises Invalid when the digest is another content's."""
    if not hmac.compare_digest(digest(content).encode(), expected.encode()):
        raise Invalid([Fault(field="digest", code="mismatch")])


class Issuance(Value):
    """The statement in a document's QR code: that this document was issued, by whom and when.

    It names no person, since everybody who holds the paper can read it. It cannot hold the
    digest of the file, since the code is inside the file: the check looks the digest up by the
    document's id. The claims' names have one letter, because every character makes the code's
    squares smaller.
    """

    document: DocumentId = Field(alias="d", pattern=r"^[0-9a-hjkmnp-tv-z]{26}$")
    number: CaseNumber = Field(alias="n", min_length=1, max_length=40)
    template: str = Field(alias="k", min_length=1, max_length=40)
    issued: date = Field(alias="i")
    issuer: str = Field(alias="a", min_length=1, max_length=20)

    model_config = ConfigDict(populate_by_name=True)

    def claims(self) -> dict[str, object]:
        """As it is signed."""
        return self.model_dump(mode="json", by_alias=True)

    @classmethod
    def from_claims(cls, claims: Mapping[str, object]) -> Self:
        """Raises Forged when the signed statement is another one, such as a journal's head."""
        try:
            return cls.model_validate(claims, by_alias=True, by_name=False)
        except ValidationError as error:
            raise Forged(what="issuance") from error


def verify_url(base_url: str, token: str) -> str:
    """What the QR code holds: the page that checks the document, with the statement."""
    return f"{base_url.rstrip('/')}/verify?t={quote(token, safe='')}"
