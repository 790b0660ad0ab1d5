"""Repair: a function's error reaches Step Functions as `Runtime.HandlerError`, whatever it was.

On AWS the error's name is the exception's class, which Retry and Catch are written against.
"""

from typing import Any

SAID = '"error": str(e), "trace"'
SAYS = '"error": str(e), "type": type(e).__name__, "trace"'


class Message(str):
    """An error's text that also knows the class it came from."""

    __slots__ = ("kind",)
    kind: str


def install() -> None:
    """Let the worker say the class, and put it where MiniStack puts its constant."""
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    script = lambda_runtime._PYTHON_WORKER_SCRIPT
    if script.count(SAID) != 1:
        raise RuntimeError("the worker's script is not the one that this repair knows")
    lambda_runtime._PYTHON_WORKER_SCRIPT = script.replace(SAID, SAYS)
    invoke, execute = lambda_runtime.Worker.invoke, lambda_svc._execute_function_warm

    def typed_invoke(worker: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        result: dict[str, Any] = invoke(worker, *arguments, **options)
        if "type" in result:
            result["error"] = _message(result["error"], result["type"])
        return result

    def typed_execute(*arguments: Any) -> dict[str, Any]:
        result: dict[str, Any] = execute(*arguments)
        text = result["body"].get("errorMessage") if result.get("error") else None
        if isinstance(text, Message):
            result["body"]["errorType"] = text.kind
        return result

    lambda_runtime.Worker.invoke = typed_invoke
    lambda_svc._execute_function_warm = typed_execute


def _message(text: str, kind: str) -> Message:
    message = Message(text)
    message.kind = kind
    return message
