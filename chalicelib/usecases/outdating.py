"""Applications begun under an older version of their service: nobody agrees to what they have not
read, be it a fee, a term or a question."""

from collections.abc import Sequence

from chalicelib.domain.errors import Fault, NotFound
from chalicelib.domain.ids import ServiceCode
from chalicelib.domain.services.differences import differences
from chalicelib.ports import Ports
from chalicelib.ports.services import Published

CHANGED = "service-changed"


def changed_since(ports: Ports, read: int | None, current: Published) -> tuple[Fault, ...]:
    """What an applicant who read version `read` does not know, a fault for each change that
    concerns applicants. None: they do not say what they read, and agree to what is current."""
    if read is None or read == current.version:
        return ()
    old = _version(ports, current.model.service, read)
    if old is None:
        return (Fault(field="version", code="unknown-version", facts={"limit": current.version}),)
    return tuple(
        Fault(
            field="version",
            code=CHANGED,
            facts={"change_bg": told.text.bg, "change_en": told.text.en},
        )
        for told in differences(old.model, current.model, "citizen")
    )


def about_changes(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Those of the faults that new rules are to blame for, not the answers."""
    return tuple(fault for fault in faults if fault.field == "version")


def _version(ports: Ports, service: ServiceCode, number: int) -> Published | None:
    try:
        return ports.services.version(service, number)
    except NotFound:
        return None
