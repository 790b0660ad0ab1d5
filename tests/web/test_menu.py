"""The menu offers nobody what they may not open."""

import pytest

from chalicelib.web.rendering import Person, render
from tests.handlers.samples import CHIEF, CITIZEN, REGISTRAR, all_pages, frame

DESK = 'href="/bg/office/desk"'


@pytest.mark.parametrize(
    ("who", "offered"), [(REGISTRAR, False), (CHIEF, True), (CITIZEN, False), (None, False)]
)
def test_the_exception_desk_is_offered_to_whom_it_is_open(
    who: Person | None, offered: bool
) -> None:
    page, _ = all_pages("bg")["worklist"]
    assert (DESK in render(page, frame("bg", "/office", who))) is offered
