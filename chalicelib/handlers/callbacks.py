"""What payment operators tell us, exactly as their protocols want it.

Nothing of a callback is logged but codes: its body names payments, and anybody can send one.
"""

from chalice import Blueprint, Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.errors import Invalid, TryAgain, ZagoraError
from chalicelib.handlers.body import FORM, limited_body
from chalicelib.handlers.functions import log_fault, log_trouble, logger
from chalicelib.handlers.metrics import count
from chalicelib.handlers.problems import RETRY_AFTER, UnsupportedType, status_of
from chalicelib.usecases import payments

bp = Blueprint(__name__)


@bp.route("/callbacks/epay", methods=["POST"], content_types=[])
def epay() -> Response:
    """ePay.bg's notification: form-encoded in, plain text out, one line an invoice.

    What is not ePay's is refused with 400 and `ERR=`; what we cannot take now with 503 and
    `ERR=`: the operator sends it again by its schedule, and the same one twice changes nothing.
    """
    return _received("epay", bp.current_request)


def _received(operator: str, request: Request) -> Response:
    logger.structure_logs()
    logger.append_keys(operator=operator, correlation_id=request.context.get("requestId"))
    try:
        _require_form(request)
        body = limited_body(request)
        told = payments.receive_notification(wiring.ports(), operator, body, wiring.now())
    except ZagoraError as error:
        return _failed(operator, error)
    except Exception as error:  # the operator is told to come again, whatever went wrong
        log_fault("callback failed", error)
        return _failed(operator, TryAgain())
    logger.info("callback taken")
    count("PaymentNotices", operator=operator, verdict="taken")
    return _text(told, 200)


def _require_form(request: Request) -> None:
    kind = request.headers.get("content-type", FORM).partition(";")[0].strip().lower()
    if kind != FORM:
        raise UnsupportedType


def _failed(operator: str, error: ZagoraError) -> Response:
    log_trouble("callback refused", error)
    count("PaymentNotices", operator=operator, verdict=error.code)
    status = 400 if isinstance(error, Invalid) else status_of(error)
    response = _text(_fault(operator, error.code), status)
    if isinstance(error, TryAgain):
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def _fault(operator: str, code: str) -> str:
    try:
        return wiring.ports().operator(operator).fault(code)
    except Exception:  # even its keys cannot be had now
        return ""


def _text(body: str, status: int) -> Response:
    headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return Response(body=body, status_code=status, headers={**headers})
