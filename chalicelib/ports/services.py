"""Published service models. A case is led by the version under which it was opened."""

from datetime import datetime
from typing import Protocol

from pydantic import JsonValue

from chalicelib.domain.ids import ServiceCode
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.values import Value


class Published(Value):
    """One numbered version: the model, what it compiled to, and where that runs.

    `digest` (SHA-256, hex) covers model and definition; `machine` is the ARN of the published
    version of the state machine. `by` and `at` (UTC) say who published it and when.
    """

    version: int
    digest: str
    model: ServiceModel
    definition: dict[str, JsonValue]
    machine: str
    by: str = ""
    at: datetime | None = None


class Services(Protocol):
    """Versions are never changed; only which one is current is."""

    def current(self, code: ServiceCode) -> Published:
        """The version under which new cases open. Raises NotFound."""
        ...

    def version(self, code: ServiceCode, number: int) -> Published:
        """One version, for as long as cases are led by it. Raises NotFound."""
        ...

    def all_current(self) -> tuple[Published, ...]:
        """The current version of every service, by code."""
        ...

    def publish(self, published: Published, after: int) -> None:
        """Adds a version and makes it current, if version `after` (0: none) still is.

        A version that is there is never written over. Raises Conflict when somebody else
        published in between.
        """
        ...
