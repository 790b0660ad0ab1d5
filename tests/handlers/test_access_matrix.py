"""Every route × every role × own, another's and no case at all. A route without a row fails.

A row says which answer each kind of person gets:
A nobody signed in · O the citizen whose case it is · S another citizen · C the registrar who has
the task · D another registrar of the unit · H the head of the unit · F a registrar of another
unit · M an administrator.

Whoever is refused learns nothing: the answer for a case that exists and for one that does not is
the same, to the letter.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from chalice.test import HTTPResponse

from chalicelib.adapters.population.demo import DemoPopulation
from chalicelib.domain.ids import CaseNumber, DocumentId
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.sessions import Ticket, form_token
from tests.api import (
    ADMINISTRATOR,
    APPLICATION,
    CHIEF,
    CLERK,
    FOREIGNER,
    OTHER_CLERK,
    OWNER,
    PEOPLE,
    STRANGER,
    Api,
    application,
    opened,
)
from tests.browser import SESSION, Browser
from tests.every_word import full
from tests.models import published
from tests.walker import Walker

WHO: dict[str, str | None] = {
    "A": None,
    "O": OWNER,
    "S": STRANGER,
    "C": CLERK,
    "D": OTHER_CLERK,
    "H": CHIEF,
    "F": FOREIGNER,
    "M": ADMINISTRATOR,
}
EVERYBODY = "".join(WHO)
SERVICE = "permanent-address"
MISSING = "SZ-2026-999999-4"
NO_DOCUMENT = "01kb2v8x5jq7n3m4p6r8s9t0vw"
REFUSED = (401, 403, 404)
LANGUAGE = re.compile(r"^/(bg|en)(?=/|$)")
# What differs between two answers that say the same.
NOISE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|Id=\S+|%2F|nonce-\S+"
)

Body = Mapping[str, Any] | None


@dataclass(frozen=True)
class Row:
    """`on` is the state of the case that the route is tried on."""

    method: str
    path: str
    answers: Mapping[int, str]
    on: str = "issued"
    body: Body = None
    remark: str = ""

    def expected(self, who: str) -> int:
        """The status for this kind of person."""
        found = [status for status, people in self.answers.items() if who in people]
        assert len(found) == 1, f"{self}: {who} stands {len(found)} times in the row"
        return found[0]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def public(method: str, path: str, status: int = 200, body: Body = None) -> Row:
    """For everybody."""
    return Row(method, path, {status: EVERYBODY}, body=body)


def own(path: str, on: str = "issued") -> Row:
    """The applicant's page; nobody else's, not even the officials'."""
    return Row("GET", path, {303: "A", 200: "O", 404: "S", 403: "CDHFM"}, on)


CITIZENS = {303: "A", 200: "OS", 403: "CDHFM"}
UNIT = {303: "A", 403: "OSM", 404: "F", 200: "CDH"}
DESK = {303: "A", 403: "OSCDF", 200: "HM"}
STAFF = {303: "A", 403: "OS", 200: "CDHFM"}
HEAD = {303: "A", 403: "OSCDFM", 200: "H"}
ONLY_HEAD = {401: "A", 403: "OSCDFM", 200: "H"}
OPINION = {"opinion": "roads", "says": "agrees"}
REASON = {"reason": "Чака се архивна справка"}
REOPENING = {"phase": "examination", "reason": "Решение на съда"}
CORRECTION = {"note": "Поправено", "answer.purpose": "bank", "answer.truth": "true"}
TO_HEAD = {"official": PEOPLE[CHIEF].sub}
ABSENCE = {"official": "nobody", "first": "2026-12-01", "last": "2026-12-02"}
CASE = "/cases/{number}"
OFFICE = "/office/cases/{number}"

