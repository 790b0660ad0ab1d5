"""Settings to ports: everything outside is made here, once per container, when first needed.

Heavy libraries are imported by the port that uses them, so that each function loads only what
it works with.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from chalicelib.adapters.table import use_table
from chalicelib.domain.administration import Administration
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.signin import subject_of
from chalicelib.ports import Ports
from chalicelib.settings import Secret, Settings, settings
from chalicelib.settings import Site as Site  # noqa: PLC0414 - handlers know only the wiring

if TYPE_CHECKING:
    from chalicelib.domain.calendar import Calendar
    from chalicelib.ports.attestation import Attestation, Verifier
    from chalicelib.ports.cases import CaseLists, Cases, ExecutionRecords, Records
    from chalicelib.ports.demo_clock import DemoClock
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
    from chalicelib.ports.staff import StaffRecords

_ADMINISTRATIONS = Path(__file__).parent / "administrations"
# Seconds. A function has 29 s before API Gateway gives up on it; one call must not eat them.
_AWS = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "max_attempts": 3})


class Wiring:
    """The ports as AWS makes them."""

    def __init__(self, config: Settings) -> None:
        self.settings = config
        self._session = boto3.Session()
        use_table(config.table, self._session.region_name)
        self._ahead = timedelta()

    def _client(self, service: str) -> Any:
        return self._session.client(service, config=_AWS)  # type: ignore[call-overload]  # by name

    @cached_property
    def secret(self) -> Secret:
        """Read once per container."""
        stored = self._client("secretsmanager").get_secret_value(SecretId=self.settings.secret)
        return Secret.model_validate(json.loads(stored["SecretString"]))

    @cached_property
    def _kms(self) -> Any:
        return self._client("kms")

    @cached_property
    def administration(self) -> Administration:
        """Who we are."""
        file = _ADMINISTRATIONS / f"{self.settings.administration}.json"
        return Administration.model_validate_json(file.read_bytes())

    @property
    def base_url(self) -> str:
        """The portal's public origin, without a final slash."""
        return self.settings.base_url.rstrip("/")

    @cached_property
    def cases(self) -> "Cases":
        """The system of record."""
        from pynamodb.connection import Connection

        from chalicelib.adapters.cases.dynamodb import DynamoCases
        from chalicelib.adapters.cipher.kms import KmsCipher

        cipher = KmsCipher(self._kms, self.settings.data_key)
        # One for all transactions: each has a client of its own, which takes 80 ms to make.
        connection = Connection(region=self._session.region_name)
        return DynamoCases(cipher, lambda: connection)

    @cached_property
    def lists(self) -> "CaseLists":
        """Through the indexes."""
        from chalicelib.adapters.cases.lists import DynamoLists

        return DynamoLists()

    @cached_property
    def records(self) -> "Records":
        """Beside the cases."""
        from chalicelib.adapters.cases.records import DynamoRecords

        return DynamoRecords()

    @cached_property
    def execution_records(self) -> "ExecutionRecords":
        """Who walks a case."""
        from chalicelib.adapters.cases.records import DynamoExecutionRecords

        return DynamoExecutionRecords()

    @cached_property
    def executions(self) -> "Executions":
        """Step Functions."""
        from chalicelib.adapters.executions.stepfunctions import StepFunctions

        return StepFunctions(self._client("stepfunctions"))

    @cached_property
    def services(self) -> "Services":
        """Published models."""
        from chalicelib.adapters.services.dynamodb import DynamoServices

        return DynamoServices(self._session.region_name)

    @cached_property
    def forms(self) -> "FormRules":
        """JSON Schema."""
        from chalicelib.adapters.forms.jsonschema import JsonSchemaRules

        return JsonSchemaRules()

    @cached_property
    def population(self) -> "Population":
        """The register's gateway, or invented people."""
        if self.settings.register_uscrasp == "demo":
            from chalicelib.adapters.population.demo import DemoPopulation

            return DemoPopulation()
        from chalicelib.adapters.population.http import HttpPopulation

        return HttpPopulation(self.settings.register_uscrasp)

    @cached_property
    def registers(self) -> "Registers":
        """What is connected; on demonstrations invented twins of all."""
        from chalicelib.adapters.registers.demo import invented, real

        if not self.settings.demonstrates:
            return real(lambda: self.population)
        from chalicelib.adapters.population.people import population

        return invented(lambda: self.population, population())

    @cached_property
    def renderer(self) -> "Renderer":
        """Typst."""
        from chalicelib.adapters.documents.typst import TypstRenderer

        return TypstRenderer()

    @cached_property
    def documents(self) -> "DocumentStore":
        """The documents bucket."""
        from chalicelib.adapters.documents.s3 import S3DocumentStore

        return S3DocumentStore(self._client("s3"), self.settings.documents_bucket)

    @cached_property
    def seal(self) -> "Seal":
        """PAdES with the key in KMS."""
        from chalicelib.adapters.seal.kms import KmsSeal

        place = self.administration.place.bg
        return KmsSeal(self._kms, self.settings.seal_key, self.secret.certificates, place)

    @cached_property
    def attestation(self) -> "Attestation":
        """ES256 with the key in KMS."""
        from chalicelib.adapters.attestation.kms import KmsAttestation

        return KmsAttestation(self._kms, self.settings.attest_key)

    @property
    def verifier(self) -> "Verifier":
        """Checks statements; needs no network."""
        from chalicelib.adapters.attestation.offline import verify

        return verify

    @cached_property
    def sessions(self) -> "Sessions":
        """In the table."""
        from chalicelib.adapters.sessions.dynamodb import DynamoSessions

        return DynamoSessions(self.secret.session_key.get_secret_value().encode())

    @cached_property
    def identity(self) -> "IdentityProvider":
        """The user pool."""
        from chalicelib.adapters.identity.cognito import CognitoIdentity, Pool

        pool = Pool(
            issuer=self.settings.issuer,
            signin_url=self.settings.signin_url,
            client_id=self.settings.user_pool_client,
            client_secret=self.secret.oidc_client_secret.get_secret_value(),
            api_clients=frozenset({self.settings.api_client} - {""}),
            base_url=self.settings.base_url,
        )
        return CognitoIdentity(pool, lambda: self._client("cognito-idp"))

    @cached_property
    def calendar(self) -> "Calendar":
        """The Bulgarian calendar with the administration's own days."""
        from chalicelib.adapters.calendar.bulgarian import of_administration

        return of_administration(_ADMINISTRATIONS / f"{self.settings.administration}.calendar.json")

    @cached_property
    def demo_clock(self) -> "DemoClock | None":
        """Only where cases are not real."""
        if not self.settings.demonstrates:
            return None
        from chalicelib.adapters.demo_clock.dynamodb import DynamoDemoClock

        return DynamoDemoClock()

    @cached_property
    def staff(self) -> "StaffRecords":
        """Who works here."""
        from chalicelib.adapters.staff.dynamodb import DynamoStaff

        return DynamoStaff()

    @property
    def time_is_moved(self) -> bool:
        """Whether the time that was asked for last was not the real one."""
        return bool(self._ahead)

    def now(self) -> datetime:
        """Asked anew each time: who believed an old one would sleep through what is due."""
        if self.demo_clock is not None:
            self._ahead = self.demo_clock.read().ahead
        return real_now() + self._ahead

    def operator(self, name: str) -> "PaymentOperator":
        """A payment operator by name. Raises NotFound."""
        if name != "epay":
            raise NotFound(what="operator")
        from chalicelib.adapters.payments.epay import EpayOperator

        keys = self.secret.epay
        return EpayOperator(self.settings.epay_url, keys.min, keys.secret.get_secret_value())

    def subject(self, egn: str) -> SubjectId:
        """Who a citizen is, without saying it."""
        return subject_of(egn, self.secret.subject_pepper.get_secret_value().encode())

    def chance(self, size: int) -> bytes:
        """Random bytes that nobody can guess."""
        return os.urandom(size)


@cache
def _wired() -> Wiring:
    return Wiring(settings())


def ports() -> Ports:
    """The ports of this container."""
    return _wired()


@cache
def site() -> Site:
    """The addresses of this installation."""
    config = settings()
    return Site(
        base_url=config.base_url,
        assets_url=config.assets_url,
        form_targets=(config.signin_url, config.epay_url),
        version=config.version,
    )


def now() -> datetime:
    """The time of the application, UTC. Raises Busy on stages that demonstrate."""
    return _wired().now()


def real_now() -> datetime:
    """The one place that asks the clock: for sessions, tokens and whatever others time. UTC."""
    return datetime.now(UTC)  # noqa: TID251 - here it is asked, everywhere else it is an argument
