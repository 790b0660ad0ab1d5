"""What the law needs of the civil registration (USCRASP, the population register)."""

from typing import Protocol

from chalicelib.domain.population import CallContext, PopulationRecord


class Population(Protocol):
    """The population register, read only."""

    def permanent_address(self, egn: str, context: CallContext) -> PopulationRecord:
        """The person with their permanent address.

        Raises NotFound (no such person; code `no-permanent-address` where the person has none),
        RegisterUnavailable (no answer, or one that cannot be trusted).
        """
        ...
