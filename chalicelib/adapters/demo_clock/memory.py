"""The clock in memory: the twin."""

from chalicelib.domain.demo_clock import Setting


class MemoryDemoClock:
    """Keeps the last setting."""

    def __init__(self) -> None:
        self._setting = Setting()

    def read(self) -> Setting:
        """See the port."""
        return self._setting

    def move(self, setting: Setting) -> None:
        """See the port."""
        self._setting = setting
