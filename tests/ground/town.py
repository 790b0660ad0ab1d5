"""The product as it is deployed, in one process: the real wiring, handlers, adapters and compiled
machines on repaired moto, under the test's clock. Only rendering, sealing with a PDF library, the
register and the payment operator are doubles that remember what they were asked.

`Ground` is made once for a module (keys, bucket, clients); `Ground.town()` is a fresh town with
an empty table. What a process of ours does to the outside world goes through botocore, so
`faults.injected` reaches all of it.
"""

import copy
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from unittest import mock

import boto3
import yaml
from moto import mock_aws

from chalicelib.adapters.payments.memory import MemoryOperator
from chalicelib.adapters.population.demo import DemoPopulation
from chalicelib.adapters.population.people import population
from chalicelib.adapters.seal.kms import KmsSeal
from chalicelib.adapters.table import Row
from chalicelib.domain.access import Principal, Role
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import CaseId, CaseNumber, Invoice, PhaseId, ServiceCode, SubjectId
from chalicelib.domain.money import Money
from chalicelib.domain.payments import Notice, NoticeStatus
from chalicelib.domain.population import CallContext, PopulationRecord
from chalicelib.domain.services.compiler import PLACEHOLDERS, bind, compile_model
from chalicelib.domain.services.language import ServiceModel
from chalicelib.handlers import engine, issuing, reconcile, stream
from chalicelib.ports.services import Published
from chalicelib.settings import Settings
from chalicelib.usecases import applications, decisions, payments
from chalicelib.usecases.applications import Filing
from chalicelib.wiring import Wiring
from tests import table
from tests.ground import machines, streams
from tests.ground.dynamodb import Repair, repaired_dynamodb
from tests.ground.faults import Killed
from tests.ground.machines import Machines
from tests.ground.paths import MODELS

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SERVICE = ServiceCode("permanent-address")
OPERATOR = "memory"
FEE = Money(amount=256)
ANSWERS: dict[str, Any] = {"purpose": "bank", "truth": True}
# Longer than any grace of the sweep.
A_WHILE = timedelta(minutes=21)
HANDLERS = (engine, issuing, stream, reconcile)


class Fixed:
    """A stream record that no copying copies: nothing changes it any more."""

    def __init__(self, record: streams.Record) -> None:
        self.record = record

    def to_json(self) -> streams.Record:
        """As moto's own."""
        return self.record

    def __deepcopy__(self, _: object) -> "Fixed":
        return self


class Paper:
    """Renders a page that says what it is about."""

    def render(self, template: str, data: Any, language: str) -> bytes:
        """The template's name and its data, readable."""
        text = json.dumps(data, default=str, sort_keys=True, ensure_ascii=False)
        return f"{template} {language} {text}".encode()


class Wax:
    """Seals by the real key service, without a PDF library."""

    def __init__(self, seal: KmsSeal) -> None:
        self._seal = seal

    def seal(self, pdf: bytes, *, reason: str, at: datetime) -> bytes:
        """The content and a signature of its digest. Raises SealUnavailable."""
        return pdf + b"\nseal " + self._seal.sign(hashlib.sha256(pdf).digest())


class Register:
    """The demo register; remembers who was asked about, and may be down."""

    def __init__(self) -> None:
        self.asked: list[CallContext] = []
        self.down = False
        self._register = DemoPopulation(fails=lambda: self.down)

    def permanent_address(self, egn: str, context: CallContext) -> PopulationRecord:
        """See the port."""
        self.asked.append(context)
        return self._register.permanent_address(egn, context)


class TownWiring(Wiring):
    """The real wiring, but for what costs time and proves nothing here."""

    def __init__(self, config: Settings) -> None:
        super().__init__(config)
        self.register = Register()
        self.payment_operator = MemoryOperator(name=OPERATOR)
        self._drawn = 0

    @cached_property
    def renderer(self) -> Any:
        """Paper."""
        return Paper()

    @cached_property
    def seal(self) -> Any:
        """Wax."""
        return Wax(KmsSeal(self._kms, self.settings.seal_key, [], ""))

    @property
    def population(self) -> Any:
        """The register's double."""
        return self.register

    def operator(self, name: str) -> Any:
        """The operator's double. Raises NotFound."""
        if name != OPERATOR:
            raise NotFound(what="operator")
        return self.payment_operator

    def chance(self, size: int) -> bytes:
        """Never the same twice, and the same in every run."""
        self._drawn += 1
        return hashlib.sha256(str(self._drawn).encode()).digest()[:size].rjust(size, b"\0")


