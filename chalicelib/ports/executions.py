"""Starting and waking the executions that walk cases."""

from typing import Protocol

from chalicelib.domain.cases.routing import Reply
from chalicelib.domain.ids import ServiceCode


class Executions(Protocol):
    """Both are harmless to repeat. They raise Busy when they should be tried again."""

    def start(self, machine: str, name: str, reply: Reply) -> None:
        """Starts an execution of a published machine; one with the same name is left alone."""
        ...

    def wake(self, token: str, reply: Reply) -> bool:
        """Ends the wait behind the token. False if nobody waits there any more."""
        ...


def machine_of(service: ServiceCode, version: int) -> str:
    """The published machine's name and version, as the adapters resolve it."""
    return f"{service}:{version}"
