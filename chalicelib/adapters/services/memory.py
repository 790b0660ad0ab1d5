"""Published services in memory: the twin of the table for tests."""

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.ids import ServiceCode
from chalicelib.ports.services import Published


class MemoryServices:
    """Versions by service, the last one current."""

    def __init__(self) -> None:
        self._versions: dict[ServiceCode, list[Published]] = {}

    def current(self, code: ServiceCode) -> Published:
        """Raises NotFound."""
        if code not in self._versions:
            raise NotFound(what="service")
        return self._versions[code][-1]

    def version(self, code: ServiceCode, number: int) -> Published:
        """Raises NotFound."""
        for published in self._versions.get(code, []):
            if published.version == number:
                return published
        raise NotFound(what="service")

    def all_current(self) -> tuple[Published, ...]:
        """By code."""
        return tuple(self._versions[code][-1] for code in sorted(self._versions))

    def publish(self, published: Published, after: int) -> None:
        """Raises Conflict."""
        versions = self._versions.setdefault(published.model.service, [])
        there = any(one.version == published.version for one in versions)
        if there or (versions[-1].version if versions else 0) != after:
            raise Conflict("published-meanwhile", service=published.model.service)
        versions.append(published)
