"""A browser in this process before the whole portal, with a case's engine behind it."""

import importlib.util
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import unescape

import pytest
from chalice import Blueprint, Chalice
from chalice.test import Client, HTTPResponse

from chalicelib import wiring
from chalicelib.domain.ids import CaseNumber
from chalicelib.domain.signin import Claims
from tests.browser import Browser, serve_at
from tests.paths import ROOT
from tests.walker import Walker
from tests.world import World, citizen

UNIT = "civil-registration"
REGISTRAR = Claims(sub="sub-r", name="Стоян", groups=frozenset({"registrar"}), unit=UNIT)
HEAD = Claims(sub="sub-h", name="Елена", groups=frozenset({"head-of-unit"}), unit=UNIT)
ADMINISTRATOR = Claims(sub="sub-a", name="Админ", groups=frozenset({"administrator"}))
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
APPLY = "/en/services/permanent-address/apply"
RIGHT = {"tier": "regular", "answer.purpose": "bank", "answer.truth": "true"}


def person(index: int = 0) -> Claims:
    """A demo citizen as the provider knows them."""
    known = citizen(index)
    return Claims(sub=f"sub-{index}", name=known.name, egn=known.egn)


@dataclass
class Portal:
    """`browser` is whoever is at the keyboard now."""

    client: Client
    world: World
    walker: Walker
    browser: Browser

    def as_(self, claims: Claims) -> Browser:
        """Somebody else sits down, with a browser of their own."""
        self.browser = Browser(self.client)
        self.browser.sign_in(self.world, claims)
        return self.browser

    def get(self, path: str, status: int = 200) -> str:
        """A page. Fails when the status is another."""
        return self._text(self.browser.get(path), status)

    def post(self, path: str, form: dict[str, str], page: str, status: int = 303) -> HTTPResponse:
        """A form with the hidden fields of the page that it is on."""
        response = self.browser.post(path, {**hidden(self.get(page)), **form})
        assert response.status_code == status, response.body.decode()[:2000]
        return response

    def settle(self, number: str) -> None:
        """The stream and the machine do their part."""
        self.walker.settle(self.world.cases.find(CaseNumber(number)).id)

    def file(self, **answers: str) -> str:
        """An application from the form to its number."""
        form = {**RIGHT, **answers, "action": "submit"}
        place = self.post(APPLY, form, APPLY).headers["Location"]
        number = place.split("/")[3]
        self.settle(number)
        return number

    @staticmethod
    def _text(response: HTTPResponse, status: int) -> str:
        text = response.body.decode()
        assert response.status_code == status, text[:2000]
        return text


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return {name: unescape(value) for name, value in _HIDDEN.findall(page)}


@contextmanager
def opened(monkeypatch: pytest.MonkeyPatch, world: World | None = None) -> Iterator[Portal]:
    """The portal, in a world of its own or in one that there is."""
    world = world or World()
    monkeypatch.setattr(wiring, "ports", lambda: world)
    monkeypatch.setattr(wiring, "now", lambda: world.now)
    monkeypatch.setattr(wiring, "real_now", lambda: world.now)
    monkeypatch.setenv("AWS_EXECUTION_ENV", "")  # Chalice writes it
    serve_at("https://portal.example", monkeypatch)
    with Client(_app()) as client:
        yield Portal(client, world, Walker(world), Browser(client))


@cache
def _app() -> Chalice:
    app = Chalice(app_name="portal")
    for name in ("signin", "portal", "cases", "applying", "verify", "office"):
        app.register_blueprint(_blueprint(name))
    return app


def _blueprint(name: str) -> Blueprint:
    """A copy: an application takes a blueprint's routes out of it, and `app` needs its own."""
    file = ROOT / "chalicelib" / "handlers" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"tests.copies.{name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    blueprint: Blueprint = module.bp
    return blueprint
