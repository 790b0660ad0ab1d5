"""The administration's electronic seal."""

from datetime import datetime
from typing import Protocol


class Seal(Protocol):
    """Seals documents in the administration's name (eIDAS, art. 3 (25))."""

    def seal(self, pdf: bytes, *, reason: str, at: datetime) -> bytes:
        """The document with a PAdES B-B seal; its first bytes stay as they were.

        `at` is the claimed moment of sealing (aware; UTC). The same document, reason and moment
        give the same bytes, so doing it twice does no harm. Raises SealUnavailable.
        """
        ...