PAGES = [
    public("GET", "/"),
    public("GET", "/services"),
    public("GET", "/services/{code}"),
    public("GET", "/accessibility"),
    public("GET", "/privacy"),
    public("GET", "/{proxy+}", 404),
    public("GET", "/verify"),
    public("GET", "/signed-out"),
    public("GET", "/signed-out/everywhere"),
    public("GET", "/signin", 303),
    Row("GET", "/signin/callback", {400: "A", 303: "OSCDHFM"}, remark="not begun here"),
    public("POST", "/signout", 303),
    public("POST", "/signout/everywhere", 303),
    Row("GET", "/services/{code}/apply", {200: "AOS", 403: "CDHFM"}, remark="A: how to sign in"),
    Row("POST", "/services/{code}/apply", {303: "A", 422: "OS", 403: "CDHFM"}, body={}),
    Row("GET", "/cases", CITIZENS),
    Row("GET", CASE, {303: "A", 200: "O", 404: "SCDHFM"}),
    own(f"{CASE}/receipt"),
    Row("GET", f"{CASE}/journal", {303: "A", 200: "O", 404: "SCDHFM"}),
    Row("GET", f"{CASE}/journal.json", {303: "A", 200: "OCDH", 404: "SFM"}),
    Row("GET", f"{CASE}/documents/{{document}}", {303: "AO", 404: "S", 403: "CDHFM"}),
    own(f"{CASE}/payment", on="filed"),
    Row(
        "POST",
        f"{CASE}/payment",
        {303: "A", 200: "O", 404: "S", 403: "CDHFM"},
        "filed",
        {"operator": "epay"},
    ),
    Row("GET", "/office", {303: "A", 403: "OSM", 200: "CDHF"}),
    Row("GET", OFFICE, UNIT),
    Row("POST", OFFICE, UNIT, body={"purpose": "examination"}),
    Row(
        "POST",
        f"{OFFICE}/claim",
        {303: "ACDH", 403: "OSM", 404: "F"},
        "paid",
        {"phase": "examination"},
    ),
    Row(
        "POST",
        f"{OFFICE}/release",
        {303: "ACH", 403: "OSM", 404: "F", 409: "D"},
        "claimed",
        {"phase": "examination"},
    ),
    Row(
        "GET", f"{OFFICE}/decide", {303: "A", 403: "OSM", 404: "F", 200: "C", 409: "DH"}, "claimed"
    ),
    Row(
        "POST",
        f"{OFFICE}/decide",
        {303: "AC", 403: "OSM", 404: "F", 409: "DH"},
        "claimed",
        {"phase": "examination", "outcome": "approve"},
    ),
    Row("GET", f"{CASE}/withdrawal", {303: "A", 200: "O", 404: "S", 403: "CDHFM"}, "examined"),
    Row("POST", f"{CASE}/withdrawal", {303: "AO", 404: "S", 403: "CDHFM"}, "examined"),
    Row("GET", f"{CASE}/correction", {303: "A", 200: "O", 404: "SCDHFM"}, "correcting"),
    Row("POST", f"{CASE}/correction", {303: "AO", 404: "SCDHFM"}, "correcting", CORRECTION),
    Row("GET", f"{OFFICE}/opinion", {303: "A", 403: "OSM", 404: "CDHF"}, "asked"),
    Row("POST", f"{OFFICE}/opinion", {303: "ACDH", 403: "OSM", 404: "F"}, "asked", OPINION),
    Row("GET", f"{OFFICE}/extension", HEAD, "examined"),
    Row("POST", f"{OFFICE}/extension", {303: "AH", 403: "OSCDFM"}, "examined", REASON),
    Row("GET", f"{OFFICE}/reopening", HEAD, "closed"),
    Row("POST", f"{OFFICE}/reopening", {303: "AH", 403: "OSCDFM"}, "closed", REOPENING),
    Row("GET", f"{OFFICE}/documents/{{document}}", {303: "ACDH", 403: "OSM", 404: "F"}),
    Row("GET", "/office/desk", DESK),
    Row("GET", "/office/staff", STAFF),
    Row("POST", "/office/staff/absences", {303: "A", 403: "OS", 422: "CDHFM"}, body={}),
    Row("POST", "/office/staff/absences/cancel", {303: "A", 403: "OS", 404: "CDHFM"}, body={}),
    Row("POST", f"{OFFICE}/assign", {303: "AH", 403: "OSCDFM"}, "paid", TO_HEAD),
    Row("GET", "/office/clock", {303: "A", 403: "OSCDHF", 200: "M"}),
    Row("POST", "/office/clock", {303: "AM", 403: "OSCDHF"}, body={"to": "+1 day"}),
    Row("POST", f"{OFFICE}/retry", {303: "AHM", 403: "OSCDF"}, "at the desk"),
]

