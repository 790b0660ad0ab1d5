"""The sweep: open cases that have stood still too long get a new execution."""

from typing import Any

from chalice import Blueprint, Rate

from chalicelib.handlers.functions import logger
from chalicelib.usecases import following
from chalicelib.wiring import now, ports

bp = Blueprint(__name__)


@bp.schedule(Rate(5, unit=Rate.MINUTES), name="reconcile")
def reconcile(event: Any) -> dict[str, int]:
    """By schedule; `{"all": true}` revives every open case, after executions were lost."""
    asked = event if isinstance(event, dict) else event.to_dict()
    revived = following.reconcile(ports(), now(), everything=bool(asked.get("all")))
    logger.info("reconciled", revived=revived)
    return {"revived": revived}
