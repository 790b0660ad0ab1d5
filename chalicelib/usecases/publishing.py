"""Publishing a service: a new numbered version where something changed, else nothing."""

import hashlib

import rfc8785

from chalicelib.domain.errors import NotFound
from chalicelib.domain.services.compiler import Definition, compile_model
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.values import Value
from chalicelib.ports.machines import Machines
from chalicelib.ports.services import Published, Services


class Publication(Value):
    """What is current now, and whether it was made just now."""

    published: Published
    changed: bool


def publish(services: Services, machines: Machines, model: ServiceModel) -> Publication:
    """Makes a checked model the current version; may be repeated, at any point of failure.

    The machine comes first: a version is never current before it can run. A machine that was
    made for a version that lost the race is never started. Raises Conflict, Busy.
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
    )
    services.publish(published, after=before)
    return Publication(published=published, changed=True)


def digest_of(model: ServiceModel, definition: Definition) -> str:
    """SHA-256 over the canonical JSON of model and machine: either changing is a new version."""
    content = {"model": model.model_dump(mode="json"), "definition": definition}
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def _current(services: Services, model: ServiceModel) -> Published | None:
    try:
        return services.current(model.service)
    except NotFound:
        return None
