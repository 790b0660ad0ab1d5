"""The staff in the browser and through the interface: absences, substitutes, given tasks."""

from collections.abc import Iterator

import pytest
from chalice.test import HTTPResponse

from chalicelib.domain.sessions import Ticket, form_token
from tests.api import CHIEF, CLERK, OTHER_CLERK, PEOPLE, Api, opened
from tests.browser import SESSION, Browser

ANA, PETAR = PEOPLE[OTHER_CLERK].sub, PEOPLE[CHIEF].sub
MARIA = PEOPLE[CLERK].sub
ABSENT = {"official": MARIA, "first": "2026-11-23", "last": "2026-11-27", "substitute": ANA}


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    with opened(monkeypatch) as api:
        yield api


def sign_in(api: Api, name: str) -> Browser:
    browser = Browser(api.client)
    browser.sign_in(api.world, PEOPLE[name])
    return browser


@pytest.fixture
def everybody(api: Api) -> dict[str, Browser]:
    """All have signed in: the staff knows them."""
    return {name: sign_in(api, name) for name in (CLERK, OTHER_CLERK, CHIEF)}


def send(browser: Browser, path: str, form: dict[str, str]) -> HTTPResponse:
    ticket = Ticket.parse(browser.cookies[SESSION])
    assert ticket is not None
    return browser.post(path, {**form, "_csrf": form_token(ticket)})


def announce(browser: Browser, **changes: str) -> tuple[int, str]:
    answer = send(browser, "/bg/office/staff/absences", {**ABSENT, **changes})
    return answer.status_code, answer.body.decode()


def test_an_absence_is_announced_seen_and_cancelled(
    api: Api, everybody: dict[str, Browser]
) -> None:
    maria = everybody[CLERK]
    assert announce(maria)[0] == 303
    page = maria.get("/bg/office/staff").body.decode()
    assert "Замества Ана" in page
    assert "23 ноември 2026" in page
    (member,) = (one for one in api.world.staff.members() if one.subject == MARIA)
    (absence,) = member.absences
    form = {"official": MARIA, "absence": absence.id}
    answer = send(maria, "/bg/office/staff/absences/cancel", form)
    assert answer.status_code == 303
    assert "Замества Ана" not in maria.get("/bg/office/staff").body.decode()


WRONG = [
    ({"first": ""}, "Първи ден"),
    ({"first": "31.02.2027"}, "Първи ден: напишете дата"),
    ({"last": "2026-11-20"}, "не може да е преди първия ден"),
    ({"substitute": MARIA}, "никой не замества сам себе си"),
    ({"substitute": "nobody"}, "изберете служител от звеното"),
]


@pytest.mark.parametrize(("changes", "said"), WRONG)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    everybody: dict[str, Browser], changes: dict[str, str], said: str
) -> None:
    status, page = announce(everybody[CLERK], **changes)
    assert status == 422
    assert said in page
    assert f'value="{ {**ABSENT, **changes}["last"] }"' in page


def test_dates_may_be_written_as_people_write_them(everybody: dict[str, Browser]) -> None:
    assert announce(everybody[CLERK], first="1.12.2026", last="02.12.2026 г."[:-3])[0] == 303


def test_the_head_gives_a_task_and_the_substitute_is_the_head_meanwhile(
    api: Api, everybody: dict[str, Browser]
) -> None:
    number = api.paid()
    refused = api.call(
        "POST", f"/cases/{number}/assignments", OTHER_CLERK, {"action": "assign", "official": MARIA}
    )
    assert refused.status == 403
    away = {**ABSENT, "official": PETAR}
    assert api.call("POST", "/absences", CHIEF, away).status == 201
    given = api.call(
        "POST", f"/cases/{number}/assignments", OTHER_CLERK, {"action": "assign", "official": MARIA}
    )
    assert (given.status, given.json["assignee"]) == (200, PEOPLE[CLERK].name)
    page = everybody[CHIEF].get("/bg/office/staff").body.decode()
    assert "Замества Ана" in page


def test_whom_nobody_knows_is_given_no_task(api: Api, everybody: dict[str, Browser]) -> None:
    number = api.paid()
    body = {"action": "assign", "official": "nobody"}
    answer = api.call("POST", f"/cases/{number}/assignments", CHIEF, body)
    assert (answer.status, answer.faults) == (422, {"official": "not-of-unit"})


def test_the_interface_tells_who_is_there(api: Api, everybody: dict[str, Browser]) -> None:
    announced = api.call("POST", "/absences", CLERK, ABSENT).json
    shown = {one["name"]: one for one in api.call("GET", "/staff", CLERK).json["items"]}
    assert {name: one["present"] for name, one in shown.items()} == {
        "Мария": False,
        "Ана": True,
        "Петър": True,
    }
    body = {"official": MARIA, "absence": announced["id"]}
    after = api.call("POST", "/absences/cancellations", CHIEF, body).json["items"]
    assert all(one["present"] for one in after)
    assert api.call("POST", "/absences", OTHER_CLERK, ABSENT).status == 403


def test_the_desk_shows_what_nobody_can_take(api: Api, everybody: dict[str, Browser]) -> None:
    number = api.paid()
    shown = everybody[CHIEF].get("/bg/office/desk").body.decode()
    assert "За всяка задача има служител" in shown
    for name in (CLERK, OTHER_CLERK, CHIEF):
        body = {**ABSENT, "official": PEOPLE[name].sub, "substitute": None}
        assert api.call("POST", "/absences", name, body).status == 201
    shown = everybody[CHIEF].get("/bg/office/desk").body.decode()
    assert number in shown
