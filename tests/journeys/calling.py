"""The story through the machine interface: the shortest ways to a case in a certain state."""

import secrets
from collections.abc import Callable
from typing import Any

from infra.local.caller import Caller, Json, Payer
from tests.journeys.stack import until

APPLICATION: Json = {
    "service": "permanent-address",
    "tier": "regular",
    "delivery": "portal",
    "language": "bg",
    "answers": {"purpose": "bank", "truth": True},
}


def key() -> str:
    """An Idempotency-Key that nobody has used."""
    return secrets.token_hex(16)


def ok(answer: Any, status: int = 200) -> Json:
    """The body of an answer that has to have this status."""
    assert answer.status_code == status, f"{answer.status_code} {answer.text[:500]}"
    found: Json = answer.json()
    return found


def file(citizen: Caller, **answers: object) -> str:
    """The number of a new case."""
    body = {**APPLICATION, "answers": {**APPLICATION["answers"], **answers}}
    return str(ok(citizen.post("/cases", body, key()), 201)["number"])


def checkout(citizen: Caller, number: str) -> Json:
    """An attempt to pay."""
    body = {"operator": "epay"}
    return ok(citizen.post(f"/cases/{number}/payments", body, key()), 201)


def payer(citizen: Caller) -> Payer:
    """The citizen before the operator's page."""
    return Payer(citizen.endpoints, citizen.http)


def pay(citizen: Caller, number: str) -> str:
    """Paid, and under examination. The invoice."""
    started = checkout(citizen, number)
    at = payer(citizen)
    at.press(at.arrive(started), "pay")
    await_phase(citizen, number, "examination")
    return str(started["invoice"])


def claim(registrar: Caller, number: str) -> None:
    """Takes the task."""
    ok(registrar.post(f"/cases/{number}/assignments", {"action": "claim"}))


def decide(registrar: Caller, number: str, outcome: str = "approve") -> None:
    """Takes the task and decides."""
    claim(registrar, number)
    ok(registrar.post(f"/cases/{number}/decisions", {"outcome": outcome}, key()))


def see(who: Caller, number: str) -> Json:
    """The case as it is."""
    return ok(who.get(f"/cases/{number}"))


def await_case(
    who: Caller, number: str, is_so: Callable[[Json], object], what: str, seconds: float = 45
) -> Json:
    """The case, as soon as it is so."""

    def seen() -> Json:
        case = see(who, number)
        return case if is_so(case) else {}

    return until(seen, what, seconds)


def await_phase(who: Caller, number: str, phase: str) -> Json:
    """The case in that phase, which is open."""
    return await_case(
        who,
        number,
        lambda c: c["phase"] and c["phase"]["id"] == phase and c["phase"]["outcome"] is None,
        f"{number} is in {phase}",
    )


def await_end(who: Caller, number: str, status: str = "issued", seconds: float = 60) -> Json:
    """The closed case."""
    return await_case(who, number, lambda c: c["status"] == status, f"{number} {status}", seconds)
