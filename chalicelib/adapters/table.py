"""The one table, through PynamoDB, and its failures in our words."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import (
    DeleteError,
    DoesNotExist,
    PutError,
    PynamoDBException,
    TransactWriteError,
    UpdateError,
)
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from chalicelib.domain.errors import Busy

T = TypeVar("T")

CONDITION_FAILED = frozenset({"ConditionalCheckFailed", "ConditionalCheckFailedException"})
# Asking again is useless: the call, the table's name or the role is wrong. Source: DynamoDB
# developer guide, "Error handling" (errors that are not to be retried).
_OURS = frozenset(
    {
        "AccessDeniedException",
        "ItemCollectionSizeLimitExceeded",
        "ParamValidationError",
        "ResourceNotFoundException",
        "SerializationException",
        "UnknownOperationException",
        "ValidationError",
        "ValidationException",
    }
)
# Index pages show tens of rows, not hundreds.
PAGE = 25


class Misused(Exception):
    """The table refused a call of ours as wrong: a fault, which no waiting mends."""


class PersonIndex(GlobalSecondaryIndex["Row"]):
    """A citizen's cases."""

    class Meta:
        index_name = "person"
        projection = AllProjection()

    person_pk = UnicodeAttribute(hash_key=True)
    person_sk = UnicodeAttribute(range_key=True)


class WorkIndex(GlobalSecondaryIndex["Row"]):
    """A unit's open tasks by due date."""

    class Meta:
        index_name = "work"
        projection = AllProjection()

    work_pk = UnicodeAttribute(hash_key=True)
    work_sk = UnicodeAttribute(range_key=True)


class OpenIndex(GlobalSecondaryIndex["Row"]):
    """Open cases by the time at which something must have moved."""

    class Meta:
        index_name = "open"
        projection = AllProjection()

    open_pk = UnicodeAttribute(hash_key=True)
    open_sk = UnicodeAttribute(range_key=True)


class Row(Model):
    """Any item of the table. `body` is JSON of a value; `blob` is encrypted."""

    class Meta:
        table_name: ClassVar[str] = ""
        region: ClassVar[str | None] = None
        connect_timeout_seconds = 2
        read_timeout_seconds = 5
        max_retry_attempts = 3

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    blob = BinaryAttribute(null=True, legacy_encoding=False)
    version = NumberAttribute(null=True)
    expires = NumberAttribute(null=True)
    person_pk = UnicodeAttribute(null=True)
    person_sk = UnicodeAttribute(null=True)
    work_pk = UnicodeAttribute(null=True)
    work_sk = UnicodeAttribute(null=True)
    open_pk = UnicodeAttribute(null=True)
    open_sk = UnicodeAttribute(null=True)

    by_person = PersonIndex()
    by_work = WorkIndex()
    by_open = OpenIndex()


def use_table(name: str, region: str) -> None:
    """Says which table it is; the wiring calls this once."""
    Row.Meta.table_name = name
    Row.Meta.region = region
    Row._connection = None


def find_row(pk: str, sk: str) -> Row | None:
    """One item, strongly consistent; None if there is none. Raises Busy."""
    try:
        return steadily(lambda: Row.get(pk, sk, consistent_read=True))
    except DoesNotExist:
        return None


def steadily(act: Callable[[], T]) -> T:
    """Runs it again while the table is throttled, away or in conflict; then raises Busy.

    Raises Misused at once where the fault is ours.
    """
    retrying = Retrying(
        retry=retry_if_exception_type(Busy),
        wait=wait_random_exponential(multiplier=0.02, max=0.5),
        stop=stop_after_attempt(6),
        reraise=True,
    )
    return retrying(lambda: _translated(act))


def _translated(act: Callable[[], T]) -> T:
    try:
        return act()
    except DoesNotExist:
        raise
    except PynamoDBException as error:
        if refused(error):
            raise
        raise _in_our_words(_codes(error)) from error
    except (ClientError, BotoCoreError) as error:
        raise _in_our_words(_codes(error)) from error


def _in_our_words(codes: frozenset[str]) -> Busy | Misused:
    """What nobody has heard of counts as passing: then it is tried again, and logged."""
    ours = sorted(codes & _OURS)
    if ours:
        return Misused(", ".join(ours))
    return Busy(source="table", reason=", ".join(sorted(codes - CONDITION_FAILED)))


def _codes(error: Exception) -> frozenset[str]:
    """What the table, or the way to it, called the trouble."""
    if isinstance(error, TransactWriteError) and error.cancellation_reasons:
        return frozenset(reason.code for reason in error.cancellation_reasons if reason)
    cause = error.cause or error if isinstance(error, PynamoDBException) else error
    if isinstance(cause, ClientError):
        return frozenset({cause.response["Error"]["Code"]})
    return frozenset({type(cause).__name__})


def refused(error: PynamoDBException) -> bool:
    """Whether a condition said no (and not the table's troubles)."""
    if isinstance(error, TransactWriteError):
        codes = {reason.code for reason in error.cancellation_reasons if reason}
        return bool(codes & CONDITION_FAILED) and codes <= CONDITION_FAILED
    conditional = isinstance(error, PutError | UpdateError | DeleteError)
    return conditional and error.cause_response_code in CONDITION_FAILED


def stamp(at: datetime) -> str:
    """A time as a key: sorts as text. UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
