"""The clock of demonstrations."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.web.forms import ErrorView
from chalicelib.web.rendering import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPage(Page):
    """What the clock shows, what it really is, and a form to move it forward."""

    template: ClassVar[str] = "office/clock.html"

    shows: datetime
    really: datetime
    moved_by: str = ""
    steps: tuple[tuple[str, str], ...]
    to: str = ""
    errors: tuple[ErrorView, ...] = ()
