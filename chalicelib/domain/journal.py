"""A case's journal: a hash chain that anybody can check, and that forgets persons on request.

Each entry's hash covers the one before it (SHA-256 over RFC 8785 canonical JSON). Personal data
is not in an entry: the entry holds a salted commitment to it, and the value with its salt (the
opening) is kept apart, encrypted. Erasing the openings leaves the chain whole.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import rfc8785
from pydantic import JsonValue

from chalicelib.domain.errors import Fault, Forged, Invalid
from chalicelib.domain.ids import CaseId, CaseNumber
from chalicelib.domain.values import Value

SALT_BYTES = 16
GENESIS = "0" * 64


class Actor(Value):
    """Who acted. `id` is a pseudonym or an office, never a personal identifier."""

    kind: Literal["citizen", "official", "operator", "register", "system"]
    id: str


SYSTEM = Actor(kind="system", id="zagora")


class Opening(Value):
    """A committed value with the salt that opens its commitment. `salt` is hexadecimal."""

    salt: str
    value: JsonValue


class Entry(Value):
    """One line of the journal. `version` is the case's version that it belongs to."""

    case: CaseId
    seq: int
    version: int
    at: datetime
    actor: Actor
    event: str
    data: dict[str, JsonValue]
    commitments: dict[str, str]
    previous: str
    hash: str


class Head(Value):
    """The end of a chain: what a signature signs."""

    seq: int = 0
    hash: str = GENESIS


class ExportedJournal(Value):
    """What a citizen downloads. `head` is a compact JWS; openings are those the reader may see."""

    format: Literal["zagora-journal-1"] = "zagora-journal-1"
    case: CaseId
    number: CaseNumber
    entries: tuple[Entry, ...]
    openings: dict[int, dict[str, Opening]]
    head: str


def commitment(opening: Opening) -> str:
    """SHA-256 of the salt and the canonical value."""
    return hashlib.sha256(bytes.fromhex(opening.salt) + rfc8785.dumps(opening.value)).hexdigest()


def digest(entry: Mapping[str, object]) -> str:
    """The hash of an entry given as JSON, its own `hash` left out."""
    body = {name: value for name, value in entry.items() if name != "hash"}
    return hashlib.sha256(rfc8785.dumps(body)).hexdigest()  # type: ignore[arg-type]  # JSON by construction


def append(
    head: Head,
    *,
    case: CaseId,
    version: int,
    at: datetime,
    actor: Actor,
    event: str,
    data: Mapping[str, JsonValue],
    openings: Mapping[str, Opening],
) -> Entry:
    """The entry that follows `head`."""
    draft = Entry(
        case=case,
        seq=head.seq + 1,
        version=version,
        at=at,
        actor=actor,
        event=event,
        data=dict(data),
        commitments={name: commitment(opening) for name, opening in sorted(openings.items())},
        previous=head.hash,
        hash="",
    )
    return draft.model_copy(update={"hash": digest(draft.model_dump(mode="json"))})


def head_of(entries: Sequence[Entry]) -> Head:
    """The head after these entries."""
    return Head(seq=entries[-1].seq, hash=entries[-1].hash) if entries else Head()


def check_chain(entries: Sequence[Entry], head: Head) -> None:
    """Raises Forged with the first broken link: order, hash, or an end that is not the head."""
    expected = Head()
    for entry in entries:
        linked = entry.seq == expected.seq + 1 and entry.previous == expected.hash
        if not linked or not hmac.compare_digest(digest(entry.model_dump(mode="json")), entry.hash):
            raise Forged("journal-broken", seq=entry.seq)
        expected = Head(seq=entry.seq, hash=entry.hash)
    if expected != head:
        raise Forged("journal-incomplete", seq=expected.seq)


def check_openings(entries: Sequence[Entry], openings: Mapping[int, Mapping[str, Opening]]) -> None:
    """Raises Forged where a shown value is not the one that was committed to."""
    by_seq = {entry.seq: entry for entry in entries}
    for seq, named in openings.items():
        for name, opening in named.items():
            known = by_seq[seq].commitments.get(name, "") if seq in by_seq else ""
            if not hmac.compare_digest(commitment(opening), known):
                raise Forged("journal-opening", seq=seq, name=name)


def parse_export(content: bytes) -> ExportedJournal:
    """An exported journal from its file. Raises Invalid."""
    try:
        return ExportedJournal.model_validate_json(content)
    except ValueError as error:
        raise Invalid([Fault(field="journal", code="not-a-journal")]) from error


def check_export(exported: ExportedJournal, head_claims: Mapping[str, object]) -> None:
    """Everything about an export, given its head's verified claims. Raises Forged."""
    if any(entry.case != exported.case for entry in exported.entries):
        raise Forged("journal-mixed", number=exported.number)
    named = (head_claims.get("case"), head_claims.get("number"))
    if named != (exported.case, exported.number):
        raise Forged("journal-head-of-another-case", number=exported.number)
    check_chain(exported.entries, Head.model_validate(head_claims.get("head")))
    check_openings(exported.entries, exported.openings)
