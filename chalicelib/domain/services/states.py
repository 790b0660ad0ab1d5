"""The states of a compiled machine (Amazon States Language, JSONPath), as plain JSON.

Input and output of every task are one shape, `domain.cases.routing.Reply`. Function names are
placeholders (`${clock}`) until publishing binds them to ARNs.
"""

from collections.abc import Mapping

from pydantic import JsonValue

from chalicelib.domain import errors
from chalicelib.domain.errors import TryAgain

State = dict[str, JsonValue]

INVOKE = "arn:aws:states:::lambda:invoke"
AWAIT = "arn:aws:states:::lambda:invoke.waitForTaskToken"
SUPERSEDED = "superseded"
# Longer than any of the functions may run.
AUTOMATIC_SECONDS = 300
LAMBDA_ERRORS = (
    "Lambda.ServiceException",
    "Lambda.TooManyRequestsException",
    "Lambda.SdkClientException",
    "Lambda.Unknown",
)


def passing_errors() -> tuple[str, ...]:
    """The names of the errors after which the same call may succeed.

    Step Functions knows no inheritance, so the leaves of the error tree are listed.
    """
    tree = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, TryAgain)]
    leaves = (c for c in tree if not any(o is not c and issubclass(o, c) for o in tree))
    return tuple(sorted(c.__name__ for c in leaves))


def waiting(comment: str, phase: str, clock: str, route: str, *, desk: bool = False) -> State:
    """Waits for an outcome at most `$.wait` seconds, then asks the clock."""
    payload: State = {**_payload(phase), "token.$": "$$.Task.Token"}
    if desk:
        payload["desk"] = True
    return {
        "Type": "Task",
        "Comment": comment,
        "Resource": AWAIT,
        "Parameters": {"FunctionName": "${open_phase}", "Payload": payload},
        "TimeoutSecondsPath": "$.wait",
        "Retry": [_retry(attempts=8, longest=300)],
        # The input is kept: the time-out itself says nothing.
        "Catch": [_superseded(), _catch("States.Timeout", clock)],
        "Next": route,
    }


def ticking(comment: str, phase: str, route: str) -> State:
    """Applies what became due, and answers like a wake-up."""
    return {
        "Type": "Task",
        "Comment": comment,
        "Resource": INVOKE,
        "Parameters": {"FunctionName": "${clock}", "Payload": _payload(phase)},
        "OutputPath": "$.Payload",
        "TimeoutSeconds": AUTOMATIC_SECONDS,
        "Retry": [_retry("States.Timeout", attempts=8, longest=300)],
        "Catch": [_superseded()],
        "Next": route,
    }


def automatic(comment: str, phase: str, function: str, desk: str, following: str) -> State:
    """Runs by itself; tries for half a day to a day, then asks the exception desk."""
    return {
        "Type": "Task",
        "Comment": comment,
        "Resource": INVOKE,
        "Parameters": {"FunctionName": f"${{{function}}}", "Payload": _payload(phase)},
        "OutputPath": "$.Payload",
        "TimeoutSeconds": AUTOMATIC_SECONDS,
        "Retry": [_retry("States.Timeout", attempts=36, longest=3600)],
        "Catch": [_superseded(), _catch("States.ALL", desk)],
        "Next": following,
    }


def choosing(comment: str, variable: str, ways: Mapping[str, str], otherwise: str) -> State:
    """Goes where the value of a variable says, else otherwise."""
    choices: list[JsonValue] = [
        {"Variable": variable, "StringEquals": value, "Next": target}
        for value, target in ways.items()
    ]
    return {"Type": "Choice", "Comment": comment, "Choices": choices, "Default": otherwise}


def _payload(phase: str) -> State:
    return {
        "case.$": "$.case",
        "number.$": "$.number",
        "generation.$": "$.generation",
        "phase": phase,
    }


def _retry(*more: str, attempts: int, longest: int) -> State:
    names: list[JsonValue] = [*passing_errors(), *LAMBDA_ERRORS, *more]
    return {
        "ErrorEquals": names,
        "IntervalSeconds": 2,
        "BackoffRate": 2,
        "MaxAttempts": attempts,
        "MaxDelaySeconds": longest,
        "JitterStrategy": "FULL",
    }


def _superseded() -> State:
    return _catch(errors.Superseded.__name__, SUPERSEDED)


def _catch(error: str, target: str) -> State:
    return {"ErrorEquals": [error], "ResultPath": None, "Next": target}
