"""A browser in this process: pages through Chalice's own router, cookies kept, redirects shown."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote, urlencode

import pytest
from chalice import Blueprint, Chalice, Response
from chalice.test import Client, HTTPResponse

from chalicelib import wiring
from chalicelib.domain.access import require
from chalicelib.domain.errors import Busy, Conflict, NotFound
from chalicelib.domain.signin import Claims
from chalicelib.handlers import signin
from chalicelib.handlers.body import FORM
from chalicelib.handlers.http import bearer, page
from chalicelib.handlers.visit import Visit
from chalicelib.wiring import Site
from tests.world import World

EGN = "7523169263"
CITIZEN = Claims(sub="sub-1", name="Иван Петров", egn=EGN)
OFFICIAL = Claims(sub="sub-2", name="Мария", groups=frozenset({"registrar"}), unit="civil")
SESSION, SIGN_IN = "__Host-zagora", "__Host-zagora-signin"
_ENGLISH = {"Accept-Language": "en"}


@dataclass
class Browser:
    """Keeps cookies and follows nothing by itself."""

    client: Client
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> HTTPResponse:
        return self._kept(self.client.http.get(path, headers=self._sent(headers)))

    def head(self, path: str, **headers: str) -> HTTPResponse:
        return self._kept(self.client.http.head(path, headers=self._sent(headers)))

    def post(self, path: str, body: bytes | dict[str, str] = b"", **headers: str) -> HTTPResponse:
        content = urlencode(body).encode() if isinstance(body, dict) else body
        given = self._sent({"Content-Type": FORM, **headers})
        return self._kept(self.client.http.post(path, headers=given, body=content))

    def sign_in(self, world: World, claims: Claims = CITIZEN, to: str = "/en") -> HTTPResponse:
        """There, through the provider's page, and back."""
        away = self.get(f"/en/signin?next={quote(to, safe='')}")
        answer = world.identity.enter(away.headers["Location"], claims)
        return self.get(f"/signin/callback?{urlencode(answer)}")

    def token(self) -> str:
        """The form token of this browser's session."""
        return self.get("/en/mine/1").body.decode().split()[2]

    def _sent(self, headers: dict[str, str]) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**_ENGLISH, **({"Cookie": cookie} if cookie else {}), **headers}

    def _kept(self, response: HTTPResponse) -> HTTPResponse:
        sent = response.headers.get("Set-Cookie")
        if sent:
            name, _, value = sent.split(";")[0].partition("=")
            self.cookies[name] = value
        return response


@contextmanager
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Browser, World]]:
    """A browser before the sign-in pages and some probes, in a world of its own."""
    world = World()
    monkeypatch.setattr(wiring, "ports", lambda: world)
    monkeypatch.setattr(wiring, "now", lambda: world.now)
    monkeypatch.setattr(wiring, "real_now", lambda: world.now)
    monkeypatch.setenv("AWS_EXECUTION_ENV", "")  # Chalice writes it
    serve_at("https://portal.example", monkeypatch)
    with Client(_app()) as client:
        yield Browser(client), world


def serve_at(base_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(
        base_url=base_url,
        assets_url="https://assets.example/v1",
        form_targets=("https://signin.example", "https://demo.epay.bg/xdev/"),
    )
    monkeypatch.setattr(wiring, "site", lambda: site)


@cache
def _app() -> Chalice:
    app = Chalice(app_name="probe")
    # Chalice forgets a blueprint's methods once it was registered: this one is our own.
    app.register_blueprint(importlib.reload(signin).bp)
    app.register_blueprint(_probe())
    return app


def _probe() -> Blueprint:
    """Pages that show what the visit knows."""
    bp = Blueprint("tests.probe")

    @page(bp, "/mine/{number}")
    def mine(visit: Visit, number: str) -> Response:
        return Response(body=f"{visit.principal.subject} {number} {visit.csrf}")

    @page(bp, "/anybody")
    def anybody(visit: Visit) -> Response:
        who = visit.somebody.name if visit.somebody else "nobody"
        return Response(body=f"{visit.language} {visit.path} {who}")

    @page(bp, "/mine/{number}", method="POST")
    def post(visit: Visit, number: str) -> Response:
        require(visit.principal, "citizen")
        return Response(body=f"{number} {visit.form['text']} {visit.form.all('text')}")

    @page(bp, "/fails/{how}")
    def fails(_visit: Visit, how: str) -> Response:
        busy = Busy(source="table")
        busy.__cause__ = KeyError(EGN)
        raise {"missing": NotFound(), "late": Conflict(), "busy": busy, "bug": KeyError(EGN)}[how]

    @bp.route("/api/who")
    def who() -> str:
        return bearer(bp.current_request).subject

    return bp
