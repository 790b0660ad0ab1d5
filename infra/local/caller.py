"""A program that uses the machine interface of a running stack, as anybody's would."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import httpx

from infra.paths import ENDPOINTS

Json = dict[str, Any]
_TARGET = "AWSCognitoIdentityProviderService.InitiateAuth"


def read_endpoints(file: Path = ENDPOINTS) -> Json:
    """Where the stack answers. Raises FileNotFoundError where none is running."""
    found: Json = json.loads(file.read_text(encoding="utf-8"))
    return found


class Caller:
    """One person's program; without a user name, anybody's."""

    def __init__(self, endpoints: Json, username: str = "") -> None:
        self.endpoints = endpoints
        self.http = httpx.Client(timeout=60)
        self._given = self._sign_in(username) if username else {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def get(self, path: str, **query: str) -> httpx.Response:
        """Asks the machine interface: `/cases/…`."""
        return self.http.get(self._address(path), params=query, headers=self._given)

    def post(self, path: str, body: Mapping[str, Any], key: str = "") -> httpx.Response:
        """`key`: the Idempotency-Key."""
        headers = {**self._given, **({"Idempotency-Key": key} if key else {})}
        return self.http.post(self._address(path), json=body, headers=headers)

    def _address(self, path: str) -> str:
        return f"{self.endpoints['api']}{path}"

    def _sign_in(self, username: str) -> dict[str, str]:
        """As a program signs in on a laptop; a person's browser gets a code instead."""
        people = {person["username"]: person for person in self.endpoints["people"]}
        answer = self.http.post(
            self.endpoints["aws"],
            headers={"X-Amz-Target": _TARGET, "Content-Type": "application/x-amz-json-1.1"},
            content=json.dumps(
                {
                    "AuthFlow": "USER_PASSWORD_AUTH",
                    "ClientId": self.endpoints["auth"]["client_id"],
                    "AuthParameters": {
                        "USERNAME": username,
                        "PASSWORD": people[username]["password"],
                    },
                }
            ),
        )
        answer.raise_for_status()
        token = answer.json()["AuthenticationResult"]["IdToken"]
        return {"Authorization": f"Bearer {token}", "Accept-Language": "bg"}


class Payer:
    """Somebody before the simulated ePay.bg, and the orders that it takes."""

    def __init__(self, endpoints: Json, http: httpx.Client) -> None:
        self._origin, self._http = endpoints["simulators"]["epay"], http

    def arrive(self, checkout: Json) -> str:
        """Sends the merchant's form; the address of the payer's page."""
        answer = self._http.post(checkout["url"], data=checkout["fields"])
        if answer.status_code != httpx.codes.SEE_OTHER:
            raise RuntimeError(f"the operator refused the request: {answer.status_code}")
        return f"{self._origin}{answer.headers['Location']}"

    def press(self, page: str, button: str) -> str:
        """`pay` or `deny`; where the operator leads then."""
        answer = self._http.post(page, data={"action": button})
        if answer.status_code != httpx.codes.SEE_OTHER:
            raise RuntimeError(f"the operator did not take it: {answer.status_code}")
        return str(answer.headers["Location"])

    def order(self, **order: Any) -> Json:
        """An order to the simulator: faults, or what a payer or time does."""
        answer = self._http.post(f"{self._origin}/control", json=order)
        answer.raise_for_status()
        overview: Json = answer.json()
        return overview

    def attempts(self, invoice: str) -> list[Json]:
        """The calls of the callback for one invoice, and what was answered."""
        answer = self._http.get(f"{self._origin}/log", params={"invoice": invoice})
        found: list[Json] = answer.json()["attempts"]
        return found
