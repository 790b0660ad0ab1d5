"""Pages with one thing to do: withdraw, give an opinion, extend a term, take a case up again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from chalicelib.web.forms import ErrorView, GroupView
from chalicelib.web.pages.common import Row
from chalicelib.web.rendering import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is chosen from: the input's name, the question, and value and text of each answer."""

    name: str
    question: str
    answers: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage(Page):
    """A question, a text and a button. `path` is where it is sent, without the language."""

    number: str
    service: str
    title: str
    says: tuple[str, ...]
    path: str
    text_name: str
    label: str
    hint: str = ""
    button: str
    text: str = ""
    choices: Choices | None = None
    hidden: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[ErrorView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeActPage(ActPage):
    """For officials."""

    template: ClassVar[str] = "office/act.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnActPage(ActPage):
    """For the applicant."""

    template: ClassVar[str] = "portal/act.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPage(Page):
    """What has to be put right, by when, and the application as it stands, to be changed."""

    template: ClassVar[str] = "portal/correction.html"

    number: str
    service: str
    instruction: tuple[Row, ...]
    due: str
    groups: tuple[GroupView, ...]
    note: str = ""
    errors: tuple[ErrorView, ...] = ()
