"""What Enter does in a form: it presses the first button that belongs to it, wherever it stands."""

import html5lib
import pytest

from chalicelib.web.i18n import LANGUAGES, Language
from chalicelib.web.rendering import render
from tests.handlers.samples import all_pages


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "does"), [("apply", "check"), ("check", "submit")])
def test_enter_goes_on_and_does_not_change_the_language(
    language: Language, name: str, does: str
) -> None:
    page, frame = next(v for k, v in all_pages(language).items() if k.startswith(name))
    tree = html5lib.parse(render(page, frame), namespaceHTMLElements=False)
    form = next(one for one in tree.iter("form") if one.get("id") == "application")
    own = set(form.iter("button"))
    buttons = [b for b in tree.iter("button") if b in own or b.get("form") == "application"]
    assert frame.switch_form == "application"
    assert (buttons[0].get("value"), buttons[0].get("formaction")) == (does, None)