API = "/api/v1"
INTERFACE = [
    public("GET", f"{API}/services"),
    public("GET", f"{API}/services/{{code}}"),
    public("GET", f"{API}/documents/{{id}}/verification"),
    public("GET", f"{API}/verification", 422),
    public("GET", f"{API}/keys"),
    public("GET", f"{API}/openapi.json"),
    public("GET", "/health"),
    public("GET", "/.well-known/jwks.json"),
    Row("POST", f"{API}/cases", {401: "A", 201: "OS", 403: "CDHFM"}, body=APPLICATION),
    Row("GET", f"{API}/cases", {401: "A", 200: "OS", 403: "CDHFM"}),
    Row("GET", f"{API}{CASE}", {401: "A", 200: "OCDH", 404: "SF", 403: "M"}),
    Row("GET", f"{API}{CASE}/journal", {401: "A", 200: "OCDH", 404: "SF", 403: "M"}),
    Row(
        "POST",
        f"{API}{CASE}/payments",
        {401: "A", 201: "O", 404: "S", 403: "CDHFM"},
        "filed",
        {"operator": "epay"},
    ),
    Row("GET", f"{API}/documents/{{id}}", {401: "A", 200: "OCDH", 404: "SF", 403: "M"}),
    Row("GET", f"{API}/worklist", {401: "A", 403: "OSM", 200: "CDHF"}),
    Row(
        "POST",
        f"{API}{CASE}/assignments",
        {401: "A", 403: "OSM", 404: "F", 200: "CDH"},
        "paid",
        {"action": "claim"},
    ),
    Row(
        "POST",
        f"{API}{CASE}/decisions",
        {401: "A", 403: "OSM", 404: "F", 200: "C", 409: "DH"},
        "claimed",
        {"outcome": "approve"},
    ),
    Row(
        "POST",
        f"{API}{CASE}/corrections",
        {401: "A", 200: "O", 404: "S", 403: "CDHFM"},
        "correcting",
        {"note": "Поправено"},
    ),
    Row(
        "POST",
        f"{API}{CASE}/withdrawals",
        {401: "A", 200: "O", 404: "S", 403: "CDHFM"},
        "examined",
        {},
    ),
    Row(
        "POST",
        f"{API}{CASE}/opinions",
        {401: "A", 403: "OSM", 404: "F", 200: "CDH"},
        "asked",
        OPINION,
    ),
    Row("POST", f"{API}{CASE}/extensions", ONLY_HEAD, "examined", REASON),
    Row("POST", f"{API}{CASE}/reopenings", ONLY_HEAD, "closed", REOPENING),
    Row("GET", f"{API}/staff", {401: "A", 403: "OS", 200: "CDHFM"}),
    Row("POST", f"{API}/absences", {401: "A", 403: "OS", 404: "CDHFM"}, body=ABSENCE),
    Row(
        "POST",
        f"{API}/absences/cancellations",
        {401: "A", 403: "OS", 404: "CDHFM"},
        body={"official": "nobody", "absence": "none"},
    ),
    Row("GET", f"{API}/exceptions", {401: "A", 403: "OSCDF", 200: "HM"}),
    Row("POST", f"{API}{CASE}/retries", {401: "A", 403: "OSCDF", 200: "HM"}, "at the desk"),
]

# Who calls proves himself by the message's signature, not by who he is: tests/adapters and
# tests/handlers hold what is refused there.
SIGNED = {("POST", "/callbacks/epay")}


