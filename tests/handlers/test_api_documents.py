"""Documents, services and descriptions through the machine interface."""

from collections.abc import Iterator

import pytest
from jsonschema import Draft202012Validator

from chalicelib.domain.documents import Issuance
from tests.api import ADMINISTRATOR, BASE, CLERK, FOREIGNER, OWNER, PEOPLE, STRANGER, Api, opened

MISSING = "0" * 26


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    with opened(monkeypatch) as api:
        yield api


def document(api: Api) -> str:
    """The id of an issued certificate."""
    number = api.issued()
    return str(api.get(f"/cases/{number}", OWNER).json["documents"][0]["id"])


def token(api: Api, id_: str) -> str:
    """The statement in its QR code."""
    record = api.world.records.document(id_)  # type: ignore[arg-type]  # an id by its text
    assert record is not None
    issued = api.world.cases.load(record.case).documents[0]
    stated = Issuance(
        document=issued.id,
        number=record.number,
        template=issued.template,
        issued=api.world.calendar.local_date(issued.issued_at),
        issuer=api.world.administration.code,
    )
    return api.world.attestation.sign(stated.claims())


def test_a_link_for_those_who_may_read(api: Api) -> None:
    id_ = document(api)
    for who in (OWNER, CLERK):
        link = api.get(f"/documents/{id_}", who)
        assert link.status == 200
        assert link.json["expires_at"] == "2026-11-23T08:02:00.000Z"
        assert link.json["url"].startswith("memory://documents/")
    for who in (STRANGER, FOREIGNER):
        assert api.get(f"/documents/{id_}", who).body == api.get(f"/documents/{MISSING}", who).body
    assert api.get(f"/documents/{id_}", ADMINISTRATOR).status == 403
    assert api.get(f"/documents/{id_}").status == 401


@pytest.mark.parametrize("id_", ["x", "0" * 27, "%00", "й" * 26, "0" * 5000])
def test_what_can_be_no_document(api: Api, id_: str) -> None:
    assert api.get(f"/documents/{id_}", OWNER).status == 404
    assert api.get(f"/documents/{id_}/verification").status == 404


def test_anybody_checks_a_document(api: Api) -> None:
    id_ = document(api)
    found = api.get(f"/documents/{id_}/verification")
    assert found.json["verdict"] == "genuine"
    assert found.json["issued_on"] == "2026-11-23"
    assert found.json["kind"] == "result"
    for personal in (PEOPLE[OWNER].egn, *PEOPLE[OWNER].name.split(), PEOPLE[CLERK].name):
        assert str(personal) not in found.body.decode()
    assert api.get(f"/documents/{MISSING}/verification").json["verdict"] == "unknown"


def test_a_file_is_compared(api: Api) -> None:
    id_ = document(api)
    place = f"/documents/{id_}/verification"
    digest = api.get(place).json["digest"]
    assert api.get(f"{place}?digest={digest.upper()}").json["file"] == "same"
    assert api.get(f"{place}?digest={'0' * 64}").json["file"] == "different"
    assert api.get(f"{place}?digest=x").faults == {"digest": "pattern"}


def test_the_token_of_the_code(api: Api) -> None:
    id_ = document(api)
    stated = token(api, id_)
    assert api.get(f"/verification?token={stated}").json["verdict"] == "genuine"
    assert api.get(f"/documents/{id_}/verification?token={stated}").json["verdict"] == "genuine"
    other = api.get(f"/documents/{MISSING}/verification?token={stated}")
    assert other.json["verdict"] == "forged"
    for changed in (stated[:-2] + "AA", "x", "a.b.c", "%00"):
        assert api.get(f"/verification?token={changed}").json == {
            **dict.fromkeys(other.json),
            "verdict": "forged",
        }
    assert api.get("/verification").faults == {"token": "required"}


def test_services_are_public(api: Api) -> None:
    listed = api.get("/services").json
    assert listed["next"] is None
    assert [item["code"] for item in listed["items"]] == ["permanent-address"]
    said = api.get("/services/permanent-address").json
    assert said["form"]["schema"]["required"] == ["names", "purpose", "truth"]
    assert said["fees"][0]["amount"] == {"amount": 256, "currency": "EUR"}
    assert said["fees"][0]["term"] == {"amount": 2, "unit": "working-days"}
    assert said["deliveries"][0]["id"] == "portal"
    assert said["term_begins"] == "paid"
    for unknown in ("nothing", "x" * 3000, "%00", ".."):
        assert api.get(f"/services/{unknown}").status == 404


def test_it_says_that_it_lives(api: Api) -> None:
    assert api.get("/health").json == {"status": "ok", "version": "1.2.3"}


def test_the_keys_are_public(api: Api) -> None:
    found = api.get("/keys")
    assert found.json == api.world.attestation.keys()
    assert "max-age" in found.headers["Cache-Control"]
    well_known = api.client.http.get("/.well-known/jwks.json")
    assert well_known.body == found.body


def test_the_description_is_right_and_whole(api: Api) -> None:
    described = api.get("/openapi.json")
    assert described.headers["Access-Control-Allow-Origin"] == "*"
    for schema in described.json["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    assert described.json["servers"] == [{"url": f"{BASE}/api/v1"}]
    said = {
        (path, method.upper())
        for path, methods in described.json["paths"].items()
        for method in methods
    }
    routes = {
        (path.removeprefix("/api/v1"), method)
        for path, methods in api.client._app.routes.items()
        for method in methods
        if path.startswith("/api/v1/") and path != "/api/v1/openapi.json"
    }
    assert said == routes
