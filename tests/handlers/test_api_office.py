"""The office through the machine interface: who may act, and what comes too late."""

from collections.abc import Iterator

import pytest

from chalicelib.domain.errors import RegisterUnavailable
from tests.api import (
    ADMINISTRATOR,
    CHIEF,
    CLERK,
    FOREIGNER,
    OTHER_CLERK,
    OWNER,
    PEOPLE,
    STRANGER,
    Api,
    opened,
)

MISSING = "SZ-2026-999999-4"
APPROVAL = {"outcome": "approve"}
REFUSAL = {"outcome": "refuse", "facts": "Няма адрес.", "grounds": "чл. 90 ЗГР"}
CLAIM = {"action": "claim"}


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    with opened(monkeypatch) as api:
        yield api


def events(api: Api, number: str) -> list[str]:
    """The kinds of the journal's entries."""
    exported = api.get(f"/cases/{number}/journal", OWNER).json
    return [entry["event"] for entry in exported["entries"]]


def test_the_worklist_names_tasks_and_no_citizens(api: Api) -> None:
    number = api.paid()
    listed = api.get("/worklist", CLERK)
    task = listed.json["items"][0]
    assert (task["number"], task["phase"]["id"], task["late"]) == (number, "examination", False)
    assert listed.json["next"] is None
    for personal in (PEOPLE[OWNER].egn, PEOPLE[OWNER].name):
        assert str(personal) not in listed.body.decode()
    api.world.pass_time(days=3)
    assert api.get("/worklist", CHIEF).json["items"][0]["late"] is True
    assert api.get("/worklist", FOREIGNER).json["items"] == []


def test_claiming_and_giving_back(api: Api) -> None:
    number = api.paid()
    place = f"/cases/{number}/assignments"
    claimed = api.post(place, CLERK, CLAIM)
    assert (claimed.status, claimed.json["assignee"]) == (200, PEOPLE[CLERK].name)
    assert api.post(place, CLERK, CLAIM).status == 200
    for action in ("claim", "release"):
        refused = api.post(place, OTHER_CLERK, {"action": action})
        assert (refused.status, refused.type) == (409, "claimed-by-another")
    released = api.post(place, CHIEF, {"action": "release", "phase": "examination"})
    assert released.json["assignee"] is None
    assert events(api, number).count("task-claimed") == 1


def test_another_phase_than_was_seen(api: Api) -> None:
    number = api.claimed()
    for part, body in (
        ("assignments", {"action": "release", "phase": "payment"}),
        ("decisions", {**APPROVAL, "phase": "payment"}),
    ):
        assert api.post(f"/cases/{number}/{part}", CLERK, body).type == "not-possible"


def test_what_does_not_wait_for_an_official(api: Api) -> None:
    number = api.filed()
    refused = api.post(f"/cases/{number}/assignments", CLERK, CLAIM)
    assert (refused.status, refused.type) == (409, "not-possible")


def test_a_decision_is_made_once(api: Api) -> None:
    number = api.claimed()
    place = f"/cases/{number}/decisions"
    decided = api.post(place, CLERK, APPROVAL, "d")
    assert (decided.status, decided.json["outcome"]) == (200, "approve")
    api.settle(number)
    again = api.post(place, CLERK, APPROVAL, "d")
    assert (again.status, again.body) == (200, decided.body)
    assert api.post(place, CLERK, REFUSAL, "d").type == "idempotency-key-reused"
    late = api.post(place, CLERK, APPROVAL)
    assert (late.status, late.type) == (409, "not-possible")
    assert events(api, number).count("document-issued") == 1


