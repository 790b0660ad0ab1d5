"""The table's failures in our words: what passes by itself is Busy, what is our fault is not."""

from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ParamValidationError
from pynamodb.exceptions import (
    CancellationReason,
    DoesNotExist,
    PutError,
    QueryError,
    TransactWriteError,
    VerboseClientError,
)

from chalicelib.adapters import table
from chalicelib.domain.errors import Busy, ZagoraError


def told(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "ЕГН 7523169263"}}, "PutItem")


def cancelled(*codes: str) -> TransactWriteError:
    answer = dict(told("TransactionCanceledException").response)
    reasons = [CancellationReason(code=code) if code != "None" else None for code in codes]
    cause = VerboseClientError(answer, "TransactWriteItems", {}, cancellation_reasons=reasons)
    return TransactWriteError("cancelled", cause)


def failing(error: Exception) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PutError("no", told("ThrottlingException")), "ThrottlingException"),
        (QueryError("no", told("InternalServerError")), "InternalServerError"),
        (told("ProvisionedThroughputExceededException"), "ProvisionedThroughputExceededException"),
        (told("NobodyHasHeardOfThis"), "NobodyHasHeardOfThis"),
        (PutError("no", EndpointConnectionError(endpoint_url="x")), "EndpointConnectionError"),
        (EndpointConnectionError(endpoint_url="x"), "EndpointConnectionError"),
        (cancelled("None", "TransactionConflict"), "TransactionConflict"),
        # The same change twice at once, sealed with other chance: it is there when read again.
        (TransactWriteError("no", told("IdempotentParameterMismatchException")), "Mismatch"),
        (cancelled("ConditionalCheckFailed", "ThrottlingError"), "ThrottlingError"),
    ],
)
def test_what_passes_by_itself_is_busy_and_says_why(error: Exception, reason: str) -> None:
    with pytest.raises(Busy) as raised:
        table._translated(failing(error))
    assert raised.value.facts["source"] == "table"
    assert reason in str(raised.value.facts["reason"])


@pytest.mark.parametrize(
    "error",
    [
        PutError("no", told("ValidationException")),
        QueryError("no", told("AccessDeniedException")),
        told("ResourceNotFoundException"),
        told("SerializationException"),
        ParamValidationError(report="x"),
        PutError("no", ParamValidationError(report="x")),
        cancelled("None", "ValidationError"),
        cancelled("ConditionalCheckFailed", "ValidationError"),
    ],
)
def test_a_fault_of_ours_is_tried_once_and_is_no_excuse(error: Exception) -> None:
    tries: list[int] = []

    def act() -> None:
        tries.append(1)
        raise error

    with pytest.raises(table.Misused) as raised:
        table.steadily(act)
    assert len(tries) == 1
    assert not isinstance(raised.value, ZagoraError)
    assert "7523169263" not in str(raised.value)


@pytest.mark.parametrize(
    "error",
    [
        DoesNotExist(),
        PutError("no", told("ConditionalCheckFailedException")),
        cancelled("None", "ConditionalCheckFailed"),
    ],
)
def test_a_no_stays_as_it_is(error: Exception) -> None:
    with pytest.raises(type(error)):
        table._translated(failing(error))