class Town:
    """A fresh town. `acknowledged` and `ledger` are what outsiders were told: see invariants."""

    def __init__(self, ports: TownWiring, repair: Repair) -> None:
        self.ports = ports
        self.repair = repair
        self.now = MONDAY
        self.ledger: dict[Invoice, Money] = {}
        self.acknowledged: dict[str, CaseNumber] = {}
        self.answered: list[tuple[Invoice, NoticeStatus, str]] = []
        self.poison: list[streams.Record] = []
        self._read = 0
        functions: dict[str, Callable[[dict[str, Any], Any], Any]] = {
            "open_phase": engine.open_phase,
            "clock": engine.clock,
            "run_phase": engine.run_phase,
            "deliver_result": engine.deliver_result,
            "issue_document": issuing.issue_document,
        }
        self.machines = Machines(
            {name: _invoked(function) for name, function in functions.items()}, self.clock
        )

    def clock(self) -> datetime:
        """The one clock of the town."""
        return self.now

    # What people and operators do.

    def submit(self, key: str = "key", who: int = 0) -> Case:
        """An application by the portal."""
        filing = Filing(service=SERVICE, tier="regular", delivery="portal", answers=ANSWERS)
        case = applications.file_application(self.ports, citizen(who), filing, key, self.now)
        assert self.acknowledged.setdefault(key, case.number) == case.number, "another number"
        return case

    def start_payment(self, number: CaseNumber, who: int = 0) -> Invoice:
        """The citizen goes to the operator."""
        _, invoice, _ = payments.begin_payment(
            self.ports, citizen(who), number, OPERATOR, "bg", self.now
        )
        return invoice

    def notify(self, invoice: Invoice, status: NoticeStatus = "paid", amount: Money = FEE) -> str:
        """The operator calls back, and notes what it was paid, whatever we answer."""
        notice = Notice(
            operator=OPERATOR,
            invoice=invoice,
            status=status,
            paid_at=MONDAY if status == "paid" else None,
            reference=f"r-{invoice}" if status == "paid" else "",
            amount=amount if status == "paid" else None,
        )
        if status == "paid":
            self.ledger.setdefault(invoice, amount)
        body = self.ports.payment_operator.notify(notice)
        answer = payments.receive_notification(self.ports, OPERATOR, body, self.now)
        verdict = answer.split()[-1]
        self.answered.append((invoice, status, verdict))
        return verdict

    def claim(self, number: CaseNumber, who: Principal | None = None) -> Case:
        """An official takes the task."""
        return decisions.claim(
            self.ports, who or official(), number, PhaseId("examination"), self.now
        )

    def decide(
        self, number: CaseNumber, outcome: str = "approve", who: Principal | None = None
    ) -> Case:
        """An official decides."""
        decision = Decision(
            phase=PhaseId("examination"), outcome=outcome, facts="Няма", grounds="чл. 1"
        )
        return decisions.decide(self.ports, who or official(), number, decision, self.now)

    # What follows by itself.

    def settle(self) -> None:
        """Stream and machines, until nothing more follows."""
        for _ in range(200):
            records = streams.written(table.NAME, self._read)
            self._read += len(records)
            self.deliver(records)
            self.machines.run()
            if len(streams.written(table.NAME, self._read)) == 0:
                return
        raise AssertionError("the town never comes to rest")

    def deliver(self, records: list[streams.Record], batch: int = 10) -> None:
        """Hands records to the stream's function; a killed one gets its batch again."""
        self.poison += streams.deliver(records, self._consume, batch=batch, tries=10)

    def _consume(self, event: streams.Event) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = stream.on_table_change(event, None)
        except Killed:
            first = event["Records"][0]["dynamodb"]["SequenceNumber"]
            return {"batchItemFailures": [{"itemIdentifier": first}]}
        return answer

    def sweep(self, *, everything: bool = False) -> None:
        """The scheduled function, and what follows from it."""
        reconcile.reconcile({"all": everything}, None)
        self.settle()

    def wait(self, **delta: float) -> None:
        """Time passes; what sleeps until then wakes."""
        self.now += timedelta(**delta)
        self.settle()

    def recover(self) -> None:
        """Faults have stopped: the stream comes again from its beginning, the sweep runs twice."""
        self.settle()
        self.deliver(streams.written(table.NAME))
        self.settle()
        for _ in range(2):
            self.now += A_WHILE
            self.settle()
            self.sweep()

    # Going back.

    def snapshot(self) -> Callable[[], None]:
        """What sets the town back to this moment, as often as it is called."""
        kept = copy.deepcopy(self._moving())

        def restore() -> None:
            items, records, executions, own, asked, drawn = copy.deepcopy(kept)
            of = streams.table(table.NAME)
            of.items.clear()
            of.items.update(items)
            streams.shard(of).items[:] = records
            self.machines.executions = executions
            self.__dict__.update(own)
            self.ports.register = Register()
            self.ports.register.asked = asked
            self.ports._drawn = drawn
            self.repair.forget_tokens()

        return restore

    def _moving(self) -> tuple[Any, ...]:
        of = streams.table(table.NAME)
        names = ("now", "ledger", "acknowledged", "answered", "poison", "_read")
        return (
            dict(of.items),
            [Fixed(r.record) for r in streams.shard(of).items],
            self.machines.executions,
            {name: self.__dict__[name] for name in names},
            self.ports.register.asked,
            self.ports._drawn,
        )

    # Looking.

    def case(self, number: CaseNumber) -> Case:
        """The record."""
        return self.ports.cases.find(number)

    def case_ids(self) -> list[CaseId]:
        """Every case there is."""
        keys = (row["dynamodb"]["Keys"] for row in streams.written(table.NAME))
        found = (k["pk"]["S"] for k in keys if k["sk"]["S"] == "CASE")
        return [CaseId(pk.removeprefix("CASE#")) for pk in dict.fromkeys(found)]


