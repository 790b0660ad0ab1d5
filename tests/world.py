"""A whole world in memory: every port by its twin, some people, and a clock that tests turn."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count

from chalicelib.adapters.attestation.memory import MemoryAttestation
from chalicelib.adapters.attestation.offline import verify
from chalicelib.adapters.calendar.bulgarian import bulgarian
from chalicelib.adapters.cases.memory import MemoryCases
from chalicelib.adapters.demo_clock.memory import MemoryDemoClock
from chalicelib.adapters.documents.memory import MemoryDocumentStore
from chalicelib.adapters.documents.typst import TypstRenderer
from chalicelib.adapters.executions.memory import MemoryExecutions
from chalicelib.adapters.forms.jsonschema import JsonSchemaRules
from chalicelib.adapters.identity.memory import MemoryIdentity
from chalicelib.adapters.payments.epay import EpayOperator
from chalicelib.adapters.population.demo import DemoPopulation
from chalicelib.adapters.population.people import demo_people, population
from chalicelib.adapters.registers.demo import invented
from chalicelib.adapters.registers.sources import RegistersBySource
from chalicelib.adapters.seal.memory import MemorySeal
from chalicelib.adapters.services.memory import MemoryServices
from chalicelib.adapters.sessions.memory import MemorySessions
from chalicelib.adapters.staff.memory import MemoryStaff
from chalicelib.domain.access import Principal, Role
from chalicelib.domain.administration import Administration
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.signin import subject_of
from chalicelib.ports.attestation import Verifier
from chalicelib.ports.payments import PaymentOperator
from chalicelib.ports.population import Population
from tests.models import published, stara_zagora

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SECRET = "a" * 64
MERCHANT = "D123456789"


def citizen(index: int = 0) -> Principal:
    """A demo citizen who is in the population register."""
    person = demo_people()[index]
    return Principal(
        subject=SubjectId(f"person-{index}"),
        name=str(person.names),
        roles=frozenset({"citizen"}),
        egn=person.egn,
    )


def official(
    role: Role = "registrar", name: str = "Мария", unit: str | None = "civil-registration"
) -> Principal:
    """Somebody of the office."""
    return Principal(
        subject=SubjectId(f"{role}-{name}"), name=name, roles=frozenset({role}), unit=unit
    )


@dataclass
class World:
    """The ports; `now` is turned by tests."""

    now: datetime = MONDAY
    cases: MemoryCases = field(default_factory=MemoryCases)
    executions: MemoryExecutions = field(default_factory=MemoryExecutions)
    services: MemoryServices = field(default_factory=MemoryServices)
    documents: MemoryDocumentStore = field(default_factory=MemoryDocumentStore)
    population: Population = field(default_factory=DemoPopulation)
    base_url: str = "https://portal.example"
    demo_clock: MemoryDemoClock | None = None
    time_is_moved: bool = False

    def __post_init__(self) -> None:
        self._chance = count(1)
        self.services.publish(published(), after=0)

    @property
    def lists(self) -> MemoryCases:
        return self.cases

    @property
    def records(self) -> MemoryCases:
        return self.cases

    @property
    def execution_records(self) -> MemoryCases:
        return self.cases

    @cached_property
    def administration(self) -> Administration:
        return stara_zagora()

    @cached_property
    def forms(self) -> JsonSchemaRules:
        return JsonSchemaRules()

    @cached_property
    def registers(self) -> RegistersBySource:
        return invented(lambda: self.population, population())

    @cached_property
    def renderer(self) -> TypstRenderer:
        return TypstRenderer()

    @cached_property
    def seal(self) -> MemorySeal:
        return MemorySeal()

    @cached_property
    def attestation(self) -> MemoryAttestation:
        return MemoryAttestation()

    @property
    def verifier(self) -> Verifier:
        return verify

    @cached_property
    def identity(self) -> MemoryIdentity:
        return MemoryIdentity()

    @cached_property
    def sessions(self) -> MemorySessions:
        return MemorySessions()

    @cached_property
    def staff(self) -> MemoryStaff:
        return MemoryStaff()

    @cached_property
    def calendar(self) -> Calendar:
        return bulgarian()

    def operator(self, name: str) -> PaymentOperator:
        if name != "epay":
            raise NotFound(what="operator")
        return EpayOperator("https://epay.example/", MERCHANT, SECRET)

    def subject(self, egn: str) -> SubjectId:
        return subject_of(egn, b"pepper")

    def chance(self, size: int) -> bytes:
        return next(self._chance).to_bytes(size, "big")

    def pass_time(self, **delta: float) -> None:
        """Turns the clock forward."""
        self.now += timedelta(**delta)
