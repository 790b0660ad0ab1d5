"""What the law needs of the world. The wiring makes it real, the tests make it in memory."""

from typing import Protocol

from chalicelib.domain.administration import Administration
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.ids import SubjectId
from chalicelib.ports.attestation import Attestation, Verifier
from chalicelib.ports.cases import CaseLists, Cases, ExecutionRecords, Records
from chalicelib.ports.documents import DocumentStore, Renderer
from chalicelib.ports.executions import Executions
from chalicelib.ports.forms import FormRules
from chalicelib.ports.identity import IdentityProvider
from chalicelib.ports.payments import PaymentOperator
from chalicelib.ports.population import Population
from chalicelib.ports.registers import Registers
from chalicelib.ports.seal import Seal
from chalicelib.ports.services import Services
from chalicelib.ports.sessions import Sessions


class Ports(Protocol):
    """Everything outside, each made when it is first asked for."""

    @property
    def administration(self) -> Administration: ...
    @property
    def base_url(self) -> str: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def lists(self) -> CaseLists: ...
    @property
    def records(self) -> Records: ...
    @property
    def execution_records(self) -> ExecutionRecords: ...
    @property
    def executions(self) -> Executions: ...
    @property
    def services(self) -> Services: ...
    @property
    def forms(self) -> FormRules: ...
    @property
    def population(self) -> Population: ...
    @property
    def registers(self) -> Registers: ...
    @property
    def renderer(self) -> Renderer: ...
    @property
    def documents(self) -> DocumentStore: ...
    @property
    def seal(self) -> Seal: ...
    @property
    def attestation(self) -> Attestation: ...
    @property
    def verifier(self) -> Verifier: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def identity(self) -> IdentityProvider: ...
    @property
    def calendar(self) -> Calendar: ...

    def operator(self, name: str) -> PaymentOperator:
        """A payment operator by name. Raises NotFound."""
        ...

    def subject(self, egn: str) -> SubjectId:
        """Who a citizen is, without saying it: the same for the same EGN."""
        ...

    def chance(self, size: int) -> bytes:
        """Random bytes that nobody can guess."""
        ...
