"""What all pages share: forms and their tokens, limits, errors, headers, languages."""

import json
from collections.abc import Iterator
from io import StringIO
from urllib.parse import quote, urlencode

import pytest

from chalicelib.domain.errors import Busy
from chalicelib.handlers.body import MOST_BYTES
from chalicelib.handlers.functions import logger
from chalicelib.handlers.headers import location
from tests.browser import EGN, OFFICIAL, Browser, opened, serve_at
from tests.world import World


@pytest.fixture
def visited(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Browser, World]]:
    with opened(monkeypatch) as both:
        yield both


@pytest.fixture
def browser(visited: tuple[Browser, World]) -> Browser:
    return visited[0]


@pytest.fixture
def world(visited: tuple[Browser, World]) -> World:
    return visited[1]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    written = StringIO()
    monkeypatch.setattr(logger.registered_handler, "stream", written)
    return written


def test_a_form_of_this_session_is_taken(browser: Browser, world: World) -> None:
    browser.sign_in(world)
    body = urlencode([("text", "а"), ("text", "б"), ("_csrf", browser.token())]).encode()
    assert browser.post("/en/mine/1", body).body.decode() == "1 б ['а', 'б']"


@pytest.mark.parametrize("token", ["", "0" * 64, "я"])
def test_a_form_without_its_token_is_refused(browser: Browser, world: World, token: str) -> None:
    browser.sign_in(world)
    for form in ({"text": "x", "_csrf": token}, {"text": "x"}):
        assert browser.post("/en/mine/1", form).status_code == 403


def test_a_form_of_another_session_is_refused(browser: Browser, world: World) -> None:
    other = Browser(browser.client)
    other.sign_in(world, OFFICIAL)
    browser.sign_in(world)
    assert browser.post("/en/mine/1", {"text": "x", "_csrf": other.token()}).status_code == 403
    old = browser.token()
    browser.sign_in(world)
    assert browser.post("/en/mine/1", {"text": "x", "_csrf": old}).status_code == 403


def test_a_form_after_the_session_leads_to_its_page_through_signing_in(
    browser: Browser, world: World
) -> None:
    browser.sign_in(world)
    form = {"text": "x", "_csrf": browser.token()}
    world.pass_time(hours=1)
    wanted = quote("/en/mine/1", safe="")
    assert browser.post("/en/mine/1", form).headers["Location"] == f"/en/signin?next={wanted}"
    for referer, back in (
        ("https://portal.example/en/form?a=1", "/en/form"),
        ("https://evil.example/form", "/en/mine/1"),
    ):
        answer = browser.post("/en/mine/1", form, Referer=referer)
        assert answer.headers["Location"] == f"/en/signin?next={quote(back, safe='')}"


@pytest.mark.parametrize(
    ("body", "status", "remark"),
    [
        (b"text=" + b"a" * (MOST_BYTES - 5), 303, "as large as we read"),
        (b"text=" + b"a" * MOST_BYTES, 413, "one megabyte and more"),
        (b"a=1&" * 2000, 400, "too many fields"),
        (b"text=\xff\xfe", 400, "not UTF-8"),
        (b"text=%ff%fe", 400, "not UTF-8, encoded"),
        (b"", 303, "nothing"),
        (b"%%%&&&===", 303, "odd, but a form"),
    ],
)
def test_bodies(browser: Browser, body: bytes, status: int, remark: str) -> None:
    response = browser.post("/en/mine/1", body)
    assert response.status_code == status, remark
    assert status == 303 or b"<html" in response.body


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_what_is_no_form_is_not_read(browser: Browser, kind: str) -> None:
    assert browser.post("/en/mine/1", b"{}", **{"Content-Type": kind}).status_code == 415


