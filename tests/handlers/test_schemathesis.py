"""The description and the interface agree, for whatever schemathesis thinks of.

In one process, over a world with a case in each state. Size 1: 50 examples an operation.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, settings
from schemathesis.checks import not_a_server_error
from schemathesis.openapi import from_dict
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chalicelib.handlers.api.openapi import PATTERNS, document
from tests.api import ADMINISTRATOR, BASE, CHIEF, CLERK, OWNER, STRANGER, Api, opened
from tests.ground.size import times

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
DOCUMENT = document(BASE, "1.2.3")
SCHEMA = from_dict(DOCUMENT)
# Mostly somebody who may, by the first role that the description names.
WHO: dict[str, Iterator[str | None]] = {
    "citizen": cycle([OWNER, OWNER, OWNER, CLERK, OWNER, STRANGER, None]),
    "head-of-unit": cycle([CHIEF, CLERK, CHIEF, CLERK, ADMINISTRATOR, OWNER, None]),
    "administrator": cycle([CHIEF, ADMINISTRATOR, CHIEF, CLERK, None]),
    "": cycle([None]),
}

StartResponse = Callable[[str, list[tuple[str, str]]], object]


class Real:
    """Names that exist, in turn."""

    def __init__(self, api: Api) -> None:
        case = api.get(f"/cases/{api.issued()}", OWNER).json
        others = [api.file(key=key).json["number"] for key in ("second", "third")]
        for number in others:
            api.settle(number)
        names = {
            "number": [case["number"], *others],
            "id": [case["documents"][0]["id"]],
            "code": ["permanent-address"],
        }
        self.names: dict[str, Iterator[str]] = {name: cycle(real) for name, real in names.items()}


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Api, Real]]:
    with pytest.MonkeyPatch.context() as monkeypatch, opened(monkeypatch) as api:
        yield api, Real(api)


def wsgi(api: Api) -> Callable[[dict[str, Any], StartResponse], Iterable[bytes]]:
    """Chalice's router as a WSGI application."""

    def application(environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        headers = {
            name.removeprefix("HTTP_").replace("_", "-"): value
            for name, value in environ.items()
            if name.startswith("HTTP_") or name == "CONTENT_TYPE"
        }
        path = quote(environ["PATH_INFO"].encode("latin-1"))
        size = int(environ.get("CONTENT_LENGTH") or 0)
        answer = api.client.http.request(
            environ["REQUEST_METHOD"],
            f"{path}?{environ['QUERY_STRING']}",
            headers=headers,
            body=environ["wsgi.input"].read(size),
        )
        start(f"{answer.status_code} -", list(answer.headers.items()))
        return [answer.body]

    return application


def test_the_description_is_valid_openapi() -> None:
    SCHEMA.validate()


@SCHEMA.parametrize()
@settings(
    max_examples=times(50),
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    deadline=None,
)
def test_it_is_as_described(case: schemathesis.Case[Any], served: tuple[Api, Real]) -> None:
    # Other methods are API Gateway's to answer.
    assume(case.method.upper() == case.operation.method.upper())
    api, real = served
    for name, value in dict(case.path_parameters or {}).items():
        if re.fullmatch(PATTERNS[name], str(value)):
            case.path_parameters[name] = next(real.names[name])
    roles = case.operation.definition.raw.get("x-roles", [""])
    who = next(WHO["citizen" if "citizen" in roles else roles[0]])
    headers = {"Authorization": f"Bearer {who}"} if who else {}
    case.operation.app = wsgi(api)
    response = case.call(headers=headers)
    # A query may hold what others put there; it is not looked at.
    checks = [c for c in CHECKS if c is not negative_data_rejection or not case.operation.query]
    case.validate_response(response, checks=checks)
