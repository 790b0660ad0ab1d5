"""The OpenAPI 3.1 document, made of the very models that validate and answer."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from chalicelib.handlers import problems
from chalicelib.handlers.api.operations import OPERATIONS, PREFIX, Operation
from chalicelib.handlers.problems import Problem

Json = dict[str, Any]
_REF = "#/components/schemas/{model}"
PATTERNS = {
    "number": r"^[A-Za-z0-9]{1,12}-[0-9]{4}-[0-9]{6,12}-[0-9X]$",
    "id": "^[0-9a-hjkmnp-tv-z]{26}$",
    "code": "^[a-z0-9-]{1,64}$",
}
_MEANINGS = {
    400: "The request cannot be read",
    401: "Who is asking is not known",
    403: "Another role is needed",
    404: "There is no such thing, or it is not the caller's to see",
    409: "The case is not in a state in which this can be done, or somebody was faster",
    413: "The body is too large",
    415: "The body is not JSON",
    422: "The content is wrong (`errors`), or the Idempotency-Key came with another body",
    500: "A fault on our side",
    503: "Try again after `Retry-After`",
}
_ABOUT = """Errors are problems (RFC 9457) with a stable `type`. Times are RFC 3339 in UTC, dates
ISO 8601, money integer minor units with a currency. Lists are pages: hand `next` back as `cursor`.
The same Idempotency-Key gets the same answer for seven days; with another body it is refused."""


@cache
def document(origin: str, version: str) -> Json:
    """The whole document. `origin` is the portal's public one."""
    references, schemas = _schemas()
    paths: dict[str, Json] = {}
    for one in OPERATIONS:
        described = _operation(one, references)
        paths.setdefault(one.path, {})[one.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Zagora",
            "summary": "Municipal services",
            "description": _ABOUT,
            "version": version,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": f"{origin}{PREFIX}"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            },
        },
    }


References = Mapping[tuple[Any, JsonSchemaMode], Json]


def _schemas() -> tuple[References, Json]:
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Problem, "serialization")]
    for one in OPERATIONS:
        wanted.append((one.answers, "serialization"))
        if one.body is not None:
            wanted.append((one.body, "validation"))
    references, definitions = models_json_schema(
        list(dict.fromkeys(wanted)), by_alias=True, ref_template=_REF
    )
    return references, definitions["$defs"]


def _operation(one: Operation, references: References) -> Json:
    described: Json = {
        "operationId": one.name,
        "summary": (one.view.__doc__ or "").strip().splitlines()[0],
        "tags": [one.view.__module__.rsplit(".", 1)[-1]],
        "parameters": _parameters(one),
        "responses": _responses(one, references),
        "security": [{"bearer": []}] if one.roles is not None else [],
    }
    if one.roles is not None:
        described["x-roles"] = sorted(one.roles)
    if one.body is not None:
        content = {"application/json": {"schema": references[one.body, "validation"]}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _parameters(one: Operation) -> list[Json]:
    found = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": PATTERNS[name]},
        }
        for name in re.findall(r"{(\w+)}", one.path)
    ]
    found += [{"name": name, "in": "query", "schema": {"type": "string"}} for name in one.query]
    if one.key != "none":
        key = {"type": "string", "pattern": "^[!-~]{1,128}$"}
        required = one.key == "required"
        found.append(
            {"name": "Idempotency-Key", "in": "header", "required": required, "schema": key}
        )
    return found


def statuses(one: Operation) -> list[int]:
    """Every status beside success that the operation may answer."""
    signed = (401, 403) if one.roles is not None else ()
    sent = (400, 413, 415, 422) if one.body is not None else ()
    return sorted({*one.problems, *signed, *sent, 500, 503})


def _responses(one: Operation, references: References) -> Json:
    answer: Json = {
        "description": (one.answers.__doc__ or "The answer").strip().splitlines()[0],
        "content": {one.media: {"schema": references[one.answers, "serialization"]}},
    }
    told = {"schema": references[Problem, "serialization"]}
    failed = {
        str(status): {"description": _MEANINGS[status], "content": {problems.MEDIA_TYPE: told}}
        for status in statuses(one)
    }
    return {str(one.status): answer, **failed}
