"""Signing in and out as a browser sees it: redirects, cookies, and what an attacker would try."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from chalicelib.domain.signin import Claims
from tests.browser import CITIZEN, EGN, OFFICIAL, SESSION, SIGN_IN, Browser, opened, serve_at
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


def test_signing_in_leads_to_the_provider_and_back_to_where_one_was(
    browser: Browser, world: World
) -> None:
    asked = browser.get("/en/mine/7?a=1")
    assert (asked.status_code, asked.headers["Location"]) == (
        303,
        "/en/signin?next=%2Fen%2Fmine%2F7%3Fa%3D1",
    )
    away = browser.get(asked.headers["Location"])
    assert away.status_code == 303
    assert away.headers["Location"].startswith("https://identity.test/authorize?")
    answer = world.identity.enter(away.headers["Location"], CITIZEN)
    back = browser.get(f"/signin/callback?{urlencode(answer)}")
    assert (back.status_code, back.headers["Location"]) == (303, "/en/mine/7?a=1")
    assert browser.get("/en/mine/7").body.decode().startswith(world.subject(EGN))


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize(("to", "place"), [("/cases", "/cases"), ("", ""), ("/", "")])
def test_one_comes_back_in_the_language_in_which_one_left(
    browser: Browser, world: World, language: str, to: str, place: str
) -> None:
    away = browser.get(f"/{language}/signin?next={quote(to, safe='')}")
    answer = world.identity.enter(away.headers["Location"], CITIZEN)
    back = browser.get(f"/signin/callback?{urlencode(answer)}")
    assert back.headers["Location"] == f"/{language}{place}"


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\r\nX: y",
        "/signin",
        "%2F%2Fe",
    ],
)
def test_nobody_is_sent_to_another_site(browser: Browser, world: World, to: str) -> None:
    back = browser.sign_in(world, to=to)
    assert back.headers["Location"] == "/en"


@pytest.mark.parametrize(
    ("base_url", "prefix", "secure"),
    [("https://portal.example", "__Host-", True), ("http://localhost:8000", "", False)],
)
def test_cookies(
    browser: Browser,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    base_url: str,
    prefix: str,
    secure: bool,
) -> None:
    serve_at(base_url, monkeypatch)
    away = browser.get("/en/signin")
    back = browser.sign_in(world)
    for response, name in ((away, "zagora-signin"), (back, "zagora")):
        first, *rest = response.headers["Set-Cookie"].split("; ")
        assert first.startswith(f"{prefix}{name}=")
        assert {"Path=/", "HttpOnly", "SameSite=Lax"} <= set(rest)
        assert ("Secure" in rest) is secure
        assert not [part for part in rest if part.startswith("Domain")]
    assert "Max-Age=600" in away.headers["Set-Cookie"]
    assert "Max-Age" not in back.headers["Set-Cookie"]


def test_a_planted_session_is_not_taken_over(browser: Browser, world: World) -> None:
    planted = f"{'p' * 43}.{world.subject(EGN)}"
    browser.cookies[SESSION] = planted
    assert browser.get("/en/mine/1").status_code == 303
    browser.sign_in(world)
    assert browser.cookies[SESSION] != planted
    stranger = Browser(browser.client, {SESSION: planted})
    assert stranger.get("/en/mine/1").status_code == 303


def test_signing_in_again_ends_the_session_before(browser: Browser, world: World) -> None:
    browser.sign_in(world)
    before = Browser(browser.client, dict(browser.cookies))
    browser.sign_in(world)
    assert before.get("/en/mine/1").status_code == 303
    assert browser.get("/en/mine/1").status_code == 200


def test_the_answer_does_not_count_in_another_browser(browser: Browser, world: World) -> None:
    away = browser.get("/en/signin")
    answer = world.identity.enter(away.headers["Location"], OFFICIAL)
    victim = Browser(browser.client)
    victim.get("/en/signin")
    refused = victim.get(f"/signin/callback?{urlencode(answer)}")
    assert refused.status_code == 400
    assert "Sign in again" in refused.body.decode()
    assert SESSION not in victim.cookies


def test_an_answer_that_comes_twice_counts_once(browser: Browser, world: World) -> None:
    away = browser.get("/en/signin")
    answer = world.identity.enter(away.headers["Location"], CITIZEN)
    browser.get(f"/signin/callback?{urlencode(answer)}")
    ticket = browser.cookies[SESSION]
    again = browser.get(f"/signin/callback?{urlencode(answer)}")
    assert (again.status_code, again.headers["Location"]) == (303, "/en"), "the button back"
    assert browser.cookies[SESSION] == ticket
    del browser.cookies[SESSION]
    assert browser.get(f"/signin/callback?{urlencode(answer)}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?code=1",
        "?state=1",
        "?code=1&state=1",
        "?error=access_denied&state=x",
        "?code=%00&state=%0A",
    ],
)
def test_a_made_up_answer_is_a_page_not_a_fault(browser: Browser, query: str) -> None:
    browser.get("/en/signin")
    refused = browser.get(f"/signin/callback{query}")
    assert refused.status_code == 400
    assert b"<html" in refused.body
    assert "Set-Cookie" not in refused.headers


@pytest.mark.parametrize("egn", [None, "7523169264"])
def test_without_a_valid_egn_a_page_says_so(
    browser: Browser, world: World, egn: str | None
) -> None:
    refused = browser.sign_in(world, Claims(sub="sub", name="Иван", egn=egn))
    assert refused.status_code == 403
    assert "personal number (EGN)" in refused.body.decode()
    assert SESSION not in browser.cookies
    assert not egn or egn.encode() not in refused.body


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        (lambda text: text[:-1] + ("0" if text[-1] != "0" else "1"), "another subject"),
        (lambda text: ("A" if text[0] != "A" else "B") + text[1:], "another secret"),
        (lambda text: text.split(".")[0], "no subject"),
        (lambda text: f'"{text}"', "quoted"),
        (lambda _: "x" * 5000, "long"),
    ],
)
def test_a_tampered_cookie_is_nobody(
    browser: Browser, world: World, change: Callable[[str], str], remark: str
) -> None:
    browser.sign_in(world)
    browser.cookies[SESSION] = change(browser.cookies[SESSION])
    assert browser.get("/en/mine/1").status_code == 303, remark


def test_silence_leads_to_signing_in_again(browser: Browser, world: World) -> None:
    browser.sign_in(world)
    world.pass_time(minutes=29)
    assert browser.get("/en/mine/1").status_code == 200
    world.pass_time(minutes=30)
    assert browser.get("/en/mine/1").status_code == 303


def test_signing_out_needs_the_token_and_ends_the_session(browser: Browser, world: World) -> None:
    browser.sign_in(world)
    stolen = Browser(browser.client, dict(browser.cookies))
    assert browser.post("/en/signout").status_code == 403
    gone = browser.post("/en/signout", {"_csrf": browser.token()})
    assert gone.headers["Location"].startswith("https://identity.test/logout")
    assert browser.cookies[SESSION] == ""
    assert "Max-Age=0" in gone.headers["Set-Cookie"]
    assert stolen.get("/en/mine/1").status_code == 303


def test_signing_out_everywhere_reaches_every_browser(browser: Browser, world: World) -> None:
    other = Browser(browser.client)
    for one in (browser, other):
        one.sign_in(world)
    assert browser.post("/en/signout/everywhere").status_code == 403
    gone = browser.post("/en/signout/everywhere", {"_csrf": browser.token()})
    assert "everywhere" in gone.headers["Location"]
    assert other.get("/en/mine/1").status_code == 303
    assert b"<html" in browser.get("/en/signed-out/everywhere").body


@pytest.mark.parametrize("path", ["/signout", "/bg/signout", "/en/signout/everywhere"])
def test_signing_out_without_a_session_leads_home(browser: Browser, path: str) -> None:
    response = browser.post(path)
    assert response.status_code == 303
    assert response.headers["Location"] in {"/en", "/bg"}


def test_signing_out_is_nothing_that_a_link_could_do(browser: Browser, world: World) -> None:
    browser.sign_in(world)
    assert browser.get("/en/signout").status_code == 405
    assert browser.get("/en/mine/1").status_code == 200


def test_every_way_in_and_out_is_there_in_each_language(browser: Browser) -> None:
    for place in ("/signin", "/signin/callback", "/signout", "/signout/everywhere"):
        for prefix in ("", "/bg", "/en"):
            assert browser.client.http.request("PUT", f"{prefix}{place}").status_code == 405


def test_the_state_goes_to_the_provider_only(browser: Browser, world: World) -> None:
    away = browser.get("/en/signin?next=/en/cases")
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    assert asked["state"][0] not in browser.cookies[SIGN_IN]
    assert "cases" not in away.headers["Location"]
