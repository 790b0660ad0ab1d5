"""Cases in DynamoDB: one transaction a change."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.cases import envelope
from chalicelib.adapters.cases.rows import (
    case_pk,
    case_row,
    entry_row,
    private_sk,
    record,
    task_keys_done,
    task_rows,
)
from chalicelib.adapters.table import CONDITION_FAILED, Row, find_row, steadily
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotFound, NotPossible
from chalicelib.domain.ids import CaseId, CaseNumber
from chalicelib.domain.journal import Entry, Opening
from chalicelib.ports.cases import Change, Openings, Taken
from chalicelib.ports.cipher import Cipher

# What is written, under which condition, and the name that Taken gives the condition.
Put = tuple[Row, Condition | None, str]
NEW: Condition = Row.pk.does_not_exist()


class DynamoCases:
    """The system of record. `connection` makes transactions; Row knows the table."""

    def __init__(self, cipher: Cipher, connection: Callable[[], Connection]) -> None:
        self._cipher = cipher
        self._connection = connection

    def load(self, case: CaseId) -> Case:
        """Raises NotFound, Busy."""
        row = find_row(case_pk(case), "CASE")
        if row is None or row.body is None:
            raise NotFound(what="case")
        return Case.model_validate_json(row.body)

    def find(self, number: CaseNumber) -> Case:
        """Raises NotFound, Busy."""
        row = find_row(f"NUMBER#{number}", "NUMBER")
        if row is None or row.body is None:
            raise NotFound(what="case")
        return self.load(CaseId(row.body))

    def save(self, change: Change) -> None:
        """Everything or nothing. Raises Taken, Busy."""
        puts = [*_case_puts(change), *self._private_puts(change), *_beside_puts(change)]
        gone = [Row(case_pk(change.after.id), sk) for sk in task_keys_done(change.after)]
        token = hashlib.sha256(change.model_dump_json().encode()).hexdigest()[:32]
        try:
            steadily(lambda: self._transact(puts, gone, token))
        except TransactWriteError as error:
            raise Taken(_names(puts, error)) from error

    def _transact(self, puts: Sequence[Put], gone: Sequence[Row], token: str) -> None:
        with TransactWrite(token, connection=self._connection()) as transaction:
            for row, condition, _ in puts:
                transaction.save(row, condition=condition)
            for row in gone:
                transaction.delete(row)

    def next_in(self, counter: str) -> int:
        """Raises Busy."""
        row = Row(f"COUNTER#{counter}", "COUNTER")
        steadily(lambda: row.update(actions=[Row.version.set((Row.version | 0) + 1)]))
        return int(row.version or 0)

    def journal(self, case: CaseId) -> Sequence[Entry]:
        """Raises Busy."""
        rows = _rows(case, "JOURNAL#")
        return [Entry.model_validate_json(row.body) for row in rows if row.body]

    def openings(self, case: CaseId) -> Openings:
        """Raises Busy."""
        rows = _rows(case, "PRIVATE#")
        if not rows:
            return {}
        key = self._key(case)
        return {
            int(row.sk.removeprefix("PRIVATE#")): envelope.open_(key, _place(row), row.blob)
            for row in rows
            if row.blob is not None
        }

    def erase(self, case: CaseId) -> None:
        """The key goes first: what is left after a crash cannot be read any more."""
        keys = [Row(case_pk(case), "KEY"), *_rows(case, "PRIVATE#")]
        for row in keys:
            steadily(row.delete)

    def _private_puts(self, change: Change) -> list[Put]:
        if not change.openings:
            return []
        case = change.after.id
        puts: list[Put] = []
        if change.after.version == 1:
            made = self._cipher.new_key(case)
            key = made.plain
            puts.append((Row(case_pk(case), "KEY", blob=made.wrapped), NEW, "version"))
        else:
            key = self._key(case)
        return puts + [
            (_private_row(key, case, seq, named), NEW, "version")
            for seq, named in change.openings.items()
        ]

    def _key(self, case: CaseId) -> bytes:
        row = find_row(case_pk(case), "KEY")
        if row is None or row.blob is None:
            raise NotPossible("personal-data-erased", case=case)
        return self._cipher.unwrap(row.blob, case)


def _private_row(key: bytes, case: CaseId, seq: int, named: Mapping[str, Opening]) -> Row:
    row = Row(case_pk(case), private_sk(seq))
    row.blob = envelope.seal(key, _place(row), named)
    return row


def _place(row: Row) -> str:
    return f"{row.pk}/{row.sk}"


def _rows(case: CaseId, prefix: str) -> list[Row]:
    return steadily(
        lambda: list(Row.query(case_pk(case), Row.sk.startswith(prefix), consistent_read=True))
    )


def _case_puts(change: Change) -> list[Put]:
    case = change.after
    unchanged = Row.version == case.version - 1 if case.version > 1 else NEW
    puts: list[Put] = [(case_row(change), unchanged, "version")]
    puts += [(entry_row(entry), NEW, "version") for entry in change.entries]
    puts += [(row, None, "task") for row in task_rows(case)]
    if case.version == 1:
        number = Row(f"NUMBER#{case.number}", "NUMBER", body=case.id)
        puts.append((number, NEW, "number"))
    return puts


def _beside_puts(change: Change) -> list[Put]:
    puts: list[Put] = []
    if (r := change.remembered) is not None:
        pk = f"IDEMPOTENCY#{r.subject}#{r.key}"
        expires = int(r.expires.timestamp())
        puts.append((record(pk, "IDEMPOTENCY", r, expires=expires), NEW, "remembered"))
    if (i := change.invoice) is not None:
        puts.append((record(f"INVOICE#{i.invoice}", "INVOICE", i), NEW, "invoice"))
    if (n := change.notice) is not None:
        puts.append((record(f"INVOICE#{n.invoice}", f"NOTICE#{n.digest}", n), NEW, "notice"))
    if (d := change.document) is not None:
        puts.append((record(f"DOCUMENT#{d.id}", "DOCUMENT", d), NEW, "document"))
    return puts


def _names(puts: Sequence[Put], error: TransactWriteError) -> frozenset[str]:
    return frozenset(
        name
        for (_, _, name), reason in zip(puts, error.cancellation_reasons, strict=False)
        if reason is not None and reason.code in CONDITION_FAILED
    )
