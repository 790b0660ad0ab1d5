"""A citizen's way through the machine interface, and everything that can be wrong on it."""

import io
import json
from collections.abc import Iterator

import pytest

from chalicelib.domain.errors import Busy
from chalicelib.domain.journal import check_export, parse_export
from chalicelib.domain.services.words import Text
from tests.api import (
    ADMINISTRATOR,
    APPLICATION,
    BASE,
    CLERK,
    FOREIGNER,
    OWNER,
    PEOPLE,
    STRANGER,
    Answered,
    Api,
    logged,
    opened,
)
from tests.models import permanent_address, published

MISSING = "SZ-2026-999999-4"
MEGABYTE = 1024 * 1024


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    with opened(monkeypatch) as api:
        yield api


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    with logged() as text:
        yield text


def test_an_application_is_answered_with_a_receipt(api: Api) -> None:
    filed = api.file(key="k")
    assert filed.status == 201, filed
    said = filed.json
    number = said["number"]
    assert (said["status"], said["filed_at"]) == ("open", "2026-11-23T08:00:00.000Z")
    assert said["fee"] == {"amount": 256, "currency": "EUR"}
    assert said["deadline"]["provisional"] is True
    assert said["deadline"]["date"] == "2026-11-25"
    assert said["deadline"]["due"] == "2026-11-25T21:59:59.000Z"
    assert said["deadline"]["steps"][0]["code"] == "start-day-excluded"
    assert "срокът започва" in said["deadline"]["explanation"][0]
    assert said["links"]["self"] == f"{BASE}/api/v1/cases/{number}" == filed.headers["Location"]
    assert filed.headers["Cache-Control"] == "no-store"


def test_the_same_key_gets_the_same_answer_whatever_happened_since(api: Api) -> None:
    first = api.file(key="filing")
    number = api.paid()
    api.world.pass_time(days=1)
    again = api.file(key="filing")
    assert (again.status, again.json) == (201, first.json)
    assert again.json["number"] == number
    assert len(api.get("/cases", OWNER).json["items"]) == 1


def test_the_same_key_with_another_body_is_refused(api: Api) -> None:
    api.file(key="k")
    refused = api.file(key="k", tier="fast")
    assert (refused.status, refused.type) == (422, "idempotency-key-reused")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "idempotency-key-required"),
        ("", "idempotency-key-malformed"),
        ("x" * 129, "idempotency-key-malformed"),
        ("a b", "idempotency-key-malformed"),
        ("ключ", "idempotency-key-malformed"),
        ("a\x7f", "idempotency-key-malformed"),
    ],
)
def test_a_key_must_be_there_and_usable(api: Api, key: str | None, code: str) -> None:
    refused = api.post("/cases", OWNER, APPLICATION, key)
    assert (refused.status, refused.type) == (400, code)


def test_the_longest_key_is_taken(api: Api) -> None:
    assert api.file(key="~" * 128).status == 201


BODIES = {
    "nothing": (b"", 400),
    "no JSON": (b"{", 400),
    "not UTF-8": ('{"tier": "\xd0"}'.encode("latin-1"), 400),
    "a list": (b"[]", 400),
    "a name twice": (b'{"tier": "regular", "tier": "fast"}', 400),
    "NaN": (b'{"answers": {"a": NaN}}', 400),
    "infinity": (b'{"answers": {"a": 1e999}}', 400),
    "a huge integer": (b'{"answers": {"a": 9007199254740993}}', 400),
    "an endless integer": (b'{"answers": {"a": ' + b"9" * 5000 + b"}}", 400),
    "half a character": (b'{"answers": {"purpose": "\\ud800"}}', 400),
    "half a character as a name": (b'{"\\ud800": 1}', 400),
    "deep lists": (b'{"answers": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}", 400),
    "a little too deep": (b'{"answers": {"a": ' + b"[" * 20 + b"]" * 20 + b"}}", 400),
    "a megabyte": (b'{"tier": "' + b"a" * MEGABYTE + b'"}', 413),
}


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=BODIES)
def test_a_body_that_cannot_be_read(api: Api, body: bytes, status: int) -> None:
    refused = api.post("/cases", OWNER, body or None, "k", Content_Type="application/json")
    assert (refused.status, refused.type) == (
        status,
        {400: "malformed", 413: "too-large"}[status],
    )
    assert not api.get("/cases", OWNER).json["items"]


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "application/xml", "", "*/*", "я"],
)
def test_a_body_of_another_kind(api: Api, kind: str) -> None:
    refused = api.post("/cases", OWNER, APPLICATION, "k", Content_Type=kind)
    assert (refused.status, refused.type) == (415, "unsupported-media-type")


