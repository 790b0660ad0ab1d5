"""Executions on AWS Step Functions."""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.cases.routing import Reply
from chalicelib.domain.errors import Busy

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

# Nobody waits behind the token: it was used, the wait timed out, or the execution is gone.
_NOBODY_WAITS = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})


class StepFunctions:
    """Starting is idempotent by name; waking by token."""

    def __init__(self, client: "SFNClient") -> None:
        self._client = client

    def start(self, machine: str, name: str, reply: Reply) -> None:
        """Starts an execution; one with the same name is left alone. Raises Busy."""
        try:
            self._client.start_execution(
                stateMachineArn=machine, name=name, input=reply.model_dump_json()
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ExecutionAlreadyExists":
                raise Busy(source="step-functions") from error
        except BotoCoreError as error:
            raise Busy(source="step-functions") from error

    def wake(self, token: str, reply: Reply) -> bool:
        """Ends the wait behind the token. False if nobody waits there. Raises Busy."""
        try:
            self._client.send_task_success(taskToken=token, output=reply.model_dump_json())
        except ClientError as error:
            if error.response["Error"]["Code"] in _NOBODY_WAITS:
                return False
            raise Busy(source="step-functions") from error
        except BotoCoreError as error:
            raise Busy(source="step-functions") from error
        return True
