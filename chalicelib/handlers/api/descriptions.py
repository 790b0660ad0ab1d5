"""What describes the interface itself: keys, the OpenAPI document, and whether it lives."""

import json

from chalice import Blueprint, Response
from pydantic import BaseModel

from chalicelib import wiring
from chalicelib.handlers.api.call import Call
from chalicelib.handlers.api.openapi import document
from chalicelib.handlers.api.operations import OPERATIONS, PREFIX, operation, respond

bp = Blueprint(__name__)


class Key(BaseModel):
    """A public key (RFC 7517) on the curve P-256."""

    kty: str
    crv: str
    x: str
    y: str
    kid: str
    alg: str
    use: str


class KeySet(BaseModel):
    """The keys that sign journals' heads and the tokens of documents, retired ones too."""

    keys: tuple[Key, ...]


@operation(bp, "GET", "/keys", KeySet, cache="public, max-age=300")
def list_keys(call: Call) -> KeySet:
    """The public keys, for checking without asking us."""
    return KeySet.model_validate(call.ports.attestation.keys())


@bp.route("/.well-known/jwks.json", content_types=[])
def well_known_keys() -> Response:
    """The same where other systems look for keys first."""
    return respond(next(o for o in OPERATIONS if o.view is list_keys), Call(bp.current_request), {})


@bp.route(f"{PREFIX}/openapi.json", content_types=[])
def describe() -> Response:
    """The OpenAPI 3.1 document."""
    site = wiring.site()
    body = json.dumps(document(site.base_url.rstrip("/"), site.version), ensure_ascii=False)
    return Response(
        body=body,
        headers={
            "Content-Type": "application/json",
            "Cache-Control": "public, max-age=60",
            "Access-Control-Allow-Origin": "*",
        },
    )


@bp.route("/health", content_types=[])
def health() -> Response:
    """Whether it answers, and which version. Asks nobody: an alarm on it is about us."""
    body = json.dumps({"status": "ok", "version": wiring.site().version})
    return Response(
        body=body, headers={"Content-Type": "application/json", "Cache-Control": "no-store"}
    )
