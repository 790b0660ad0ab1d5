"""Where the machines of services run."""

from typing import Protocol

from pydantic import JsonValue

from chalicelib.domain.ids import ServiceCode

Definition = dict[str, JsonValue]


class Machines(Protocol):
    """Versions of state machines. Both raise Busy when they should be tried again."""

    def runs(self, machine: str, definition: Definition) -> bool:
        """Whether that published version is there and does just this."""
        ...

    def publish(self, service: ServiceCode, version: int, definition: Definition) -> str:
        """A new version of the service's machine; says how it is found again (an ARN)."""
        ...
