"""The log of moving running cases to another version, batch by batch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from chalicelib.domain.cases.moving import Before, Verdict
from chalicelib.domain.ids import CaseId, CaseNumber, ServiceCode
from chalicelib.domain.values import Value

State = Literal["planned", "moved", "left", "undone"]


class Batch(Value):
    """One order to move the open cases of a service, all or those of one version. `at` is UTC."""

    id: str
    service: ServiceCode
    to_version: int
    from_version: int | None = None
    by: str
    at: datetime


class MoveRecord(Value):
    """What was decided about one case. `planned` is written before the case is, so that no case
    is ever moved that the log does not know."""

    batch: str
    case: CaseId
    number: CaseNumber
    was: Before
    to_version: int
    verdict: Verdict
    state: State
    at: datetime


class MoveLog(Protocol):
    """Reads are strongly consistent. All raise Busy."""

    def begin(self, batch: Batch) -> Batch:
        """Keeps the batch; one of that id that is there already is left alone and given back."""
        ...

    def batch(self, id_: str) -> Batch:
        """Raises NotFound."""
        ...

    def note(self, record: MoveRecord) -> None:
        """The newest word about a case in a batch."""
        ...

    def records(self, batch: str) -> Sequence[MoveRecord]:
        """By case."""
        ...
