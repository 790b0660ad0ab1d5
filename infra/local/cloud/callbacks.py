"""Repair: a function that fails in a `.waitForTaskToken` task is ignored and waited for.

On AWS the task fails at once with the function's error, which Retry and Catch then see.
"""

import threading
from typing import Any

_waiting = threading.local()


def install() -> None:
    """Give the function's error to the token that the task is about to wait for."""
    from ministack.services import stepfunctions

    invoke, call = stepfunctions._invoke_with_callback, stepfunctions._call_lambda

    def invoke_with_callback(resource: str, given: Any, token: str, state: dict[str, Any]) -> Any:
        _waiting.token = token
        try:
            return invoke(resource, given, token, state)
        finally:
            _waiting.token = None

    def call_lambda(function: str, event: Any) -> Any:
        try:
            return call(function, event)
        except stepfunctions._ExecutionError as error:
            _fail(stepfunctions._task_tokens, getattr(_waiting, "token", None), error)
            raise

    stepfunctions._invoke_with_callback = invoke_with_callback
    stepfunctions._call_lambda = call_lambda


def _fail(tokens: Any, token: str | None, error: Any) -> None:
    entry = tokens.get(token) if token else None
    if entry is not None and not entry["event"].is_set():
        entry["error"] = {"Error": error.error, "Cause": error.cause}
        entry["event"].set()
