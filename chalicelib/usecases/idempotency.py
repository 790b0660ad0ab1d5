"""The same key, the same answer: what a request under an idempotency key was, and what came of it.

The record is written in the transaction of the effect itself, so there is no moment in which
only one of the two exists. Keys are a person's own.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

import rfc8785
from pydantic import JsonValue

from chalicelib.domain.access import Principal
from chalicelib.domain.errors import KeyReused
from chalicelib.domain.ids import CaseId
from chalicelib.domain.values import Value
from chalicelib.ports import Ports
from chalicelib.ports.cases import Remembered

# How long the same key gets the same answer.
REMEMBERED_FOR = timedelta(days=7)


class Asked(Value):
    """A request under a key. `digest` (SHA-256, hex) says what was asked."""

    key: str
    digest: str


def asked(key: str, what: str, request: Mapping[str, JsonValue]) -> Asked:
    """`what` names the operation: a key used for another one is a key reused."""
    body: Mapping[str, JsonValue] = {"what": what, "request": dict(request)}
    return Asked(key=key, digest=hashlib.sha256(rfc8785.dumps(body)).hexdigest())


def remembered(ports: Ports, principal: Principal, asked: Asked | None) -> Remembered | None:
    """What came of it before. Raises KeyReused when the key came with something else."""
    before = ports.records.remembered(principal.subject, asked.key) if asked else None
    if before is not None and asked is not None and before.digest != asked.digest:
        raise KeyReused(key=asked.key)
    return before


def record(
    principal: Principal, asked: Asked | None, case: CaseId, result: str, now: datetime
) -> Remembered | None:
    """What to write beside the case; nothing where no key was given."""
    if asked is None:
        return None
    return Remembered(
        subject=principal.subject,
        key=asked.key,
        digest=asked.digest,
        case=case,
        result=result,
        expires=now + REMEMBERED_FOR,
    )
