"""What the law needs of other administrations' registers."""

from collections.abc import Mapping
from typing import Protocol

from pydantic import JsonValue

from chalicelib.domain.population import CallContext


class Registers(Protocol):
    """Registers by name, read only. Questions and answers are those of domain/registers."""

    def ask(
        self, source: str, ask: str, about: Mapping[str, str], context: CallContext
    ) -> dict[str, JsonValue]:
        """The answer to `source/ask`, as JSON of the question's answer model.

        `about` holds what the question needs, and may hold what it does not. Raises NotFound (the
        register knows nothing of it), RegisterUnavailable (no answer, one that cannot be trusted,
        or a source that is not there; `source` is among its facts).
        """
        ...