def test_a_charset_is_no_other_kind(api: Api) -> None:
    taken = api.post(
        "/cases", OWNER, APPLICATION, "k", Content_Type="Application/JSON; charset=utf-8"
    )
    assert taken.status == 201


def _answers(**changes: object) -> dict[str, object]:
    return {"answers": {**APPLICATION["answers"], **changes}}


WRONG: dict[str, tuple[dict[str, object], dict[str, str]]] = {
    "an answer is missing": ({"answers": {"truth": True}}, {"answers.purpose": "required"}),
    "no answers": ({"answers": {}}, {"answers.purpose": "required", "answers.truth": "required"}),
    "too long": (
        _answers(purpose="other", purpose_other="x" * 201),
        {"answers.purpose_other": "too-long"},
    ),
    "not asked": (_answers(status="paid"), {"answers.status": "not-asked"}),
    "not offered": (_answers(purpose="pub"), {"answers.purpose": "not-offered"}),
    "NUL": (
        _answers(purpose="other", purpose_other="a\x00bc"),
        {"answers.purpose_other": "characters"},
    ),
    "turned round": (
        _answers(purpose="other", purpose_other="a\u202ebc"),
        {"answers.purpose_other": "characters"},
    ),
    "a number for a text": (_answers(purpose=1), {"answers.purpose": "wrong-type"}),
    "a false declaration": (_answers(truth=False), {"answers.truth": "must-accept"}),
    "no e-mail": (_answers(email="a@b"), {"answers.email": "format.email"}),
    "answers are a list": ({"answers": []}, {"answers": "wrong-type"}),
    "unknown tier": ({"tier": "express"}, {"tier": "unknown-tier"}),
    "unknown delivery": ({"delivery": "mail"}, {"delivery": "no-such-delivery-for-tier"}),
    "unknown language": ({"language": "de"}, {"language": "not-offered"}),
    "null": ({"tier": None}, {"tier": "wrong-type"}),
    "over-long": ({"tier": "x" * 33}, {"tier": "too-long"}),
    "a price of one's own": ({"fee": 0}, {"fee": "not-asked"}),
    "a channel of one's own": ({"channel": "counter"}, {"channel": "not-asked"}),
}


@pytest.mark.parametrize(("changes", "faults"), WRONG.values(), ids=WRONG)
def test_every_fault_is_named(api: Api, changes: dict[str, object], faults: dict[str, str]) -> None:
    refused = api.post("/cases", OWNER, {**APPLICATION, **changes}, "k")
    assert (refused.status, refused.type) == (422, "invalid")
    assert refused.faults == faults
    assert all(fault["detail"] for fault in refused.json["errors"])
    assert not api.get("/cases", OWNER).json["items"]


def test_a_body_without_anything_names_all_that_is_missing(api: Api) -> None:
    refused = api.post("/cases", OWNER, {}, "k")
    assert refused.faults == dict.fromkeys(("service", "tier", "delivery", "answers"), "required")


def test_a_name_is_what_sign_in_says(api: Api) -> None:
    body = {**APPLICATION, **_answers(names="Somebody Else")}
    number = api.post("/cases", OWNER, body, "k").json["number"]
    assert api.get(f"/cases/{number}", OWNER).json["answers"]["names"] == PEOPLE[OWNER].name


@pytest.mark.parametrize("service", ["nothing", "", "\x00", "../../x", "PERMANENT-ADDRESS"])
def test_an_unknown_service(api: Api, service: str) -> None:
    refused = api.file(service=service)
    assert (refused.status, refused.type) == (404, "not-found")


def test_a_closed_service(api: Api) -> None:
    closed = {"status": "closed", "closed_because": Text(bg="Ремонт", en="Repairs")}
    model = permanent_address().model_copy(update=closed)
    api.world.services.publish(published(model, version=2), after=1)
    refused = api.file()
    assert (refused.status, refused.type) == (409, "service-closed")


@pytest.mark.parametrize("who", [CLERK, ADMINISTRATOR, "bad-egn", "no-egn"])
def test_only_citizens_apply(api: Api, who: str) -> None:
    refused = api.post("/cases", who, APPLICATION, "k")
    assert refused.status == 403


def test_an_invalid_egn_is_told_from_another_role(api: Api) -> None:
    assert api.post("/cases", "bad-egn", APPLICATION, "k").type == "egn-invalid"
    assert api.post("/cases", CLERK, APPLICATION, "k").type == "forbidden"


