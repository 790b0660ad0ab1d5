"""The hand-written IAM policies: enough for the whole story, and enforced while it is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from infra.local.caller import Caller, Payer
from tests.journeys.stack import Stack, until

pytestmark = [pytest.mark.cloud, pytest.mark.slow, pytest.mark.xdist_group("stack")]
SERVICE = "permanent-address"


@pytest.fixture
def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    """A stack of its own whose cloud evaluates every policy."""
    monkeypatch.setenv("AUTH", "true")
    running = Stack(tmp_path / "stack")
    try:
        running.start()
        yield running
    finally:
        running.stop()


def say(caller: Caller, path: str, **body: Any) -> dict[str, Any]:
    answer = caller.post(path, body, str(uuid4()))
    assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
    found: dict[str, Any] = answer.json()
    return found


def test_the_story_needs_no_permission_that_a_role_lacks(guarded: Stack) -> None:
    people = guarded.endpoints
    with Caller(people, "citizen1") as citizen, Caller(people, "registrar") as registrar:
        answers = {"names": guarded.person("citizen1")["name"], "purpose": "bank", "truth": True}
        filed = say(
            citizen,
            "/cases",
            service=SERVICE,
            tier="regular",
            delivery="portal",
            language="bg",
            answers=answers,
        )
        number = filed["number"]
        payer = Payer(people, citizen.http)
        checkout = say(citizen, f"/cases/{number}/payments", operator="epay")
        payer.press(payer.arrive(checkout), "pay")

        def phase() -> str:
            found = citizen.get(f"/cases/{number}").json()["phase"]
            return str(found and found["id"])

        until(lambda: phase() == "examination", "the payment arrived")
        say(registrar, f"/cases/{number}/assignments", action="claim")
        say(registrar, f"/cases/{number}/decisions", outcome="approve")

        def issued() -> list[dict[str, Any]]:
            case = citizen.get(f"/cases/{number}").json()
            return list(case["documents"]) if case["status"] == "issued" else []

        document = until(issued, "the certificate is issued")[0]
        link = citizen.get(f"/documents/{document['id']}").json()["url"]
        assert citizen.http.get(link).content.startswith(b"%PDF")
        # Otherwise all this would show nothing.
        bucket = people["stack"]["DocumentsBucketName"]
        assert citizen.http.get(f"{people['aws']}/{bucket}").status_code == 403
