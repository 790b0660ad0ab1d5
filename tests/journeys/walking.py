"""The steps of the story as people take them, page by page."""

import hashlib
import re
from typing import TYPE_CHECKING

from chalicelib.domain.services.words import Text
from tests.journeys.browsing import Visitor
from tests.journeys.stack import until
from tests.models import permanent_address
from tests.papers import scan

if TYPE_CHECKING:
    from playwright.sync_api import Locator

MODEL = permanent_address()
TO_WHOM = "Посолството на Белгия"
NUMBER = re.compile(r"SZ-\d{4}-\d{6}-[0-9X]")


def field(who: Visitor, name: str) -> "Locator":
    """A field of the form by its label."""
    return who.page.get_by_label(MODEL.form.texts[name].label.in_(who.language), exact=True)


def choice(who: Visitor, name: str, value: str) -> "Locator":
    """One choice of a field."""
    text: Text = MODEL.form.texts[name].options[value]
    return who.page.get_by_role("radio", name=text.in_(who.language), exact=True)


def find_service(citizen: Visitor) -> None:
    """From the first page by search to the start of the application."""
    citizen.go("", "home")
    citizen.page.get_by_role("searchbox").fill("адрес" if citizen.language == "bg" else "address")
    citizen.press("Search", "search")
    citizen.page.get_by_role("link", name=MODEL.title.in_(citizen.language)).click()
    citizen.look("service")
    shown = citizen.read()
    assert ("2,56" if citizen.language == "bg" else "2.56") in shown
    assert MODEL.who_may_apply.in_(citizen.language) in shown
    citizen.press("Start", "sign-in-first")
    citizen.button("Go to electronic identification").click()


def begin(citizen: Visitor) -> None:
    """Straight to the form, as from a bookmark."""
    citizen.go(f"/services/{MODEL.service}/apply", "sign-in-first")
    citizen.button("Go to electronic identification").click()
    citizen.sign_in("form")


def fill_in_rightly(citizen: Visitor) -> None:
    """The least that is asked."""
    choice(citizen, "purpose", "bank").check()
    field(citizen, "truth").check()
    citizen.press("Continue", "check")


def fill_in(citizen: Visitor) -> None:
    """With two mistakes first; what was typed is still there."""
    choice(citizen, "purpose", "other").check()
    field(citizen, "purpose_other").fill(TO_WHOM)
    field(citizen, "email").fill("not an address")
    citizen.press("Continue", "form-wrong")
    wrong = [one.get_attribute("href") for one in _summary(citizen)]
    assert wrong == ["#email", "#truth"]
    assert choice(citizen, "purpose", "other").is_checked()
    assert field(citizen, "purpose_other").input_value() == TO_WHOM
    assert field(citizen, "email").input_value() == "not an address"
    field(citizen, "email").fill("a.citizen@example.org")
    field(citizen, "truth").check()
    citizen.press("Continue", "check")


def _summary(who: Visitor) -> "list[Locator]":
    return who.page.locator(".govuk-error-summary__list a").all()


def change_one_answer(citizen: Visitor) -> None:
    """Back to the form from the answers, which are all still there."""
    row = citizen.page.locator(".govuk-summary-list__row").filter(has_text="a.citizen@example.org")
    row.get_by_role("button").click()
    citizen.look("change")
    assert field(citizen, "purpose_other").input_value() == TO_WHOM
    assert field(citizen, "truth").is_checked()
    field(citizen, "email").fill("another@example.org")
    citizen.press("Continue", "check-again")
    assert "another@example.org" in citizen.read()


def send(citizen: Visitor) -> str:
    """The receipt: number, what to pay, the day and how it was counted. The case's number."""
    citizen.press("Send the application", "receipt")
    shown = citizen.read()
    number = NUMBER.search(shown)
    assert number, shown
    counted = citizen.page.get_by_text(citizen.say("How this date was counted"))
    counted.click()
    assert citizen.page.locator(".z-due + details li").count() >= 2
    citizen.look("receipt-explained")
    return number.group()


def pay(citizen: Visitor) -> None:
    """From the receipt through the operator's page and back."""
    citizen.press("Pay the fee", "payment")
    citizen.press("Continue to payment", "hand-over")
    citizen.press("Go to %(operator)s", "operator", operator="ePay.bg")
    citizen.page.locator("button[value=pay]").click()
    citizen.look("paid")
    assert citizen.say("The fee is paid") in citizen.read()
    citizen.press("To the case", "case-paid")
    until(lambda: _again(citizen, citizen.say("Being examined")), "the case is being examined")
    citizen.look("case-examined")


def _again(who: Visitor, text: str) -> bool:
    who.page.reload()
    return text in who.read()


def take_task(official: Visitor, number: str) -> None:
    """From the worklist through the question why, to the task as one's own."""
    official.page.goto(f"{official.stack.portal}/{official.language}/office")
    official.sign_in("worklist")
    until(lambda: _again(official, number), "the task is in the worklist")
    official.follow(number, "why")
    official.press("Open the case", "case-unclaimed")
    official.press("Take the task", "case-claimed")


def decide(official: Visitor, outcome: str, facts: str = "", grounds: str = "") -> None:
    """Decides, without a choice first."""
    official.press("Decide", "decide")
    official.press("Decide", "decide-wrong")
    outcomes = {str(name): one for name, one in MODEL.phase("examination").outcomes.items()}
    title = outcomes[outcome].title.in_(official.language)
    official.page.get_by_role("radio", name=title).check()
    if facts:
        official.page.get_by_label(official.say("Facts")).fill(facts)
        official.page.get_by_label(official.say("Legal grounds")).fill(grounds)
    official.press("Decide", "decided")


def await_result(citizen: Visitor, number: str, kind: str) -> None:
    """On the case's page, until it is closed."""
    citizen.page.goto(f"{citizen.stack.portal}/{citizen.language}/cases/{number}")
    closed = {
        "issued": "The document is ready. You can download it and give it to whoever needs it.",
        "refused": "The application was refused. Below you see why, and how you can appeal.",
    }
    until(lambda: _again(citizen, citizen.say(closed[kind])), f"the case is {kind}")
    citizen.look("case-finished")


def certificate(who: Visitor) -> "Locator":
    """The link to the result on the page of a case."""
    main = who.page.get_by_role("main")
    return main.get_by_role("link", name=MODEL.title.in_(who.language), exact=True)


def download(who: Visitor, link: "Locator") -> bytes:
    """The file behind a link or a button."""
    with who.page.expect_download() as waiting:
        link.click()
    return waiting.value.path().read_bytes()


def check_by_code(who: Visitor, pdf: bytes) -> None:
    """As anybody does who scans the QR code, without signing in."""
    address = scan(pdf)
    assert address.startswith(f"{who.stack.portal}/verify?t=")
    who.page.goto(address)
    who.look("genuine")
    assert who.say("The document is genuine") in who.read()
    signed = who.page.locator("#digest")
    for content, name, verdict in (
        (pdf, "same-file", "Your file is exactly the one that we issued."),
        (pdf + b" ", "other-file", "This is not what we issued"),
    ):
        signed.fill(hashlib.sha256(content).hexdigest())
        who.press("Compare", name)
        assert who.say(verdict) in who.read()