@pytest.mark.parametrize(
    ("header", "challenge"),
    [
        ({}, 'Bearer realm="zagora"'),
        ({"Authorization": "Bearer nobody"}, 'Bearer realm="zagora", error="invalid_token"'),
        ({"Authorization": "Basic owner"}, 'Bearer realm="zagora", error="invalid_token"'),
        ({"Authorization": "owner"}, 'Bearer realm="zagora", error="invalid_token"'),
        ({"Cookie": "zagora=owner"}, 'Bearer realm="zagora"'),
    ],
)
def test_who_does_not_say_who_they_are(api: Api, header: dict[str, str], challenge: str) -> None:
    number = api.filed()
    for path in ("/cases", f"/cases/{number}", f"/cases/{MISSING}", "/worklist"):
        refused = api.get(path, **header)
        assert (refused.status, refused.type) == (401, "not-signed-in")
        assert refused.headers["WWW-Authenticate"] == challenge


def _same(one: Answered, other: Answered) -> bool:
    return (one.status, one.body) == (other.status, other.body)


@pytest.mark.parametrize("who", [STRANGER, FOREIGNER])
@pytest.mark.parametrize("part", ["", "/journal"])
def test_anothers_case_is_as_good_as_missing(api: Api, who: str, part: str) -> None:
    number = api.filed()
    refused = api.get(f"/cases/{number}{part}", who)
    assert (refused.status, refused.type) == (404, "not-found")
    for missing in (MISSING, "nonsense", "SZ-2026-000001-9", "SZ-2026-" + "1" * 3000 + "-1"):
        assert _same(refused, api.get(f"/cases/{missing}{part}", who))


def test_an_applicants_case(api: Api) -> None:
    number = api.paid()
    said = api.get(f"/cases/{number}", OWNER, Accept_Language="en").json
    assert said["status"] == "open"
    assert said["phase"]["id"] == "examination"
    assert said["payment"]["status"] == "paid"
    assert said["deadline"]["provisional"] is False
    assert "the term begins" in said["deadline"]["explanation"][0]
    assert said["applicant"] == {"name": PEOPLE[OWNER].name, "egn": PEOPLE[OWNER].egn}
    assert said["answers"]["purpose"] == "bank"
    assert api.get(f"/cases/{number}", OWNER).headers["Cache-Control"] == "no-store"


def test_an_official_looks_and_it_is_journalled(api: Api) -> None:
    number = api.paid()
    assert api.get(f"/cases/{number}", CLERK).json["applicant"]["egn"] == PEOPLE[OWNER].egn
    case = api.world.cases.find(number)
    last = api.world.cases.journal(case.id)[-1]
    assert (last.event, last.actor.id) == ("personal-data-viewed", PEOPLE[CLERK].sub)
    assert last.data["purpose"]


def test_cases_come_in_pages(api: Api) -> None:
    numbers = [api.file(key=f"k{i}").json["number"] for i in range(60)]
    seen, path = [], "/cases"
    for _ in range(10):
        page = api.get(path, OWNER).json
        seen += [item["number"] for item in page["items"]]
        if page["next"] is None:
            break
        path = f"/cases?cursor={page['next']}"
    assert sorted(seen) == sorted(numbers)
    assert not api.get("/cases", STRANGER).json["items"]


@pytest.mark.parametrize("cursor", ["x", "-1", "%00", "ж", "9" * 400])
def test_a_cursor_of_no_list(api: Api, cursor: str) -> None:
    refused = api.get(f"/cases?cursor={cursor}", OWNER)
    assert refused.status in {200, 422}
    if refused.status == 422:
        assert refused.faults == {"cursor": "not-a-cursor"}


def test_officials_have_no_cases(api: Api) -> None:
    assert api.get("/cases", CLERK).status == 403


def test_the_journal_can_be_checked_by_anybody(api: Api) -> None:
    number = api.issued()
    exported = api.get(f"/cases/{number}/journal", OWNER)
    journal = parse_export(exported.body)
    claims = api.world.verifier(journal.head, api.world.attestation.keys())
    check_export(journal, claims)
    assert journal.openings
    assert api.get("/keys").json == api.world.attestation.keys()


def test_an_officials_journal_opens_nothing(api: Api) -> None:
    number = api.issued()
    exported = api.get(f"/cases/{number}/journal", CLERK)
    assert exported.json["openings"] == {}
    assert str(PEOPLE[OWNER].egn) not in exported.body.decode()


