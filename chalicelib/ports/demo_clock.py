"""Where the clock of demonstrations stands."""

from typing import Protocol

from chalicelib.domain.demo_clock import Setting


class DemoClock(Protocol):
    """One for a stage. All raise Busy."""

    def read(self) -> Setting:
        """How far ahead it is; not at all where it was never moved."""
        ...

    def move(self, setting: Setting) -> None:
        """Puts it there."""
        ...
