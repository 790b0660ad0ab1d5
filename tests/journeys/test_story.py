"""The whole story, in a real browser, on the deployed template."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.web.i18n import Language
from tests.journeys.browsing import DESKTOP, PHONE, Visitor
from tests.journeys.keyboard import Keyboard
from tests.journeys.papers import demo_root, is_sealed, verify, with_one_byte_changed
from tests.journeys.stack import Stack
from tests.journeys.walking import (
    await_result,
    begin,
    certificate,
    change_one_answer,
    check_by_code,
    decide,
    download,
    fill_in,
    fill_in_rightly,
    find_service,
    pay,
    send,
    take_task,
)
from tests.papers import text

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.xdist_group("stack")]
Arrive = Callable[..., Visitor]


@pytest.fixture
def arrive(stack: Stack, browser: "Browser") -> Iterator[Arrive]:
    """A person with a browser of their own; whatever it complained of is a fault at the end."""
    with ExitStack() as leaving:

        def visitor(username: str, **how: Any) -> Visitor:
            who = Visitor(stack, browser, username, **how)
            leaving.callback(who.context.close)
            return who

        yield visitor


@pytest.mark.parametrize(
    ("language", "size", "scripts"),
    [("bg", PHONE, False), ("en", DESKTOP, True)],
    ids=["bulgarian-phone-without-javascript", "english-desktop"],
)
def test_from_search_to_checked_document(
    arrive: Arrive,
    tmp_path: Path,
    language: Language,
    size: tuple[int, int],
    scripts: bool,
) -> None:
    citizen = arrive("citizen1", language=language, size=size, scripts=scripts)
    find_service(citizen)
    citizen.sign_in("form")
    fill_in(citizen)
    change_one_answer(citizen)
    number = send(citizen)
    pay(citizen)

    official = arrive("registrar", language=language, size=size, scripts=scripts)
    take_task(official, number)
    person = citizen.stack.person("citizen1")
    assert person["name"] in official.read()
    assert person["egn"] not in official.read()
    decide(official, "approve")
    official.leave()

    await_result(citizen, number, "issued")
    pdf = download(citizen, certificate(citizen))
    root = demo_root(citizen.stack)
    assert is_sealed(pdf, root)
    assert not is_sealed(with_one_byte_changed(pdf), root)
    assert number in text(pdf)
    citizen.follow("Journal of the case", "journal")
    file = tmp_path / "journal.json"
    file.write_bytes(download(citizen, citizen.button("Download the journal")))
    found = verify(file, citizen.stack)
    assert (found.returncode, number in found.stdout) == (0, True), found.stderr
    file.write_text(file.read_text().replace('"paid"', '"unpaid"', 1))
    assert verify(file, citizen.stack).returncode == 1
    citizen.go("/cases", "my-cases")
    assert number in citizen.read()
    citizen.leave()

    anybody = arrive("", language=language, size=size, scripts=scripts)
    check_by_code(anybody, pdf)
    anybody.leave()


def test_a_refusal_says_why_and_how_to_appeal(arrive: Arrive) -> None:
    citizen, official = arrive("citizen2", size=PHONE), arrive("registrar2")
    begin(citizen)
    fill_in_rightly(citizen)
    number = send(citizen)
    pay(citizen)
    take_task(official, number)
    facts = "Лицето няма постоянен адрес в общината."
    decide(official, "refuse", facts, "чл. 106 от Закона за гражданската регистрация")
    await_result(citizen, number, "refused")
    for expected in (facts, "чл. 106", "Административен съд", "14 календарни дни"):
        assert expected in citizen.read()
    letter = download(citizen, citizen.page.locator(".z-card__title a"))
    assert is_sealed(letter, demo_root(citizen.stack))
    assert "Лицето няма постоянен адрес" in text(letter)
    citizen.leave()
    official.leave()


def test_the_form_is_filled_in_with_the_keyboard_alone(arrive: Arrive) -> None:
    citizen = arrive("citizen2", language="en")
    begin(citizen)
    keys = Keyboard(citizen.page)
    keys.press("Tab")
    assert keys.at() == citizen.say("Skip to the content")
    keys.press("Enter")
    keys.to("tier", "Space").to("purpose", "Space").to("email").type("me@example.org")
    keys.to("truth", "Space").press("Enter")  # Enter in a form presses its first button
    citizen.button("Send the application").wait_for()
    citizen.look("check-by-keyboard")
    assert "me@example.org" in citizen.read()
    keys.to_button(citizen.say("Send the application")).press("Enter")
    citizen.page.wait_for_url("**/receipt")
    citizen.look("receipt-by-keyboard")
    assert citizen.say("Your application has been received") in citizen.read()
    citizen.leave()
