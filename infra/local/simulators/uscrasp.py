"""The civil registration (USCRASP) on a laptop: invented people behind the reading contract.

`RegistryRead` is our own proposal (the municipal population database has no public protocol):
`POST /persons/search` with JSON, problems as RFC 9457. Control: `POST /control` with JSON
`{"down": true}` or `{"faults": ["wrong-person", …]}` (one a call); `GET /log` shows who asked why.
"""

import argparse
import hashlib
import hmac
import json
import re
import secrets
import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from chalicelib.adapters.population.people import DemoPerson, population
from chalicelib.domain.population import Address, PersonNames
from infra.local.simulators import web

NAME = "uscrasp"
FAULTS = ("unavailable", "slow", "wrong-person", "malformed", "huge", "empty", "not-found")
_SLOW_SECONDS = 20.0
_LOG_MAX = 1000
_REASONS = {
    "UNKNOWN_PERSON": (404, "There is no such person"),
    "NO_GROUND": (403, "No legal ground or case number is given"),
    "BAD_IDENTIFIER": (400, "The identifier is not ten digits of a known kind"),
    "REGISTER_UNAVAILABLE": (503, "The register is down"),
}


class Uscrasp:
    """The register: people, faults to come, and a log that holds no number of anybody."""

    def __init__(self, people: tuple[DemoPerson, ...], slow: float = _SLOW_SECONDS) -> None:
        self._people = {p.egn: p for p in people}
        self._slow, self._key = slow, secrets.token_bytes(16)
        self._lock, self.stopped = threading.Lock(), threading.Event()
        self.down, self._faults = False, deque[str]()
        self.log: deque[dict[str, object]] = deque(maxlen=_LOG_MAX)

    def __call__(self, request: web.Request) -> web.Response:
        """The routes."""
        routes: dict[tuple[str, str], Callable[[web.Request], web.Response]] = {
            ("POST", "/persons/search"): self._search,
            ("POST", "/control"): self._control,
            ("GET", "/control"): lambda _: web.jsonable(200, self._state()),
            ("GET", "/log"): lambda _: web.jsonable(200, {"calls": list(self.log)}),
            ("GET", "/health"): lambda _: web.jsonable(200, {"status": "ok"}),
        }
        route = routes.get((request.method, request.path))
        return route(request) if route else web.text(404, "no such page\n")

    def _search(self, request: web.Request) -> web.Response:
        with self._lock:
            fault = "unavailable" if self.down else self._faults.popleft() if self._faults else ""
        asked = _object(request.body)
        answer = self._answer(asked, fault)
        self._note(asked, answer.status)
        return answer

    def _answer(self, asked: dict[str, Any], fault: str) -> web.Response:
        if fault == "slow":
            self.stopped.wait(self._slow)
        broken = _BROKEN.get(fault)
        if broken is not None:
            return broken
        reason = _refusal(asked)
        if reason:
            return _problem(reason)
        person = self._people.get(str(asked["id"]))
        if fault == "wrong-person":
            person = next(p for p in self._people.values() if p.egn != asked["id"] and p.address)
        if person is None:
            return _problem("UNKNOWN_PERSON")
        return web.jsonable(200, _person(person, asked.get("include", []), self._people))

    def _control(self, request: web.Request) -> web.Response:
        wanted = _object(request.body)
        faults = wanted.get("faults", [])
        known = isinstance(faults, list) and all(f in FAULTS for f in faults)
        if request.is_foreign or not known or not isinstance(wanted.get("down", False), bool):
            return web.jsonable(400, {"error": f"down: true or false; faults: of {FAULTS}"})
        with self._lock:
            self.down = wanted.get("down", self.down)
            self._faults.extend(faults)
        return web.jsonable(200, self._state())

    def _state(self) -> dict[str, object]:
        with self._lock:
            return {"down": self.down, "faults": list(self._faults), "people": len(self._people)}

    def _note(self, asked: dict[str, Any], status: int) -> None:
        who = hmac.new(self._key, str(asked.get("id", "")).encode(), hashlib.sha256).hexdigest()
        entry = {"at": datetime.now(UTC).isoformat(), "person": who[:16], "status": status}
        kept = {name: asked.get(name) for name in ("caseNumber", "lawReason")}
        self.log.append({**entry, **kept})


