"""Publishing a service: a new numbered version where something changed, else nothing."""

import hashlib
from datetime import datetime

import rfc8785

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.services.compiler import Definition, compile_model
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.values import Value
from chalicelib.ports.machines import Machines
from chalicelib.ports.services import Published, Services

# So much of a digest is read aloud and compared by eye.
SHORT = 12


class Publication(Value):
    """What is current now, and whether it was made just now."""

    published: Published
    changed: bool


def publish(
    services: Services,
    machines: Machines,
    model: ServiceModel,
    by: str = "",
    at: datetime | None = None,
) -> Publication:
    """Makes a checked model the current version; may be repeated, at any point of failure.

    The machine comes first: a version is never current before it can run. A machine that was
    made for a version that lost the race is never started. Raises Busy, and Conflict, which says
    what somebody else published in between.
    """
    definition = compile_model(model)
    digest = digest_of(model, definition)
    current = _current(services, model)
    if current and current.digest == digest and machines.runs(current.machine, definition):
        return Publication(published=current, changed=False)
    before = current.version if current else 0
    published = Published(
        version=before + 1,
        digest=digest,
        model=model,
        definition=definition,
        machine=machines.publish(model.service, before + 1, definition),
        by=by,
        at=at,
    )
    try:
        services.publish(published, after=before)
    except Conflict as conflict:
        return _overtaken(services, published, conflict)
    return Publication(published=published, changed=True)


def _overtaken(services: Services, ours: Published, conflict: Conflict) -> Publication:
    """Somebody was faster: with the very same content nothing is lost, else they are named."""
    winner = _current(services, ours.model)
    if winner is None:
        raise conflict
    if winner.digest == ours.digest:
        return Publication(published=winner, changed=False)
    raise Conflict(
        "published-meanwhile",
        service=ours.model.service,
        version=winner.version,
        digest=winner.digest[:SHORT],
        by=winner.by or "somebody",
        at=winner.at.isoformat() if winner.at else "",
    ) from conflict


def digest_of(model: ServiceModel, definition: Definition) -> str:
    """SHA-256 over the canonical JSON of model and machine: either changing is a new version."""
    content = {"model": model.model_dump(mode="json"), "definition": definition}
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def _current(services: Services, model: ServiceModel) -> Published | None:
    try:
        return services.current(model.service)
    except NotFound:
        return None
