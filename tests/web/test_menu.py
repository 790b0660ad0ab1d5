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


@pytest.mark.parametrize("page", ["services", "worklist"])
@pytest.mark.parametrize("who", [REGISTRAR, CITIZEN, None])
def test_who_is_signed_in_may_sign_out_everywhere(page: str, who: Person | None) -> None:
    html = render(all_pages("bg")[page][0], frame("bg", "/", who))
    form = '<form class="z-account__menu" action="/bg/signout/everywhere" method="post">'
    assert (form in html) is (who is not None)
    assert html.count('name="_csrf"') == (2 if who else 0), "its form and that of signing out"