class Ground:
    """What is made once: AWS in this process, keys, a bucket, the published service."""

    def __init__(self, repair: Repair) -> None:
        self.repair = repair
        kms = boto3.client("kms")
        data, seal, attest = (
            kms.create_key(**wanted)["KeyMetadata"]["KeyId"]  # type: ignore[arg-type] # literals
            for wanted in (
                {},
                {"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"},
                {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"},
            )
        )
        boto3.client("s3").create_bucket(
            Bucket="documents",
            CreateBucketConfiguration={"LocationConstraint": "eu-central-1"},
        )
        self.settings = Settings(
            table=table.NAME,
            documents_bucket="documents",
            base_url="https://portal.example",
            data_key=data,
            seal_key=seal,
            attest_key=attest,
            secret="zagora",
        )
        self.wiring = TownWiring(self.settings)
        self.published = publishable(1)

    @contextmanager
    def town(self) -> Iterator[Town]:
        """A fresh town: an empty table, no executions, a register that nobody has asked."""
        self._empty_table()
        self.wiring.register = Register()
        self.wiring._drawn = 0
        town = Town(self.wiring, self.repair)
        town.machines.definitions[self.published.machine] = self.published.definition
        with ExitStack() as stack:
            for handler in HANDLERS:
                stack.enter_context(mock.patch.object(handler, "ports", self._ports))
                stack.enter_context(mock.patch.object(handler, "now", town.clock))
            stack.enter_context(mock.patch("tenacity.nap.time"))  # nobody sleeps
            stack.enter_context(machines.calls(town.machines))
            self.wiring.services.publish(self.published, after=0)
            town._read = len(streams.written(table.NAME))
            yield town

    def _ports(self) -> TownWiring:
        return self.wiring

    def _empty_table(self) -> None:
        db, connection = boto3.client("dynamodb"), Row._connection
        if table.NAME in db.list_tables()["TableNames"]:
            db.delete_table(TableName=table.NAME)
        table.create_table()
        if connection is not None:
            Row._connection = connection  # the same table: a new client takes 80 ms
        self.repair.forget_tokens()


@contextmanager
def ground() -> Iterator[Ground]:
    """The ground for a module's towns."""
    with mock_aws(), repaired_dynamodb() as repair:
        yield Ground(repair)


def publishable(version: int) -> Published:
    """The service as publishing would store it."""
    model = ServiceModel.model_validate(yaml.safe_load((MODELS / f"{SERVICE}.yaml").read_text()))
    arn = "arn:aws:lambda:eu-central-1:123456789012:function:"
    names = PLACEHOLDERS
    definition = bind(compile_model(model), {name: f"{arn}{name}" for name in names})
    assert isinstance(definition, dict)
    return Published(
        version=version,
        digest="0" * 64,
        model=model,
        definition=definition,
        machine=f"arn:aws:states:eu-central-1:123456789012:stateMachine:{SERVICE}:{version}",
    )


def citizen(index: int = 0) -> Principal:
    """A person of the demo register, signed in."""
    person = population()[index]
    return Principal(
        subject=SubjectId(f"person-{index}"),
        name=person.names.full if hasattr(person.names, "full") else str(person.names),
        roles=frozenset({"citizen"}),
        egn=person.egn,
    )


def official(name: str = "Мария", role: Role = "registrar") -> Principal:
    """Somebody of the unit that handles the service."""
    return Principal(
        subject=SubjectId(f"official-{name}"),
        name=name,
        roles=frozenset({role}),
        unit="civil-registration",
    )


def _invoked(function: Callable[[dict[str, Any], Any], Any]) -> machines.Function:
    """As Lambda invokes it: JSON in, JSON out."""

    def invoke(event: dict[str, Any]) -> Any:
        return json.loads(json.dumps(function(json.loads(json.dumps(event)), None)))

    return invoke
