"""Repair: records of a table's stream that a function reports as failed are taken for handled.

On AWS `batchItemFailures` makes the stream deliver again from the first failed record. Here the
whole batch comes again, which handlers must bear anyway; a record that keeps failing ends in the
on-failure destination when it is older than the mapping's MaximumRecordAgeInSeconds.
"""

import json
from typing import Any


def install() -> None:
    """Turn a report of failed records into a failed call, for stream batches only."""
    from ministack.services import lambda_svc

    original = lambda_svc._execute_function

    def execute_function(function: Any, event: Any, *rest: Any, **options: Any) -> Any:
        result = original(function, event, *rest, **options)
        if _from_a_table(event) and isinstance(result, dict) and _failures(result.get("body")):
            return result | {"error": True, "body": {"errorType": "BatchItemFailures"}}
        return result

    lambda_svc._execute_function = execute_function


def _from_a_table(event: Any) -> bool:
    records = (event.get("Records") if isinstance(event, dict) else None) or []
    return any(record.get("eventSource") == "aws:dynamodb" for record in records)


def _failures(body: Any) -> bool:
    if isinstance(body, str | bytes):
        try:
            body = json.loads(body)
        except ValueError:
            return False
    return isinstance(body, dict) and bool(body.get("batchItemFailures"))
