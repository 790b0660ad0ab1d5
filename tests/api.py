"""The machine interface in this process, through Chalice's own router, in a world in memory."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from chalice import Chalice
from chalice.test import Client

from chalicelib import wiring
from chalicelib.adapters.demo_clock.memory import MemoryDemoClock
from chalicelib.adapters.population.people import demo_people
from chalicelib.domain.ids import CaseNumber
from chalicelib.domain.signin import Claims
from chalicelib.handlers.functions import logger
from chalicelib.wiring import Site
from tests.notices import epay_body
from tests.walker import Walker
from tests.world import World

BASE = "https://portal.example"
UNIT = "civil-registration"
OWNER, STRANGER, CLERK, CHIEF, OTHER_CLERK, FOREIGNER, ADMINISTRATOR = (
    "owner",
    "stranger",
    "clerk",
    "chief",
    "other-clerk",
    "foreigner",
    "administrator",
)
APPLICATION: dict[str, Any] = {
    "service": "permanent-address",
    "tier": "regular",
    "delivery": "portal",
    "language": "bg",
    "answers": {"purpose": "bank", "truth": True},
}


def _citizen(index: int) -> Claims:
    person = demo_people()[index]
    return Claims(sub=f"sub-{index}", name=str(person.names), egn=person.egn)


def _official(name: str, role: str, unit: str | None = UNIT) -> Claims:
    # As the user pool's: letters, digits and hyphens.
    sub = f"sub-{name.encode().hex()}"
    return Claims(sub=sub, name=name, groups=frozenset({role}), unit=unit)


PEOPLE = {
    OWNER: _citizen(0),
    STRANGER: _citizen(1),
    CLERK: _official("Мария", "registrar"),
    OTHER_CLERK: _official("Ана", "registrar"),
    CHIEF: _official("Петър", "head-of-unit"),
    FOREIGNER: _official("Иво", "registrar", "construction"),
    ADMINISTRATOR: _official("Ели", "administrator", None),
    "bad-egn": Claims(sub="sub-bad", name="X", egn="7523169264"),
    "no-egn": Claims(sub="sub-none", name="X"),
}


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        """The problem's."""
        assert self.headers["Content-Type"] == "application/problem+json", self
        return str(self.json["type"]).removeprefix("/problems/")

    @property
    def faults(self) -> dict[str, str]:
        """Field → code."""
        return {fault["field"]: fault["code"] for fault in self.json["errors"]}


@dataclass
class Api:
    """Calls as somebody; the token's text is the person's name here."""

    client: Client
    world: World
    walker: Walker = field(init=False)

    def __post_init__(self) -> None:
        self.walker = Walker(self.world)
        for name, claims in PEOPLE.items():
            self.world.identity.give_token(name, claims)

    def call(
        self,
        method: str,
        path: str,
        who: str | None = None,
        body: object = None,
        key: str | None = None,
        **headers: str,
    ) -> Answered:
        """`body` is sent as JSON, bytes as they are; `X_Y` is the header `X-Y`."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if who is not None:
            sent["Authorization"] = f"Bearer {who}"
        if key is not None:
            sent["Idempotency-Key"] = key
        content = body if isinstance(body, bytes) else b""
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
        place = path if path.startswith(("/health", "/callbacks")) else f"/api/v1{path}"
        answer = self.client.http.request(method, place, headers=sent, body=content)
        return Answered(answer.status_code, dict(answer.headers), answer.body)

    def get(self, path: str, who: str | None = None, **headers: str) -> Answered:
        return self.call("GET", path, who, **headers)

    def post(
        self,
        path: str,
        who: str | None = None,
        body: object = None,
        key: str | None = None,
        **headers: str,
    ) -> Answered:
        return self.call("POST", path, who, body, key, **headers)

    # The story.

    def file(self, key: str = "filing", **changes: object) -> Answered:
        return self.post("/cases", OWNER, {**APPLICATION, **changes}, key)

    def filed(self, **changes: Any) -> CaseNumber:
        number = CaseNumber(self.file(**changes).json["number"])
        self.settle(number)
        return number

    def settle(self, number: CaseNumber) -> None:
        self.walker.settle(self.world.cases.find(number).id)

    def notify(self, line: str, **more: Any) -> Answered:
        return self.callback(epay_body(line, **more))

    def callback(self, body: bytes, kind: str = "application/x-www-form-urlencoded") -> Answered:
        return self.post("/callbacks/epay", body=body, Content_Type=kind)

    def paid(self, **changes: Any) -> CaseNumber:
        number = self.filed(**changes)
        started = self.post(f"/cases/{number}/payments", OWNER, {"operator": "epay"}, "payment")
        assert self.notify(f"INVOICE={started.json['invoice']}:STATUS=PAID").status == 200
        self.settle(number)
        return number

    def claimed(self) -> CaseNumber:
        number = self.paid()
        self.post(f"/cases/{number}/assignments", CLERK, {"action": "claim"})
        return number

    def issued(self) -> CaseNumber:
        number = self.claimed()
        self.post(f"/cases/{number}/decisions", CLERK, {"outcome": "approve"})
        self.settle(number)
        return number


@cache
def application() -> Chalice:
    """The whole application, as it is deployed."""
    from app import app

    return app


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """What the functions log meanwhile, a JSON object a line."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logger.registered_formatter)
    target = logging.getLogger("zagora")
    target.addHandler(handler)
    yield text
    target.removeHandler(handler)


@contextmanager
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """The interface in a world of its own."""
    world = World(demo_clock=MemoryDemoClock())
    monkeypatch.setattr(wiring, "ports", lambda: world)
    monkeypatch.setattr(wiring, "now", lambda: world.now)
    monkeypatch.setattr(wiring, "real_now", lambda: world.now)
    site = Site(base_url=BASE, assets_url="/assets", form_targets=(), version="1.2.3")
    monkeypatch.setattr(wiring, "site", lambda: site)
    monkeypatch.setenv("AWS_EXECUTION_ENV", "")  # Chalice writes it
    with Client(application()) as client:
        yield Api(client, world)
