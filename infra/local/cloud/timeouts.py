"""Repair: `TimeoutSecondsPath` of a Task is ignored, so no deadline would ever arrive."""

from typing import Any


def install() -> None:
    """Resolve the path against the state's input before the task is run."""
    from ministack.services import stepfunctions

    original = stepfunctions._execute_task

    def execute_task(state: dict[str, Any], given: Any, execution: Any, context: Any) -> Any:
        return original(with_timeout(state, given), given, execution, context)

    stepfunctions._execute_task = execute_task


def with_timeout(state: dict[str, Any], given: Any) -> dict[str, Any]:
    """The state with `TimeoutSeconds` for its `TimeoutSecondsPath` (plain `$.a.b` paths)."""
    path = state.get("TimeoutSecondsPath")
    if not path:
        return state
    value = given
    for part in str(path).removeprefix("$.").split("."):
        value = value[part]
    return {key: v for key, v in state.items() if key != "TimeoutSecondsPath"} | {
        "TimeoutSeconds": value
    }
