"""Repair: state is written only at an orderly stop, and a table's stream not at all.

Without this a killed cloud forgets everything since its start; and after any restart the stream's
function, whose saved position counts records that are gone, would not see the next changes.
Here everything is written SECONDS after it changed, the stream's records included, so a kill
loses the changes of at most about that time, and running executions (see rule 1 of the
architecture: `reconcile` starts them again).
"""

import asyncio
import copy
import hashlib
import os
from pathlib import Path
from typing import Any

SECONDS = float(os.environ.get("ZAGORA_SNAPSHOT_SECONDS", "1"))
# Seconds. AWS keeps a stream's records for a day; here each of them is written at every save.
RETENTION = 3600
# A stream's position is only right together with its records: the records go first, so that what
# lies between the two writes is delivered twice rather than not at all.
FIRST, LAST = "dynamodb", "lambda"

_changed = asyncio.Event()


def install() -> None:
    """Keep the stream's records, and save while serving."""
    from ministack import app as server
    from ministack.services import dynamodb, lambda_svc

    _keep_stream_records(dynamodb)
    _remember_digests(lambda_svc)
    serve = server.app

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            saver = asyncio.create_task(_save_changes(server))
            try:
                await serve(scope, receive, send)
            finally:
                saver.cancel()
            return
        await serve(scope, receive, send)
        _changed.set()

    server.app = app


async def _save_changes(server: Any) -> None:
    while True:
        await _changed.wait()
        await asyncio.sleep(SECONDS)
        _changed.clear()
        save(server)


def save(server: Any) -> None:
    """Write every service's state that differs from what was written last."""
    from ministack.core import persistence

    states = server._build_persistence_save_dict()
    for name in sorted(states, key=lambda name: (name == LAST, name != FIRST, name)):
        try:
            state = states[name]()
        except RuntimeError:  # changed by another thread while it was copied: the next round
            _changed.set()
            continue
        if state is not None and _is_new(name, state):
            persistence.save_state(name, state)


_written: dict[str, str] = {}


def _is_new(name: str, state: Any) -> bool:
    digest = hashlib.sha256(repr(_plain(state)).encode()).hexdigest()
    if _written.get(name) == digest:
        return False
    _written[name] = digest
    return True


def _plain(state: Any) -> Any:
    if hasattr(state, "_data"):
        return _plain(state._data)
    if isinstance(state, dict):
        return {str(key): _plain(value) for key, value in state.items()}
    return state


def _keep_stream_records(dynamodb: Any) -> None:
    dynamodb._STREAM_RETENTION_SECONDS = RETENTION
    get_state, restore = dynamodb.get_state, dynamodb.load_persisted_state

    def with_records() -> dict[str, Any]:
        state: dict[str, Any] = get_state()
        state["stream_records"] = copy.copy(dynamodb._stream_records)
        state["stream_trimmed"] = copy.copy(dynamodb._stream_trimmed)
        return state

    def load(data: dict[str, Any]) -> None:
        restore(data)
        dynamodb._stream_records.update(data.get("stream_records", {}))
        dynamodb._stream_trimmed.update(data.get("stream_trimmed", {}))

    dynamodb.get_state, dynamodb.load_persisted_state = with_records, load


def _remember_digests(lambda_svc: Any) -> None:
    """The state of the functions hashes each bundle at every save; a bundle never changes."""
    write = lambda_svc._write_code_blob
    known: dict[int, tuple[bytes, str]] = {}

    def write_code_blob(code: bytes) -> str:
        entry = known.get(id(code))
        if entry is None or entry[0] is not code or not _stored(lambda_svc, entry[1]):
            entry = known[id(code)] = (code, write(code))
        return str(entry[1])

    lambda_svc._write_code_blob = write_code_blob


def _stored(lambda_svc: Any, digest: str) -> bool:
    return Path(lambda_svc.CODE_BLOB_DIR, f"{digest}.zip").exists()
