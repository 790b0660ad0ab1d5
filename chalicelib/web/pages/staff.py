"""Who works in a unit, who is absent, and who stands in."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from chalicelib.web.forms import ErrorView
from chalicelib.web.rendering import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceView:
    """An absence that is not over; `may_cancel`: the reader has a say in it."""

    id: str
    first: date
    last: date
    substitute: str
    may_cancel: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """An official. `stands_in` does their work today, if they are absent and somebody does."""

    subject: str
    name: str
    role: str
    unit: str
    present: bool
    stands_in: str
    absences: tuple[AbsenceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPage(Page):
    """The people of a unit, and a form to announce an absence. `about` are those for whom the
    reader may, as id and name."""

    template: ClassVar[str] = "office/staff.html"

    unit: str
    people: tuple[Colleague, ...]
    about: tuple[tuple[str, str], ...]
    substitutes: tuple[tuple[str, str], ...]
    official: str = ""
    first: str = ""
    last: str = ""
    substitute: str = ""
    errors: tuple[ErrorView, ...] = ()