@pytest.mark.parametrize(
    ("how", "status"), [("missing", 404), ("late", 409), ("busy", 503), ("bug", 500)]
)
def test_errors_are_pages(
    browser: Browser, how: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    response = browser.get(f"/en/fails/{how}")
    assert response.status_code == status
    assert b"<html" in response.body
    assert ("Retry-After" in response.headers) is (status == 503)
    assert response.headers["Cache-Control"] == "no-store"
    logged = [vars(record) for record in caplog.records]
    assert EGN not in response.body.decode() + repr(logged)
    expected = {500: [("ERROR", "KeyError")], 503: [("WARNING", "busy")]}.get(status, [])
    assert [(r["levelname"], r.get("kind") or r["code"]) for r in logged] == expected


def test_why_the_table_was_busy_is_in_the_log_with_the_reference_of_the_page(
    browser: Browser, log: StringIO
) -> None:
    page = browser.get("/en/fails/busy").body.decode()
    (line,) = (json.loads(line) for line in log.getvalue().splitlines())
    assert (line["level"], line["code"]) == ("WARNING", "busy")
    assert (line["facts"], line["causes"]) == ({"source": "table"}, ["KeyError"])
    assert line["correlation_id"]
    assert line["correlation_id"] in page
    assert EGN not in str(line)


def test_when_the_table_is_away_there_is_still_a_page(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(world)

    def away(_ticket: object) -> None:
        raise Busy

    monkeypatch.setattr(world.sessions, "load", away)
    response = browser.get("/en/mine/1")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")


def test_every_page_is_guarded_by_its_headers(browser: Browser, world: World) -> None:
    for response in (browser.get("/en/signed-out"), browser.get("/en/signin")):
        policy = dict(
            rule.split(" ", 1) for rule in response.headers["Content-Security-Policy"].split("; ")
        )
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self' https://assets.example"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["form-action"] == "'self' https://signin.example https://demo.epay.bg"
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_without_tls_no_browser_is_told_to_insist_on_it(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_at("http://localhost:8000", monkeypatch)
    assert "Strict-Transport-Security" not in browser.get("/en/signed-out").headers


def test_a_persons_page_stays_nowhere(browser: Browser, world: World) -> None:
    assert browser.get("/en/signed-out").headers["Cache-Control"] == "no-cache"
    browser.sign_in(world)
    shown = browser.get("/en/signed-out")
    assert shown.headers["Cache-Control"] == "no-store"
    assert "Иван Петров" in shown.body.decode()


@pytest.mark.parametrize(
    ("path", "accepted", "language", "shown"),
    [
        ("/bg/anybody", "en", "bg", "/anybody"),
        ("/en/anybody?a=%D0%B0&a=2", "bg", "en", "/anybody?a=%D0%B0&a=2"),
        ("/anybody", "en;q=0.5, bg;q=0.4", "en", "/anybody"),
        ("/anybody", "de", "bg", "/anybody"),
    ],
)
def test_the_language_is_the_paths_or_the_browsers(
    browser: Browser, path: str, accepted: str, language: str, shown: str
) -> None:
    body = browser.get(path, **{"Accept-Language": accepted}).body.decode()
    assert body == f"{language} {shown} nobody"


def test_no_address_breaks_a_header() -> None:
    assert location("/a\r\nSet-Cookie: x=1\t ж") == "/a%0D%0ASet-Cookie:%20x=1%09%20%D0%B6"
    url = "https://signin.example/authorize?a=%20b&c=d%2Fe"
    assert location(url) == url


def test_the_machine_interface_takes_tokens_and_no_cookies(browser: Browser, world: World) -> None:
    world.identity.give_token("good", OFFICIAL)
    for scheme in ("Bearer good", "bearer  good "):
        assert (
            browser.client.http.get("/api/who", headers={"Authorization": scheme}).body == b"sub-2"
        )
    browser.sign_in(world)
    for headers in ({}, {"Authorization": "Bearer bad"}, {"Authorization": "Basic good"}):
        assert browser.get("/api/who", **headers).status_code == 500, "NotSignedIn, untranslated"