@dataclass
class Stage:
    """A world with one case in one state, and a browser for each person."""

    api: Api
    number: CaseNumber
    document: DocumentId
    browsers: dict[str, Browser] = field(default_factory=dict)

    def ask(self, row: Row, who: str, *, missing: bool = False) -> HTTPResponse:
        """The answer to one kind of person about this case, or about one that does not exist."""
        document = NO_DOCUMENT if missing else self.document
        path = row.path.format(
            code=SERVICE,
            number=MISSING if missing else self.number,
            document=document,
            id=document,
            **{"proxy+": "nothing"},
        )
        if row in PAGES or row.method == "HEAD":
            return self._visit(row, path, who)
        return self._call(row, path, {"Authorization": f"Bearer {WHO[who]}"} if WHO[who] else {})

    def _call(self, row: Row, path: str, headers: Mapping[str, str]) -> HTTPResponse:
        if row.method == "GET":
            return self.api.client.http.get(path, headers={**headers})
        more = {"Idempotency-Key": "key", "Content-Type": "application/json"}
        body = json.dumps(row.body).encode()
        return self.api.client.http.post(path, headers={**headers, **more}, body=body)

    def _visit(self, row: Row, path: str, who: str) -> HTTPResponse:
        browser = self._browser(who)
        place = f"/en{path}" if path != "/" else "/en"
        if row.method == "GET":
            return browser.get(place)
        if row.method == "HEAD":
            return browser.head(place)
        ticket = Ticket.parse(browser.cookies.get(SESSION, ""))
        csrf = {"_csrf": form_token(ticket)} if ticket else {}
        return browser.post(place, {**(row.body or {}), **csrf})

    def _browser(self, who: str) -> Browser:
        if who not in self.browsers:
            self.browsers[who] = Browser(self.api.client)
            name = WHO[who]
            if name is not None:
                self.browsers[who].sign_in(self.api.world, PEOPLE[name])
        return self.browsers[who]


def filed(api: Api) -> CaseNumber:
    return api.filed()


def paid(api: Api) -> CaseNumber:
    return api.paid()


def claimed(api: Api) -> CaseNumber:
    return api.claimed()


def issued(api: Api) -> CaseNumber:
    return api.issued()


def at_the_desk(api: Api) -> CaseNumber:
    api.world.population = DemoPopulation(fails=lambda: True)
    return api.issued()


def of_every_kind(api: Api, purpose: str) -> CaseNumber:
    """A paid case of a service with every kind of phase."""
    model = ServiceModel.model_validate(full() | {"eligibility": []})
    api.world.services.publish(published(model, version=2), after=1)
    api.walker = Walker(api.world, model)
    return api.paid(answers={"purpose": purpose, "truth": True})


def asked(api: Api) -> CaseNumber:
    return of_every_kind(api, "abroad")


def examined(api: Api) -> CaseNumber:
    return of_every_kind(api, "bank")


def correcting(api: Api) -> CaseNumber:
    return decided(api, "correct")


def closed(api: Api) -> CaseNumber:
    return decided(api, "refuse")


def decided(api: Api, outcome: str) -> CaseNumber:
    number = examined(api)
    api.post(f"/cases/{number}/assignments", CLERK, {"action": "claim"})
    decision = {"outcome": outcome, "facts": "Няма", "grounds": "чл. 1"}
    api.post(f"/cases/{number}/decisions", CLERK, decision)
    api.settle(number)
    return number


STATES: dict[str, Callable[[Api], CaseNumber]] = {
    "filed": filed,
    "paid": paid,
    "claimed": claimed,
    "issued": issued,
    "at the desk": at_the_desk,
    "asked": asked,
    "examined": examined,
    "correcting": correcting,
    "closed": closed,
}


@contextmanager
def staged(state: str) -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as monkeypatch, opened(monkeypatch) as api:
        number = STATES[state](api)
        documents = api.world.cases.find(number).documents
        yield Stage(api, number, documents[0].id if documents else DocumentId(NO_DOCUMENT))


@pytest.fixture(scope="module", autouse=True)
def _chalice_writes_its_name_into_the_environment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("AWS_EXECUTION_ENV", "")
        application()
        monkeypatch.setenv("AWS_EXECUTION_ENV", "")
        yield


@pytest.fixture(scope="module")
def lookers() -> Iterator[dict[str, Stage]]:
    """One world for all who only look, made when first asked for."""
    with ExitStack() as stack:

        class Made(dict[str, Stage]):
            def __missing__(self, state: str) -> Stage:
                stack.close()  # one at a time: they share the wiring
                self.clear()
                self[state] = stack.enter_context(staged(state))
                return self[state]

        yield Made()


def routes() -> set[tuple[str, str]]:
    """Every method and path of the application, languages left out. HEAD goes with GET."""
    return {
        (method, LANGUAGE.sub("", path) or "/")
        for path, methods in application().routes.items()
        for method in methods
        if method != "HEAD"
    }


def test_every_route_has_its_row_and_every_row_its_route() -> None:
    rows = {(row.method, row.path) for row in PAGES + INTERFACE} | SIGNED
    assert routes() - rows == set(), "routes without a row: say who may"
    assert rows - routes() == set(), "rows without a route"


