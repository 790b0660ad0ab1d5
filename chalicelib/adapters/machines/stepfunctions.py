"""State machines on AWS Step Functions. Used when publishing, never by a function."""

import json
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.errors import Busy
from chalicelib.domain.ids import ServiceCode
from chalicelib.domain.services.compiler import bind
from chalicelib.domain.values import Value
from chalicelib.ports.machines import Definition

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_stepfunctions.type_defs import LoggingConfigurationTypeDef

_PASSING = frozenset({"ThrottlingException", "ConflictException", "ServiceUnavailable"})


class Place(Value):
    """Where machines are made: the stage, their role, the functions that they call (ARNs by the
    compiler's placeholder names), and the log group for what fails (none: no log)."""

    stage: str
    region: str
    role: str
    functions: dict[str, str]
    logs: str | None = None

    def machine(self, service: ServiceCode) -> str:
        """The ARN of a service's machine, without a version."""
        _, partition, _, _, account, _ = self.role.split(":", 5)
        name = f"zagora-{self.stage}-{service}"
        return f"arn:{partition}:states:{self.region}:{account}:stateMachine:{name}"


class StepFunctionsMachines:
    """One machine a service, one published version each time it changes."""

    def __init__(self, client: "SFNClient", place: Place) -> None:
        self._client = client
        self._place = place

    def runs(self, machine: str, definition: Definition) -> bool:
        """Raises Busy."""
        try:
            found = self._client.describe_state_machine(stateMachineArn=machine)
        except ClientError as error:
            if error.response["Error"]["Code"] == "StateMachineDoesNotExist":
                return False
            raise _translated(error) from error
        except BotoCoreError as error:
            raise Busy(source="step-functions") from error
        same = json.loads(found["definition"]) == self._bound(definition)
        return same and found["roleArn"] == self._place.role

    def publish(self, service: ServiceCode, version: int, definition: Definition) -> str:
        """Raises Busy."""
        text = json.dumps(self._bound(definition), ensure_ascii=False)
        try:
            return self._update(service, version, text)
        except ClientError as error:
            if error.response["Error"]["Code"] != "StateMachineDoesNotExist":
                raise _translated(error) from error
        except BotoCoreError as error:
            raise Busy(source="step-functions") from error
        return self._create(service, version, text)

    def _bound(self, definition: Definition) -> object:
        return bind(definition, self._place.functions)

    def _update(self, service: ServiceCode, version: int, text: str) -> str:
        made = self._client.update_state_machine(
            stateMachineArn=self._place.machine(service),
            definition=text,
            roleArn=self._place.role,
            loggingConfiguration=self._logging(),
            tracingConfiguration={"enabled": True},
            publish=True,
            versionDescription=f"version {version} of the service",
        )
        return made["stateMachineVersionArn"]

    def _create(self, service: ServiceCode, version: int, text: str) -> str:
        name = self._place.machine(service).rsplit(":", 1)[-1]
        try:
            made = self._client.create_state_machine(
                name=name,
                definition=text,
                roleArn=self._place.role,
                loggingConfiguration=self._logging(),
                tracingConfiguration={"enabled": True},
                publish=True,
                versionDescription=f"version {version} of the service",
            )
        except ClientError as error:
            raise _translated(error) from error
        except BotoCoreError as error:
            raise Busy(source="step-functions") from error
        return made["stateMachineVersionArn"]

    def _logging(self) -> "LoggingConfigurationTypeDef":
        if self._place.logs is None:
            return {"level": "OFF"}
        group = f"{self._place.logs.removesuffix(':*')}:*"
        return {
            "level": "ERROR",
            # What tasks carry may lead to a person: it stays out of logs.
            "includeExecutionData": False,
            "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": group}}],
        }


def _translated(error: ClientError) -> Exception:
    """Busy where waiting helps; else the error itself: a wrong role or definition is our fault."""
    code = error.response["Error"]["Code"]
    return Busy(source="step-functions", reason=code) if code in _PASSING else error
