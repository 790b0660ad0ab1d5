"""Who gives the services. Everything local is configuration: one file per administration."""

from chalicelib.domain.errors import NotFound
from chalicelib.domain.services.words import Text
from chalicelib.domain.values import Value


class Look(Value):
    """How the pages look: emblems are names of assets, `colour` is for the browser's frame."""

    emblem: str
    emblem_light: str
    colour: str


class Administration(Value):
    """`code` begins the case numbers; `units` are named by the models' codes for them.

    `portal` is what its pages are called, `above` the line over its name in letters. `office`
    is who answers for refusals; `notice` stands on every document of a demonstration.
    """

    code: str
    name: Text
    portal: Text
    above: Text
    place: Text
    address: Text
    phone: str
    email: str
    office: Text
    units: dict[str, Text]
    look: Look
    notice: Text | None = None

    def unit(self, code: str) -> Text:
        """What a unit is called. Raises NotFound."""
        if code not in self.units:
            raise NotFound("no-such-unit", unit=code)
        return self.units[code]
