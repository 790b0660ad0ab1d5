"""Which ports a stack takes: the portal's is asked for, the others follow it or are free."""

import json
import socket
from dataclasses import asdict, dataclass

from infra.paths import LOCAL

REMEMBERED = LOCAL / "ports.json"


class PortTaken(Exception):
    """Somebody else listens where the portal should."""


@dataclass(frozen=True)
class Ports:
    """One port for each part that listens."""

    portal: int
    cloud: int
    epay: int
    uscrasp: int


def choose(portal: int) -> Ports:
    """The same as last time where they are free still: addresses are in people's bookmarks.

    Raises PortTaken for the portal's own port.
    """
    if not _free(portal):
        raise PortTaken(f"Port {portal} is in use. Take another: make run PORT={portal + 100}")
    taken = {portal}
    others = {
        name: _other(name, portal, step, taken)
        for step, name in enumerate(("cloud", "epay", "uscrasp"), start=1)
    }
    ports = Ports(portal=portal, **others)
    REMEMBERED.write_text(json.dumps(asdict(ports)))
    return ports


def _other(name: str, portal: int, step: int, taken: set[int]) -> int:
    for port in (_last(name, portal), portal + step, *(_any() for _ in range(20))):
        if port not in taken and _free(port):
            taken.add(port)
            return port
    raise PortTaken("No free port was found")


def _last(name: str, portal: int) -> int:
    try:
        last = json.loads(REMEMBERED.read_text())
    except (OSError, ValueError):
        return 0
    return int(last.get(name, 0)) if last.get("portal") == portal else 0


def _free(port: int) -> bool:
    if not 0 < port < 65536:
        return False
    with socket.socket() as probe:
        # As servers do: a port that was closed a moment ago may be taken again.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _any() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
