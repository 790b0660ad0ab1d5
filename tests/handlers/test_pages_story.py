"""A case through the pages: applying, paying, deciding, downloading, checking."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from chalicelib.domain.ids import CaseNumber
from chalicelib.domain.services.language import Text
from chalicelib.usecases import payments
from tests.models import permanent_address, published
from tests.notices import epay_body
from tests.portal import (
    ADMINISTRATOR,
    APPLY,
    HEAD,
    REGISTRAR,
    RIGHT,
    Portal,
    hidden,
    opened,
    person,
)


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    with opened(monkeypatch) as portal:
        portal.as_(person())
        yield portal


def pay(portal: Portal, number: str, status: str = "PAID") -> None:
    page = f"/en/cases/{number}/payment"
    portal.post(page, {"operator": "epay"}, page, status=200)
    case = portal.world.cases.find(CaseNumber(number))
    line = f"INVOICE={case.order.attempts[-1].invoice}:STATUS={status}"
    body = epay_body(line, paid=status == "PAID")
    payments.receive_notification(portal.world, "epay", body, portal.world.now)
    portal.settle(number)


def decide(portal: Portal, number: str, **form: str) -> None:
    portal.as_(REGISTRAR)
    at = f"/en/office/cases/{number}"
    portal.browser.post(at, {**hidden(portal.get(at)), "purpose": "examination"})
    claim = {"_csrf": hidden(portal.get(at))["_csrf"], "phase": "examination"}
    assert portal.browser.post(f"{at}/claim", claim).headers["Location"] == at
    portal.post(f"{at}/decide", form, f"{at}/decide")
    portal.settle(number)


def test_from_the_search_to_the_form(portal: Portal) -> None:
    found = portal.get("/en/services?q=адреса")
    assert 'href="/en/services/permanent-address"' in found
    assert "1 service found" in found
    assert "We found nothing" in portal.get("/en/services?q=fishing")
    assert "€2.56" in portal.get("/en/services/permanent-address")
    assert "Удостоверение за постоянен адрес" in portal.get("/bg")
    assert person().name in portal.get(APPLY)


def test_who_is_not_signed_in_is_told_what_comes(portal: Portal) -> None:
    portal.browser.cookies.clear()
    page = portal.get(APPLY)
    assert "you have to sign in" in page
    assert "/en/signin?next=/services/permanent-address/apply" in page
    assert portal.browser.get("/en/cases").headers["Location"] == "/en/signin?next=%2Fen%2Fcases"


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(portal: Portal) -> None:
    form = {"answer.purpose": "other", "answer.email": "<b>@", "action": "check", "tier": "slow"}
    page = portal.post(APPLY, form, APPLY, status=422).body.decode()
    assert 'href="#purpose_other"' in page
    assert 'href="#email"' in page
    assert 'href="#truth"' in page
    assert 'href="#tier"' in page
    assert 'value="&lt;b&gt;@"' in page
    assert '"other" checked' in page


def test_answers_are_checked_changed_and_sent(portal: Portal) -> None:
    check = portal.post(APPLY, {**RIGHT, "action": "check"}, APPLY, status=200).body.decode()
    assert "A bank or an insurer" in check
    assert "Regular" in check
    sent = hidden(check)
    form = portal.browser.post(APPLY, {**sent, "action": "change"}).body.decode()
    assert '"bank" checked' in form
    assert hidden(form)["token"] == sent["token"]
    switched = portal.browser.post(APPLY.replace("/en", "/bg"), {**sent, "action": "change"})
    assert "Банка или застраховател" in switched.body.decode()
    first = portal.browser.post(APPLY, {**sent, "action": "submit"})
    again = portal.browser.post(APPLY, {**sent, "action": "submit"})
    assert first.headers["Location"] == again.headers["Location"]
    assert portal.get(first.headers["Location"]).count("SZ-2026-000001-") >= 1
    assert (
        portal.browser.post(
            APPLY, {**sent, "answer.purpose": "court", "action": "submit"}
        ).status_code
        == 409
    )


def test_what_the_browser_says_of_the_person_is_ignored(portal: Portal) -> None:
    number = portal.file(**{"answer.names": "Somebody Else", "answer.egn": "1"})
    assert person().name in portal.get(f"/en/cases/{number}")
    assert "Somebody" not in portal.get(f"/en/cases/{number}")


def test_a_hostile_form_is_only_wrong(portal: Portal) -> None:
    form = {**RIGHT, "tier": "x" * 9999, "delivery": "y" * 9999, "token": "<", "action": "submit"}
    portal.post(APPLY, form, APPLY, status=422)
    portal.post(APPLY, {**RIGHT, "answer.names": "\u202e", "action": "check"}, APPLY, status=200)
    bad = {**RIGHT, "answer.purpose": "other", "answer.purpose_other": "a\x00b", "action": "check"}
    assert "cannot be printed" in portal.post(APPLY, bad, APPLY, status=422).body.decode()


def test_a_closed_service_says_why(portal: Portal) -> None:
    why = Text(bg="Ремонт на регистъра.", en="The register is being repaired.")
    closed = permanent_address().model_copy(update={"status": "closed", "closed_because": why})
    portal.world.services.publish(published(closed, version=2), after=1)
    page = portal.get("/en/services/permanent-address")
    assert why.en in page
    assert APPLY not in page
    assert "does not take applications" in portal.get(APPLY, 409)
    portal.get("/en/services/no-such", 404)


def test_paying(portal: Portal) -> None:
    number = portal.file()
    page = f"/en/cases/{number}/payment"
    assert "Pay the fee" in portal.get(f"/en/cases/{number}/receipt")
    assert "Choose a way to pay" in portal.post(page, {"operator": ""}, page, 422).body.decode()
    portal.post(page, {"operator": "nobody"}, page, status=404)
    over = portal.post(page, {"operator": "epay"}, page, status=200).body.decode()
    assert 'action="https://epay.example/' in over
    assert {"ENCODED", "CHECKSUM"} <= set(hidden(over))
    assert "have not heard yet" in portal.get(f"{page}?back=paid")
    assert "without paying" in portal.get(f"{page}?back=cancelled")
    pay(portal, number, "DENIED")
    assert "was refused" in portal.get(page)
    pay(portal, number)
    assert "The fee is paid" in portal.get(f"{page}?back=paid")
    portal.browser.post(page, {**hidden(portal.get("/en/cases")), "operator": "epay"})
    case = portal.get(f"/en/cases/{number}")
    assert "Being examined" in case
    assert "ePay.bg" in portal.get(f"/en/cases/{number}/journal")


def test_from_decision_to_a_checked_document(portal: Portal) -> None:
    number = portal.file()
    pay(portal, number)
    decide(portal, number, outcome="approve")
    portal.as_(person())
    page = portal.get(f"/en/cases/{number}")
    assert "Issued" in page
    (document,) = portal.world.cases.find(CaseNumber(number)).documents
    link = f"/en/cases/{number}/documents/{document.id}"
    assert link in page
    assert portal.browser.get(link).status_code == 303
    assert "Population register" in page
    exported = portal.browser.get(f"/en/cases/{number}/journal.json")
    assert exported.headers["Content-Disposition"] == f'attachment; filename="{number}.json"'
    portal.browser.cookies.clear()
    genuine = portal.get(f"/en/verify?id={document.id.upper()}")
    assert "The document is genuine" in genuine
    assert person().name not in genuine
    compare = f"/en/verify?id={document.id}&digest="
    assert "exactly the one" in portal.get(compare + document.digest.upper())
    assert "not what we issued" in portal.get(compare + "0" * 64)
    assert "not a SHA-256 digest" in portal.get(compare + "xyz")


@pytest.mark.parametrize(
    ("query", "says", "status"),
    [
        ("", "Check a document", 200),
        ("?id=123", "has 26 letters", 422),
        (f"?id={'0' * 26}", "do not know this document", 200),
        ("?t=abc", "cannot be read", 200),
        ("?t=a.b.c", "not what we issued", 200),
        (f"?t={'a' * 5000}.b.c", "cannot be read", 200),
        ("?id=%00%3Cscript%3E", "has 26 letters", 422),
    ],
)
def test_checks_that_find_nothing(portal: Portal, query: str, says: str, status: int) -> None:
    assert says in portal.get(f"/en/verify{query}", status)


def test_refusing_wants_facts_and_grounds(portal: Portal) -> None:
    number = portal.file()
    pay(portal, number)
    portal.as_(REGISTRAR)
    at = f"/en/office/cases/{number}"
    claim = {"_csrf": hidden(portal.get(at))["_csrf"], "phase": "examination"}
    portal.browser.post(f"{at}/claim", claim)
    form = {"outcome": "refuse", "facts": "<i>няма адрес", "grounds": " "}
    page = portal.post(f"{at}/decide", form, f"{at}/decide", status=422).body.decode()
    assert 'href="#grounds"' in page
    assert "&lt;i&gt;няма адрес" in page
    portal.post(f"{at}/decide", {"outcome": ""}, f"{at}/decide", status=422)
    sent = {**hidden(portal.get(f"{at}/decide")), **form, "grounds": "чл. 93 ЗГР"}
    for _ in range(2):  # a double click
        assert portal.browser.post(f"{at}/decide", sent).status_code == 303
    portal.settle(number)
    portal.as_(person())
    case = portal.get(f"/bg/cases/{number}")
    assert "няма адрес" in case
    assert "чл. 93 ЗГР" in case
    assert "Административен съд" in case


def test_the_worklist_and_the_look_up(portal: Portal) -> None:
    number = portal.file()
    pay(portal, number)
    portal.as_(REGISTRAR)
    assert number in portal.get("/en/office")
    assert number not in portal.get("/en/office?show=mine")
    at = f"/en/office/cases/{number}"
    assert person().name not in portal.get(at)
    portal.post(at, {"purpose": "curiosity"}, at, status=422)
    page = portal.post(at, {"purpose": "enquiry"}, at, status=200).body.decode()
    assert person().name in page
    assert str(person().egn) not in page
    portal.post(f"{at}/claim", {"phase": "examination"}, at)
    assert person().name in portal.get(at)
    assert number in portal.get("/en/office?show=mine")
    portal.world.pass_time(days=5)
    portal.as_(HEAD)
    late = portal.get("/en/office")
    assert "1 task is late" in late
    assert "Стоян" in late
    portal.post(f"{at}/release", {"phase": "examination"}, at)
    portal.as_(person())
    assert "Запитване от заявителя" in portal.get(f"/bg/cases/{number}")


@pytest.mark.parametrize("path", ["/office", "/office/desk", "/office/cases/SZ-2026-000001-0"])
def test_the_back_office_is_not_for_citizens(portal: Portal, path: str) -> None:
    portal.get(f"/en{path}", 403)


def test_another_persons_case_is_as_good_as_missing(portal: Portal) -> None:
    number = portal.file()
    portal.as_(person(1))
    missing = portal.get("/en/cases/SZ-2026-999999-9", 404)
    for page in ("", "/receipt", "/journal", "/journal.json", "/payment", "/documents/x"):
        assert "We cannot find this page" in portal.get(f"/en/cases/{number}{page}", 404)
    assert "We cannot find this page" in missing
    assert number not in portal.get("/en/cases")
    portal.as_(REGISTRAR)
    portal.get(APPLY, 403)
    portal.get(f"/en/cases/{number}/receipt", 403)


def test_the_exception_desk(portal: Portal) -> None:
    portal.as_(ADMINISTRATOR)
    assert "All cases are getting on" in portal.get("/en/office/desk")
    portal.get("/en/office", 403)


def test_pages_for_everybody(portal: Portal) -> None:
    portal.browser.cookies.clear()
    assert "WCAG 2.2" in portal.get("/en/accessibility")
    assert "Бисквитки" in portal.get("/bg/privacy")
    assert unquote(portal.browser.get("/office").headers["Location"]).endswith("next=/en/office")
