"""Machines that only remember what they were: the twin for tests."""

from chalicelib.domain.ids import ServiceCode
from chalicelib.ports.machines import Definition


class MemoryMachines:
    """`versions` by their names; forgetting one is what a lost cloud looks like."""

    def __init__(self) -> None:
        self.versions: dict[str, Definition] = {}
        self._count = 0

    def runs(self, machine: str, definition: Definition) -> bool:
        """Whether it is remembered as this."""
        return self.versions.get(machine) == definition

    def publish(self, service: ServiceCode, version: int, definition: Definition) -> str:
        """Numbered by themselves, as the real ones are."""
        self._count += 1
        name = f"machine:{service}:{self._count}"
        self.versions[name] = definition
        return name