def _refusal(asked: dict[str, Any]) -> str:
    number = asked.get("id")
    if asked.get("idType") not in ("EGN", "LNCH") or not isinstance(number, str):
        return "BAD_IDENTIFIER"
    if not re.fullmatch(r"[0-9]{10}", number):
        return "BAD_IDENTIFIER"
    for name, longest in (("lawReason", 200), ("caseNumber", 64)):
        value = asked.get(name)
        if not isinstance(value, str) or not 0 < len(value.strip()) <= longest:
            return "NO_GROUND"
    return ""


def _person(
    person: DemoPerson, include: list[str], people: dict[str, DemoPerson]
) -> dict[str, object]:
    answer: dict[str, object] = {
        "id": {"type": "EGN", "value": person.egn},
        "names": _names(person.names),
        "namesLatin": _names(person.names_latin),
        "gender": "F" if person.sex == "female" else "M",
        "birthDate": person.birth_date.isoformat(),
        "birthPlace": person.birth_place,
        "citizenships": ["BGR"],
    }
    if person.deceased_on:
        answer["deathDate"] = person.deceased_on.isoformat()
    if "ADDRESSES" in include:
        answer["addresses"] = [_address(person.address)] if person.address else []
    if "FAMILY" in include:
        answer |= _family(person, people)
    return answer


def _family(person: DemoPerson, people: dict[str, DemoPerson]) -> dict[str, object]:
    spouse = people.get(person.spouse)
    status = 1 if spouse is None else 3 if spouse.deceased_on else 2
    relations = [("SPOUSE", person.spouse), ("MOTHER", person.mother), ("FATHER", person.father)]
    relations += [("CHILD", child) for child in person.children]
    return {
        "familyStatus": {"code": status, "name": {1: "single", 2: "married", 3: "widowed"}[status]},
        "relatives": [
            {"relation": relation, "id": {"type": "EGN", "value": egn}}
            | {"names": _names(people[egn].names)}
            for relation, egn in relations
            if egn
        ],
    }


def _names(names: PersonNames) -> dict[str, str]:
    return {"first": names.first, "middle": names.middle, "family": names.family}


def _address(address: Address) -> dict[str, object]:
    places = {
        "district": address.district.model_dump(),
        "municipality": address.municipality.model_dump(),
        "settlement": address.settlement.model_dump(),
        "cityArea": address.city_area.model_dump(),
        "street": address.street.model_dump(),
    }
    plain = {n: getattr(address, n) for n in ("number", "entrance", "floor", "apartment")}
    since = address.since.isoformat() if address.since else None
    return {"kind": "PERMANENT", "country": "BGR", **places, **plain, "from": since}


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _problem(code: str) -> web.Response:
    status, title = _REASONS[code]
    body = {"type": f"urn:civil-registry:{code}", "title": title, "status": status, "code": code}
    return web.jsonable(status, body, "application/problem+json")


_BROKEN = {
    "unavailable": _problem("REGISTER_UNAVAILABLE"),
    "not-found": _problem("UNKNOWN_PERSON"),
    "malformed": web.Response(200, b'{"id": {"type": "EGN", ', "application/json"),
    "huge": web.Response(200, b"[" * 4_000_000, "application/json"),
    "empty": web.Response(200, b"", "application/json"),
}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="uscrasp", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    port = parser.parse_args().port
    register = Uscrasp(population())
    return web.run(NAME, lambda: web.Server(register, port), stop=register.stopped.set)


if __name__ == "__main__":
    raise SystemExit(main())
