"""The function that makes documents: the only one that loads Typst and pyHanko."""

from typing import Any

from chalice import Blueprint

from chalicelib.handlers.functions import logged
from chalicelib.usecases import issuing
from chalicelib.usecases.walking import Step
from chalicelib.wiring import now, ports

bp = Blueprint(__name__)


@bp.lambda_function(name="issue_document")
@logged
def issue_document(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Asks the registers, renders, seals, stores, records."""
    return issuing.issue_document(ports(), Step.model_validate(event), now()).model_dump(
        mode="json"
    )
