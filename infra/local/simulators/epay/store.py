"""The state file: replaced as a whole, so a kill leaves the last whole one."""

import os
import sys
from pathlib import Path

from pydantic import ValidationError

from infra.local.simulators.epay.model import State


class Store:
    """Keeps the state in a file; without a path, nowhere."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def load(self) -> State:
        """The last state; a file that cannot be read is put aside, not overwritten."""
        if self._path is None or not self._path.exists():
            return State()
        try:
            return State.model_validate_json(self._path.read_bytes())
        except ValidationError:
            aside = self._path.with_suffix(".broken")
            self._path.replace(aside)
            print(f"epay: the state file could not be read and is now {aside}", file=sys.stderr)
            return State()

    def save(self, state: State) -> None:
        """Writes beside it, then replaces."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            file.write(state.model_dump_json())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