def test_two_officials_decide(api: Api) -> None:
    number = api.claimed()
    stale = api.post(f"/cases/{number}/decisions", OTHER_CLERK, APPROVAL)
    assert (stale.status, stale.type) == (409, "claimed-by-another")
    unclaimed = api.post(f"/cases/{number}/assignments", CLERK, {"action": "release"})
    assert unclaimed.status == 200
    assert api.post(f"/cases/{number}/decisions", CLERK, APPROVAL).type == "not-claimed"


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {"outcome": "required"}),
        ({"outcome": "burn"}, {"outcome": "not-offered"}),
        ({"outcome": "refuse"}, {"facts": "required", "grounds": "required"}),
        ({**REFUSAL, "facts": " \n"}, {"facts": "required"}),
        ({**REFUSAL, "facts": "x" * 5001}, {"facts": "too-long"}),
        ({**REFUSAL, "facts": "a\x00"}, {"facts": "characters"}),
        ({**REFUSAL, "grounds": "a\u202e"}, {"grounds": "characters"}),
        ({**APPROVAL, "assignee": "me"}, {"assignee": "not-asked"}),
        ({**APPROVAL, "facts": 1}, {"facts": "wrong-type"}),
    ],
)
def test_every_fault_of_a_decision_is_named(
    api: Api, body: dict[str, object], faults: dict[str, str]
) -> None:
    number = api.claimed()
    refused = api.post(f"/cases/{number}/decisions", CLERK, body)
    assert (refused.status, refused.faults) == (422, faults)
    assert "phase-ended" in events(api, number)  # the payment's, and no other
    assert events(api, number).count("phase-ended") == 1


def test_a_refusal_says_why_to_the_applicant(api: Api) -> None:
    number = api.claimed()
    assert api.post(f"/cases/{number}/decisions", CLERK, REFUSAL).status == 200
    api.settle(number)
    said = api.get(f"/cases/{number}", OWNER).json
    assert said["status"] == "refused"
    assert said["decision"] == {"facts": REFUSAL["facts"], "grounds": REFUSAL["grounds"]}
    assert [document["kind"] for document in said["documents"]] == ["refusal"]


ACTS = [
    ("assignments", CLAIM),
    ("decisions", APPROVAL),
    ("retries", None),
]


@pytest.mark.parametrize(("part", "body"), ACTS)
@pytest.mark.parametrize(
    ("who", "status"),
    [(OWNER, 403), (STRANGER, 403), (None, 401), (FOREIGNER, 404), (ADMINISTRATOR, 403)],
)
def test_the_wrong_role_learns_nothing(
    api: Api, part: str, body: object, who: str | None, status: int
) -> None:
    number = api.paid()
    if part == "retries":
        status = {FOREIGNER: 403, ADMINISTRATOR: 409}.get(str(who), status)
    refused = api.post(f"/cases/{number}/{part}", who, body)
    assert refused.status == status
    if who != ADMINISTRATOR:
        missing = api.post(f"/cases/{MISSING}/{part}", who, body)
        assert (missing.status, missing.body) == (refused.status, refused.body)
    assert "task-claimed" not in events(api, number)


@pytest.mark.parametrize("path", ["/worklist", "/exceptions"])
@pytest.mark.parametrize("who", [OWNER, STRANGER])
def test_lists_of_the_office_are_the_offices(api: Api, path: str, who: str) -> None:
    assert api.get(path, who).type == "forbidden"


def test_the_exception_desk(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object) -> None:
        raise RegisterUnavailable(source="uscrasp")

    number = api.claimed()
    with monkeypatch.context() as broken:
        broken.setattr(api.world.population, "permanent_address", down)
        api.post(f"/cases/{number}/decisions", CLERK, APPROVAL)
        api.settle(number)
    for who in (CHIEF, ADMINISTRATOR):
        assert [item["number"] for item in api.get("/exceptions", who).json["items"]] == [number]
    assert api.get("/exceptions", CLERK).status == 403
    said = api.get(f"/cases/{number}", OWNER).json
    assert (said["trouble"]["source"], said["trouble"]["state"]) == ("uscrasp", "desk")
    assert api.post(f"/cases/{number}/retries", CLERK).status == 403
    assert api.post(f"/cases/{number}/retries", CHIEF).json["trouble"]["state"] == "again"
    api.settle(number)
    assert api.get(f"/cases/{number}", OWNER).json["status"] == "issued"
    assert api.post(f"/cases/{number}/retries", CHIEF).type == "not-possible"
