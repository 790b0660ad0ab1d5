"""The part of the tutorial that needs a running stack, as somebody follows it."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from infra.local.caller import Caller
from tests.journeys import calling, walking
from tests.journeys.browsing import Visitor
from tests.journeys.stack import Stack, until
from tests.papers import text
from tests.tutorial import Step, run, save_model, steps

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.xdist_group("clock")]
TITLE = "Permit to fell or prune a tree"
ANSWERS = {"place": "12 Rose Street", "trees": 2, "work": "fell", "reason": "dead", "truth": True}


def follow(folder: Path, stack: Stack, *, begins: str) -> None:
    """The commands of the page that begin so."""
    for step in (one for one in steps() if one.command.startswith(begins)):
        _do(step, folder, stack)


def _do(step: Step, folder: Path, stack: Stack) -> None:
    done = run(step.command, folder, ZAGORA_LOCAL=str(stack.folder))
    assert done.returncode == 0, done
    # Which day it is then, nobody can write down; how it is written, the page shows.
    assert step.is_answered_by(done.stdout), (step, done)


def apply(citizen: Visitor) -> str:
    """Step 6; the number."""
    citizen.go("", "home")
    citizen.page.get_by_role("searchbox").fill("tree")
    citizen.press("Search", "search")
    citizen.follow(TITLE, "service")
    citizen.press("Start", "sign-in-first")
    citizen.button("Go to electronic identification").click()
    citizen.sign_in("form")
    citizen.page.get_by_label("Address of the land").fill("12 Rose Street")
    citizen.page.get_by_label("Number of trees").fill("2")
    citizen.page.get_by_role("radio", name="Prune").check()
    citizen.page.get_by_role("radio", name="Something else").check()
    citizen.page.get_by_label("Say why").fill("It takes the light")
    citizen.page.get_by_label("I declare").check()
    citizen.press("Continue", "check")
    number = walking.send(citizen)
    citizen.press("Pay the fee", "payment")
    citizen.press("Continue to payment", "hand-over")
    citizen.press("Go to %(operator)s", "operator", operator="ePay.bg")
    citizen.page.locator("button[value=pay]").click()
    citizen.press("To the case", "case-paid")
    return number


def decide(official: Visitor, number: str) -> None:
    """Step 7, from the worklist on."""
    until(lambda: again(official, number), "the task is in the worklist")
    official.follow(number, "why")
    official.press("Open the case", "case-unclaimed")
    official.press("Take the task", "case-claimed")
    official.press("Decide", "decide")
    official.page.get_by_label("The trees were looked at on the spot").check()
    official.page.get_by_role("radio", name="Permission").check()
    official.page.get_by_label("Facts").fill("The branches hang over the pavement.")
    official.press("Decide", "decided")


def again(who: Visitor, said: str) -> bool:
    who.page.reload()
    return said in who.read()


def test_a_thirteenth_service_is_published_used_and_changed(
    ahead: Stack, browser: "Browser", tmp_path: Path
) -> None:
    save_model(tmp_path)
    first, second = (one for one in steps() if one.command.startswith("zagora publish"))
    _do(first, tmp_path, ahead)
    citizen = Visitor(ahead, browser, "citizen1", "en")
    number = apply(citizen)
    official = Visitor(ahead, browser, "green", "en")
    official.page.goto(f"{ahead.portal}/en/office")
    official.sign_in("worklist")
    decide(official, number)
    until(lambda: again(citizen, "Permit for trees"), "the permit is there")

    with Caller(ahead.endpoints, "citizen1") as caller:
        body = {**calling.APPLICATION, "service": "tree-permit", "answers": ANSWERS}
        paid, unpaid = (
            str(calling.ok(caller.post("/cases", body, calling.key()), 201)["number"]) for _ in "12"
        )
        started, payer = calling.checkout(caller, paid), calling.payer(caller)
        payer.press(payer.arrive(started), "pay")
        calling.await_phase(caller, paid, "inspection")
        follow(tmp_path, ahead, begins="zagora clock")
        calling.await_end(caller, unpaid, "unpaid")
        citizen.page.goto(f"{ahead.portal}/en/cases/{unpaid}")
        assert "Closed: not paid in time" in citizen.read()
        official.page.goto(f"{ahead.portal}/en/office")
        until(lambda: again(official, "With the head of unit"), "it was passed on")
        row = official.page.get_by_role("row").filter(has_text=paid)
        assert "Late" in row.inner_text()
        decide(official, paid)
        case = calling.await_end(caller, paid, "issued")
        link = calling.ok(caller.get(f"/documents/{case['documents'][0]['id']}"))["url"]
        assert "при преместен часовник" in " ".join(text(caller.http.get(link).content).split())

    follow(tmp_path, ahead, begins="mkdir -p build/new")
    follow(tmp_path, ahead, begins="sed 's/amount")
    _do(second, tmp_path, ahead)
    citizen.go("/services/tree-permit", "service-changed")
    assert "€6.00" in citizen.read()
    citizen.leave()
    official.leave()
