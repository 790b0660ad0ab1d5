"""Applying with a form that repeats: adding, removing, errors, the check page, the case's pages."""

from collections.abc import Iterator

import html5lib
import pytest

from chalicelib.domain.ids import CaseNumber
from chalicelib.domain.money import Money
from tests.models import published
from tests.portal import APPLY, REGISTRAR, RIGHT, Portal, hidden, opened, person
from tests.repeating import MOST, repeating

HEIR = {
    "answer.heirs-0-heir_name": "Анна <b>",
    "answer.heirs-0-heir_born.day": "1",
    "answer.heirs-0-heir_born.month": "2",
    "answer.heirs-0-heir_born.year": "1980",
}
SECOND = {name.replace("-0-", "-1-"): value for name, value in HEIR.items()}


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    with opened(monkeypatch) as portal:
        portal.world.services.publish(published(repeating(), version=2), after=1)
        portal.as_(person())
        yield portal


def send(portal: Portal, action: str, *more: dict[str, str], status: int = 200) -> str:
    form = {**RIGHT, **HEIR, "action": action}
    for fields in more:
        form |= fields
    form["action"] = action
    return portal.post(APPLY, form, APPLY, status=status).body.decode()


def strict(page: str) -> str:
    html5lib.HTMLParser(strict=True).parse(page)
    return page


def test_one_more_and_one_less_keep_all_that_was_typed(portal: Portal) -> None:
    page = strict(send(portal, "add.heirs"))
    assert 'id="heirs-1"' in page
    assert 'value="Anna' not in page
    assert 'value="Анна &lt;b&gt;"' in page
    assert 'name="answer.heirs-0-heir_born.year" type="text" value="1980"' in page
    assert '"bank" checked' in page
    assert hidden(page)["rows.heirs"] == "2"
    page = strict(send(portal, "remove.heirs-0", SECOND, {"rows.heirs": "2"}))
    assert 'id="heirs-1"' not in page
    assert page.count("Анна &lt;b&gt;") == 1


def test_no_more_than_the_form_has_room_for(portal: Portal) -> None:
    page = send(portal, "add.heirs", {"rows.heirs": str(MOST)})
    assert 'value="add.heirs"' not in page
    assert 'value="remove.heirs-2"' in page
    assert "1000000000" not in send(portal, "check", {"answer.heirs-1000000000-heir_name": "a"})


def test_an_error_leads_to_its_row(portal: Portal) -> None:
    second = {**SECOND, "answer.heirs-1-heir_born.day": "42"}
    page = strict(send(portal, "check", second, status=422))
    assert 'href="#heirs-1-heir_born"' in page
    assert 'id="heirs-1-heir_born"' in page
    assert "Heir 2: heir_born: write a date such as 31.12.2026" in page
    assert 'value="42"' in page
    page = strict(send(portal, "check", {"answer.heirs-0-heir_name": " "}, status=422))
    assert 'href="#heirs-0-heir_name"' in page


def test_too_many_are_told_at_the_heading_and_none_is_lost(portal: Portal) -> None:
    names = {f"answer.heirs-{n}-heir_name": f"Heir no. {n}" for n in range(MOST + 2)}
    page = strict(send(portal, "check", names, status=422))
    assert 'href="#group-heirs"' in page
    assert "Heirs: at most 3" in page
    assert all(name in page for name in names.values())


def test_rows_are_checked_changed_and_sent(portal: Portal) -> None:
    check = strict(send(portal, "check", SECOND))
    assert "Heir 2</h2>" in check
    assert "1 February 1980" in check
    sent = hidden(check)
    form = portal.browser.post(APPLY, {**sent, "action": "change"}).body.decode()
    assert 'name="answer.heirs-1-heir_born.day" type="text" value="1"' in form
    answer = portal.browser.post(APPLY, {**sent, "action": "submit"})
    number = answer.headers["Location"].split("/")[3]
    portal.settle(number)
    page = strict(portal.get(f"/en/cases/{number}"))
    assert "Heir 2: heir_name" in page
    assert "Анна &lt;b&gt;" in page
    portal.as_(REGISTRAR)
    at = f"/en/office/cases/{number}"
    office = portal.browser.post(at, {**hidden(portal.get(at)), "purpose": "examination"})
    assert "Heir 2: heir_name" in strict(office.body.decode())


def test_who_may_not_apply_is_told_why_and_loses_nothing(portal: Portal) -> None:
    page = strict(send(portal, "check", {"answer.purpose": "abroad"}, status=422))
    assert "Not for use abroad (Act, art. 5)" in page
    assert 'value="Анна &lt;b&gt;"' in page
    form = {**hidden(page), **RIGHT, **HEIR, "answer.purpose": "abroad", "action": "submit"}
    bulgarian = portal.browser.post(APPLY.replace("/en", "/bg"), form)
    assert bulgarian.status_code == 422
    assert "Not for use abroad бг (Act, art. 5 бг)" in bulgarian.body.decode()


def test_the_fee_after_an_exemption_is_shown_and_asked_for(portal: Portal) -> None:
    check = strict(send(portal, "check", {"answer.purpose": "school"}))
    assert "Fee: €1.28" in check
    assert "You pay less than €2.56: Schools (Act, art. 8)." in check
    answer = portal.browser.post(APPLY, {**hidden(check), "action": "submit"})
    number = answer.headers["Location"].split("/")[3]
    assert portal.world.cases.find(CaseNumber(number)).order.amount == Money(amount=128)


def test_the_service_page_says_what_is_needed_and_who_pays_less(portal: Portal) -> None:
    page = strict(portal.get("/en/services/permanent-address"))
    assert "The will (optional). A copy." in page
    assert "Schools: 50% of the fee is waived (Act, art. 8)" in page
