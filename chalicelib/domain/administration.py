"""Who gives the services. Everything local is configuration: one file per administration."""

from chalicelib.domain.errors import NotFound
from chalicelib.domain.services.words import Text
from chalicelib.domain.values import Value


class Administration(Value):
    """`code` begins the case numbers; `units` are named by the models' codes for them.

    `office` is who answers for refusals; `notice` stands on every document of a demonstration.
    """

    code: str
    name: Text
    above: Text
    place: Text
    address: Text
    contacts: str
    office: Text
    units: dict[str, Text]
    notice: Text | None = None

    def unit(self, code: str) -> Text:
        """What a unit is called. Raises NotFound."""
        if code not in self.units:
            raise NotFound("no-such-unit", unit=code)
        return self.units[code]