def test_paying_begins_with_the_operators_form(api: Api) -> None:
    number = api.filed()
    started = api.post(f"/cases/{number}/payments", OWNER, {"operator": "epay"}, "p")
    assert started.status == 201
    assert started.json["url"] == "https://epay.example/"
    assert started.json["method"] == "POST"
    assert {"PAGE", "ENCODED", "CHECKSUM"} <= started.json["fields"].keys()
    assert started.json["amount"] == {"amount": 256, "currency": "EUR"}
    again = api.post(f"/cases/{number}/payments", OWNER, {"operator": "epay"}, "p")
    assert _same(started, again)


def test_paying_is_refused(api: Api) -> None:
    number = api.filed()
    place = f"/cases/{number}/payments"
    body = {"operator": "epay"}
    assert api.post(place, OWNER, body).type == "idempotency-key-required"
    assert api.post(place, OWNER, {"operator": "x"}, "k").faults == {"operator": "not-offered"}
    assert api.post(place, CLERK, body, "k").status == 403
    assert api.post(place, STRANGER, body, "k").status == 404
    assert api.post(place, OWNER, body, "filing").type == "idempotency-key-reused"
    api.world.pass_time(days=8)
    assert api.post(place, OWNER, body, "late").type == "nothing-owed"


def test_what_is_paid_is_owed_no_more(api: Api) -> None:
    number = api.paid()
    refused = api.post(f"/cases/{number}/payments", OWNER, {"operator": "epay"}, "again")
    assert (refused.status, refused.type) == (409, "nothing-owed")


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "There is no such thing"), ("bg", "Няма такова нещо"), ("", "Няма такова нещо")],
)
def test_problems_are_said_in_the_callers_language(api: Api, language: str, title: str) -> None:
    refused = api.get(f"/cases/{MISSING}", OWNER, Accept_Language=language)
    assert refused.json["title"] == title
    assert refused.headers["Content-Language"] == (language or "bg")


def test_throttling_is_said_so(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise Busy(table="secret-table")

    monkeypatch.setattr(api.world.cases, "save", busy)
    refused = api.file()
    assert (refused.status, refused.type) == (503, "busy")
    assert refused.headers["Retry-After"] == "5"
    assert b"secret-table" not in refused.body


def test_a_fault_of_ours_tells_nothing(
    api: Api, logs: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("secret")

    monkeypatch.setattr(api.world.cases, "save", broken)
    refused = api.file()
    assert (refused.status, refused.type) == (500, "error")
    for told in (refused.body.decode(), logs.getvalue()):
        assert "secret" not in told
        assert "KeyError" not in refused.body.decode()
        assert "memory.py" not in refused.body.decode()


@pytest.mark.parametrize(
    ("given", "kept"), [("order-12345678", True), ("x", False), ("a b c d e f g", False)]
)
def test_a_sane_correlation_id_is_kept(api: Api, logs: io.StringIO, given: str, kept: bool) -> None:
    answer = api.get("/cases", OWNER, X_Correlation_Id=given)
    assert (answer.headers["X-Correlation-Id"] == given) is kept
    lines = [json.loads(line) for line in logs.getvalue().splitlines()]
    assert {line["correlation_id"] for line in lines} == {answer.headers["X-Correlation-Id"]}


def test_the_log_names_the_case_and_no_person(api: Api, logs: io.StringIO) -> None:
    number = api.issued()
    api.get(f"/cases/{number}", CLERK)
    api.get(f"/cases/{number}", STRANGER)
    lines = logs.getvalue()
    assert f'"case_number":"{number}"' in lines
    claims = PEOPLE[OWNER]
    for personal in (claims.egn, *claims.name.split(), PEOPLE[CLERK].name):
        assert str(personal) not in lines


def test_what_changed_since_the_applicant_read_it_is_said(api: Api) -> None:
    """A fee that rose is agreed to, not found out."""
    data = permanent_address().model_dump(mode="json", exclude_none=True)
    data["fees"][0]["amount"]["amount"] += 100
    dearer = permanent_address().model_validate(data)
    api.world.services.publish(published(dearer, version=2), after=1)
    refused = api.post("/cases", OWNER, {**APPLICATION, "version": 1}, "k")
    assert refused.status == 422, refused
    (told,) = refused.json["errors"]
    assert (told["field"], told["code"]) == ("version", "service-changed")
    assert "3,56" in told["detail"]
    assert api.post("/cases", OWNER, {**APPLICATION, "version": 2}, "k").status == 201


def test_a_version_that_never_was(api: Api) -> None:
    refused = api.post("/cases", OWNER, {**APPLICATION, "version": 9}, "k")
    assert [one["field"] for one in refused.json["errors"]] == ["version"]