def test_every_language_of_a_page_is_served_by_the_same_function() -> None:
    by_page: dict[tuple[str, str], set[object]] = {}
    for path, methods in application().routes.items():
        for method, entry in methods.items():
            by_page.setdefault((method, LANGUAGE.sub("", path) or "/"), set()).add(
                entry.view_function
            )
    assert [page for page, functions in by_page.items() if len(functions) != 1] == []


def test_whatever_page_can_be_got_can_be_asked_for_its_head() -> None:
    pages = {row.path for row in PAGES if row.method == "GET"}
    for path, methods in application().routes.items():
        is_page = "GET" in methods and (LANGUAGE.sub("", path) or "/") in pages
        assert ("HEAD" in methods) is is_page, path
        if is_page:
            assert methods["HEAD"].view_function is methods["GET"].view_function


LOOKS = sorted((r for r in PAGES + INTERFACE if r.method == "GET"), key=lambda row: row.on)
ACTS = [row for row in PAGES + INTERFACE if row.method == "POST"]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("row", LOOKS, ids=str)
def test_looking(lookers: dict[str, Stage], row: Row, who: str) -> None:
    """Grouped by the state of the case, whose world is made once."""
    _check(lookers[row.on], row, who)
    if row in PAGES:
        answer = lookers[row.on].ask(replace(row, method="HEAD"), who)
        assert (answer.status_code, answer.body) == (row.expected(who), b""), "the head alone"


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("row", ACTS, ids=str)
def test_acting(row: Row, who: str) -> None:
    with staged(row.on) as stage:
        before = stage.api.world.cases.find(stage.number)
        _check(stage, row, who)
        if row.expected(who) in REFUSED or who == "A":
            assert stage.api.world.cases.find(stage.number) == before, "refused, and yet done"


def _check(stage: Stage, row: Row, who: str) -> None:
    answer = stage.ask(row, who)
    assert answer.status_code == row.expected(who), f"{row} as {who}: {answer.body[:300]!r}"
    if answer.status_code == 303 and who == "A" and row.answers.get(303) != EVERYBODY:
        assert answer.headers["Location"].startswith("/en/signin?next="), "to sign in, and back"
    if answer.status_code in REFUSED and _about_a_case(row):
        _tells_nothing(stage, row, who, answer)


def _about_a_case(row: Row) -> bool:
    return "{number}" in row.path or "{id}" in row.path


def _tells_nothing(stage: Stage, row: Row, who: str, answer: HTTPResponse) -> None:
    of_none = stage.ask(row, who, missing=True)
    assert of_none.status_code == answer.status_code, f"{row} as {who} tells that the case exists"
    assert _plain(answer) == _plain(of_none), f"{row} as {who} tells that the case exists"


def _plain(answer: HTTPResponse) -> tuple[str, set[str]]:
    text = NOISE.sub("", answer.body.decode())
    text = re.sub(r"SZ-2026-\d{6}-[0-9X]", "N", text)
    return re.sub(r"[0-9a-z]{26}", "D", text), set(answer.headers)


@pytest.mark.parametrize("row", [r for r in INTERFACE if "A" in r.answers.get(401, "")], ids=str)
def test_a_browsers_session_opens_nothing_of_the_machine_interface(
    lookers: dict[str, Stage], row: Row
) -> None:
    stage = lookers["issued"]
    stage._browser("C")
    path = row.path.format(number=stage.number, id=stage.document, code=SERVICE)
    cookies = {**stage.browsers["C"].cookies}
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}
    answer = stage.api.call(
        row.method, path.removeprefix(API), None, row.body or {}, "k", **headers
    )
    assert answer.status == 401


@pytest.mark.parametrize(
    "row", [r for r in PAGES if r.method == "POST" and r.on != "issued"], ids=str
)
def test_a_form_without_its_token_does_nothing(row: Row) -> None:
    who = next(
        w for status, people in row.answers.items() if status < 400 for w in people if w != "A"
    )
    with staged(row.on) as stage:
        browser = stage._browser(who)
        path = row.path.format(number=stage.number, code=SERVICE)
        before = stage.api.world.cases.find(stage.number)
        answer = browser.post(f"/en{path}", {**(row.body or {}), "_csrf": "0" * 64})
        assert answer.status_code == 403
        assert stage.api.world.cases.find(stage.number) == before
