"""The sweep: open cases that have stood still too long get a new execution; once a day, and after
every change of absences, tasks are checked to be in the charge of somebody present."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from chalice import Blueprint, Rate

from chalicelib.handlers.functions import logger
from chalicelib.usecases import assigning, following
from chalicelib.wiring import now, ports

bp = Blueprint(__name__)

# What Chalice takes for granted in a scheduled event, and a person or a script leaves out.
_SCHEDULED: dict[str, Any] = dict.fromkeys(
    ("version", "account", "region", "detail-type", "source", "time", "id"), ""
) | {"detail": {}, "resources": []}


def _by_hand_too(handler: Callable[[dict[str, Any], Any], Any]) -> Callable[..., Any]:
    @wraps(handler)
    def run(event: dict[str, Any], context: Any) -> Any:
        return handler({**_SCHEDULED, **event}, context)

    return run


@_by_hand_too
@bp.schedule(Rate(5, unit=Rate.MINUTES), name="reconcile")
def reconcile(event: Any) -> dict[str, int]:
    """By schedule; `{"all": true}` revives every open case, after executions were lost."""
    everything = bool(event.to_dict().get("all"))
    revived = following.reconcile(ports(), now(), everything=everything)
    logger.info("reconciled", revived=revived)
    attended = assigning.attend(ports(), now())
    if attended is None:
        return {"revived": revived}
    count, numbers = attended.passed_on, attended.unattended
    logger.info("tasks checked", passed_on=count, unattended=len(numbers))
    for number in numbers:
        logger.warning("unattended", number=number)
    return {"revived": revived, "passed_on": count, "unattended": len(numbers)}
