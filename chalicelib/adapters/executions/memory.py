"""Executions that only remember what they were told: the twin for tests of use cases."""

from chalicelib.domain.cases.routing import Reply


class MemoryExecutions:
    """`started` by name, `woken` by token; a token listed in `dead` has nobody behind it."""

    def __init__(self) -> None:
        self.started: dict[str, tuple[str, Reply]] = {}
        self.woken: dict[str, Reply] = {}
        self.dead: set[str] = set()

    def start(self, machine: str, name: str, reply: Reply) -> None:
        """A name is started once."""
        self.started.setdefault(name, (machine, reply))

    def wake(self, token: str, reply: Reply) -> bool:
        """A token is used once."""
        if token in self.dead or token in self.woken:
            return False
        self.woken[token] = reply
        return True
