"""What every function that is not HTTP shares: logs with the case, and nothing personal in them."""

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from traceback import extract_tb
from typing import Any

from aws_lambda_powertools import Logger

from chalicelib.domain.errors import Superseded, TryAgain, ZagoraError

logger = Logger(service="zagora", utc=True)

Payload = Mapping[str, Any]
Function = Callable[[dict[str, Any], Any], Any]


class Fault(Exception):
    """What nobody foresaw, without its words: Lambda logs them and Step Functions keeps them."""


def logged(function: Function) -> Function:
    """Logs each call's end, with the case and the request it belongs to. Raises Fault for
    whatever is not an error of ours: the words of such an error may be about a person."""

    @wraps(function)
    def run(event: dict[str, Any], context: Any) -> Any:
        logger.clear_state()  # a container serves one case after another
        logger.append_keys(**_keys(event, context))
        try:
            answer = function(event, context)
        except Superseded:
            logger.info("superseded", function=function.__name__)
            raise
        except ZagoraError as error:
            log_trouble("failed", error, function=function.__name__)
            raise
        except Exception as error:
            log_fault(function.__name__, error)
            raise Fault(type(error).__name__) from None
        logger.info("done", function=function.__name__)
        return answer

    return run


def log_fault(what: str, error: Exception) -> None:
    """A fault of ours: its kind and where it was. Its text may hold what somebody sent."""
    frames = [f"{f.filename}:{f.lineno}" for f in extract_tb(error.__traceback__)[-5:]]
    logger.error(what, kind=type(error).__name__, causes=list(_causes(error)), frames=frames)


def log_trouble(what: str, error: ZagoraError, **keys: str) -> None:
    """An error of ours, with the facts and the causes of what should be tried again.

    Who asked hears only that we are busy: why, is here. Facts hold nothing personal; of a cause
    its kind is told, not its words.
    """
    told: dict[str, object] = {"code": error.code, **keys}
    if isinstance(error, TryAgain):
        told |= {"facts": error.facts, "causes": list(_causes(error))}
    logger.warning(what, extra=told)


def _causes(error: BaseException) -> Iterator[str]:
    cause = error.__cause__
    while cause is not None:
        yield type(cause).__name__
        cause = cause.__cause__


def _keys(event: Payload, context: Any) -> dict[str, Any]:
    keys = {
        name: event[name] for name in ("case", "number", "phase", "generation") if name in event
    }
    if "case" in event:
        # The execution's name: one value to search for through functions and history.
        keys["correlation_id"] = f"{event['case']}-{event.get('generation', 0)}"
    return {**keys, "request": getattr(context, "aws_request_id", None)}
