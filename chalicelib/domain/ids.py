"""Typed identifiers. They sort by time: 48 bits of milliseconds, then 80 bits of chance."""

from datetime import UTC, datetime, timedelta
from typing import NewType

CaseId = NewType("CaseId", str)
CaseNumber = NewType("CaseNumber", str)
DocumentId = NewType("DocumentId", str)
ServiceCode = NewType("ServiceCode", str)
PhaseId = NewType("PhaseId", str)
Invoice = NewType("Invoice", str)
# Who somebody is, without saying it: an HMAC of the personal identifier, made in the wiring.
SubjectId = NewType("SubjectId", str)

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
CHANCE_BYTES = 10
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new(now: datetime, chance: bytes) -> str:
    """A ULID in lower case (26 characters). `chance` is 10 random bytes; `now` is aware.

    Raises ValueError for another number of bytes or a time before 1970.
    """
    milliseconds = (now - _EPOCH) // timedelta(milliseconds=1)
    if len(chance) != CHANCE_BYTES or milliseconds < 0:
        raise ValueError("an id takes ten random bytes and a time since 1970")
    number = (milliseconds << 80) | int.from_bytes(chance, "big")
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def case_number(administration: str, year: int, sequence: int) -> CaseNumber:
    """`SZ-2026-000123-6`: the last character checks the rest (ISO 7064 MOD 11-2 on the digits)."""
    body = f"{administration}-{year}-{sequence:06d}"
    return CaseNumber(f"{body}-{_check_character(body)}")


def is_case_number(text: str) -> bool:
    """Whether the shape and the check character are right; says nothing about existence."""
    parts = text.rsplit("-", 1)
    if len(parts) != 2 or text.count("-") != 3:
        return False
    administration, year, sequence = parts[0].split("-")
    digits = year + sequence
    shaped = (
        administration.isascii()
        and administration.isalnum()
        and digits.isascii()
        and digits.isdigit()
        and len(year) == 4
        and 6 <= len(sequence) <= 12
        and len(administration) <= 12
    )
    return shaped and _check_character(parts[0]) == parts[1]


def _check_character(body: str) -> str:
    remainder = 0
    for digit in body:
        if digit.isdigit():
            remainder = (remainder + int(digit)) * 2 % 11
    check = (12 - remainder) % 11
    return "X" if check == 10 else str(check)
