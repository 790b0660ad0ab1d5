"""What follows from the table's stream: each changed case is followed up."""

from typing import Any

from chalice import Blueprint

from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import CaseId
from chalicelib.handlers.functions import log_fault, logged, logger
from chalicelib.usecases.following import follow, reconcile
from chalicelib.wiring import now, ports

bp = Blueprint(__name__)

# The clock of demonstrations: see adapters.demo_clock.
CLOCK = "CLOCK"


@bp.lambda_function(name="on_table_change")
@logged
def on_table_change(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Follows up the cases of a batch, or a moved clock; names the records that must come again."""
    failures = [
        {"itemIdentifier": record["dynamodb"]["SequenceNumber"]}
        for record in event["Records"]
        if not _handled(record)
    ]
    return {"batchItemFailures": failures}


def _handled(record: dict[str, Any]) -> bool:
    logger.remove_keys(["case"])  # the record before this one may have named its own
    try:
        if record["dynamodb"]["Keys"]["sk"]["S"] == CLOCK:
            # Executions sleep by the real clock: each is replaced by one that knows the new time.
            logger.info("clock moved", revived=reconcile(ports(), now(), everything=True))
            return True
        case_id = _changed_case(record)
        if case_id is None:
            return True
        logger.append_keys(case=case_id)
        follow(ports(), case_id, now())
    except NotFound:  # only a restored or emptied table forgets cases
        return True
    except Exception as error:  # this record and those after it come again
        log_fault("not followed up", error)
        return False
    return True


def _changed_case(record: dict[str, Any]) -> CaseId | None:
    keys = record["dynamodb"]["Keys"]
    if record["eventName"] == "REMOVE" or keys["sk"]["S"] != "CASE":
        return None
    return CaseId(keys["pk"]["S"].removeprefix("CASE#"))
