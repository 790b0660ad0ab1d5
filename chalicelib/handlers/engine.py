"""The functions that state machines call. Light: what renders documents is in `issuing`."""

from typing import Any

from chalice import Blueprint

from chalicelib.handlers.functions import logged
from chalicelib.usecases import running, walking
from chalicelib.usecases.walking import Step
from chalicelib.wiring import now, ports

bp = Blueprint(__name__)


@bp.lambda_function(name="open_phase")
@logged
def open_phase(event: dict[str, Any], context: Any) -> None:
    """Opens a waiting phase or the exception desk; the machine sleeps until it is woken."""
    walking.open_phase(ports(), Step.model_validate(event), now())


@bp.lambda_function(name="clock")
@logged
def clock(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Applies the milestones that are due."""
    return walking.run_clock(ports(), Step.model_validate(event), now()).model_dump(mode="json")


@bp.lambda_function(name="run_phase")
@logged
def run_phase(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Asks the registers of a phase, and lets its conditions choose."""
    return running.run_phase(ports(), Step.model_validate(event), now()).model_dump(mode="json")


@bp.lambda_function(name="deliver_result")
@logged
def deliver_result(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Delivers the result."""
    return walking.deliver_result(ports(), Step.model_validate(event), now()).model_dump(
        mode="json"
    )
