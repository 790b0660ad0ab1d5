"""The same story and its wrong turns through the machine interface."""

import hashlib
from collections.abc import Iterator

import pytest

from infra.local.caller import Caller
from tests.journeys import calling
from tests.journeys.calling import APPLICATION, ok
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("stack")]


@pytest.fixture
def other(stack: Stack) -> Iterator[Caller]:
    """Another citizen's program."""
    with Caller(stack.endpoints, "citizen2") as caller:
        yield caller


@pytest.fixture
def colleague(stack: Stack) -> Iterator[Caller]:
    """Another registrar's."""
    with Caller(stack.endpoints, "registrar2") as caller:
        yield caller


def test_from_application_to_checked_document(citizen: Caller, registrar: Caller) -> None:
    with Caller(citizen.endpoints) as anybody:
        offered = ok(anybody.get("/services/permanent-address"))
        assert [fee["amount"] for fee in offered["fees"]] == [
            {"amount": 256, "currency": "EUR"},
            {"amount": 512, "currency": "EUR"},
        ]
        number = calling.file(citizen)
        calling.pay(citizen, number)
        tasks = ok(registrar.get("/worklist"))["items"]
        assert number in [task["number"] for task in tasks]
        calling.decide(registrar, number)
        case = calling.await_end(citizen, number)
        (document,) = case["documents"]
        link = ok(citizen.get(f"/documents/{document['id']}"))
        pdf = citizen.http.get(link["url"]).content
        digest = hashlib.sha256(pdf).hexdigest()
        assert digest == document["digest"]
        checked = ok(anybody.get(f"/documents/{document['id']}/verification", digest=digest))
        assert (checked["verdict"], checked["file"]) == ("genuine", "same")
        assert number in [one["number"] for one in ok(citizen.get("/cases"))["items"]]
        assert ok(citizen.get(f"/cases/{number}/journal"))["number"] == number


def test_the_same_form_sent_twice_is_one_case(citizen: Caller) -> None:
    key = calling.key()
    first, second = (ok(citizen.post("/cases", APPLICATION, key), 201) for _ in range(2))
    assert first == second
    other_body = {**APPLICATION, "tier": "fast"}
    assert citizen.post("/cases", other_body, key).status_code == 422


def test_somebody_elses_case_is_not_there(
    citizen: Caller, other: Caller, registrar: Caller
) -> None:
    number = calling.file(citizen)
    missing = "SZ-2026-999999-1"
    for path in ("/cases/{}", "/cases/{}/journal"):
        answers = [other.get(path.format(one)) for one in (number, missing)]
        assert [answer.status_code for answer in answers] == [404, 404], path
    pay = {"operator": "epay"}
    assert other.post(f"/cases/{number}/payments", pay, calling.key()).status_code == 404
    # An official may not do what only the applicant does, nor the other way round.
    assert registrar.post(f"/cases/{number}/payments", pay, calling.key()).status_code == 403
    wanted = {"outcome": "approve", "phase": "examination"}
    assert citizen.post(f"/cases/{number}/decisions", wanted).status_code == 403
    assert citizen.get("/worklist").status_code == 403
    assert registrar.get("/exceptions").status_code == 403
    with Caller(citizen.endpoints) as anybody:
        assert anybody.get(f"/cases/{number}").status_code == 401


def test_of_two_officials_one_decides(
    citizen: Caller, registrar: Caller, colleague: Caller
) -> None:
    number = calling.file(citizen)
    calling.pay(citizen, number)
    claim = {"action": "claim", "phase": "examination"}
    ok(registrar.post(f"/cases/{number}/assignments", claim))
    assert colleague.post(f"/cases/{number}/assignments", claim).status_code == 409
    wanted = {"outcome": "approve", "phase": "examination"}
    path = f"/cases/{number}/decisions"
    assert colleague.post(path, wanted, calling.key()).status_code == 409
    ok(registrar.post(path, wanted, calling.key()))
    again = {**wanted, "outcome": "refuse", "facts": "…", "grounds": "…"}
    assert registrar.post(path, again, calling.key()).status_code == 409
    assert calling.await_end(citizen, number)["result"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"answers": {"purpose": "bank"}}, "answers.truth"),
        ({"answers": {"purpose": "moon", "truth": True}}, "answers.purpose"),
        ({"answers": {"purpose": "bank", "truth": True, "email": "a" * 300}}, "answers.email"),
        ({"tier": "yesterday"}, "tier"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    citizen: Caller, change: dict[str, object], field: str
) -> None:
    problem = ok(citizen.post("/cases", {**APPLICATION, **change}, calling.key()), 422)
    assert [one["field"] for one in problem["errors"]] == [field]


def test_a_megabyte_is_too_large(citizen: Caller) -> None:
    body = {**APPLICATION, "answers": {"purpose": "x" * 1_000_000}}
    assert citizen.post("/cases", body, calling.key()).status_code == 413
