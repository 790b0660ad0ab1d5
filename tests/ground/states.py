"""The words of Amazon States Language that the compiler uses, as pure functions."""

from collections.abc import Mapping
from typing import Any


class Failed(Exception):
    """A state ended with an error of this name."""

    def __init__(self, error: str, cause: str = "") -> None:
        self.error = error
        super().__init__(f"{error}: {cause}")


def at(path: str, data: Any) -> Any:
    """The value under a JSON path like `$.a.b`."""
    for name in path.removeprefix("$").split("."):
        data = data[name] if name else data
    return data


def filled(template: Mapping[str, Any], data: Any, token: str) -> dict[str, Any]:
    """A payload template with its paths (and the task's token) filled in."""
    filled: dict[str, Any] = {}
    for name, value in template.items():
        if not name.endswith(".$"):
            filled[name] = value
        elif value == "$$.Task.Token":
            filled[name.removesuffix(".$")] = token
        else:
            filled[name.removesuffix(".$")] = at(value, data)
    return filled


def placed(path: str | None, data: dict[str, Any], result: Any) -> dict[str, Any]:
    """The input with a result put where ResultPath says."""
    if path is None:
        return data
    if path == "$":
        return dict(result)
    return {**data, path.removeprefix("$."): result}


def output(state: Mapping[str, Any], data: dict[str, Any], result: Any) -> dict[str, Any]:
    """What a task's result makes of the state's input."""
    if "ResultSelector" in state:
        result = filled(state["ResultSelector"], result, "")
    both = placed(state.get("ResultPath", "$"), data, result)
    return dict(at(state.get("OutputPath", "$"), both))


def seconds(state: Mapping[str, Any], data: Any) -> float:
    """How long a task may take."""
    path = state.get("TimeoutSecondsPath")
    assert path or "TimeoutSeconds" in state, "a wait without a time-out hangs for a year"
    return float(at(path, data) if path else state["TimeoutSeconds"])


def pause(rule: Mapping[str, Any], tried: int) -> float:
    """How long to wait before the next try, without jitter."""
    pause = float(rule.get("IntervalSeconds", 1)) * float(rule.get("BackoffRate", 2)) ** tried
    return min(pause, float(rule.get("MaxDelaySeconds", pause)))


def catches(rule: Mapping[str, Any], failed: Failed) -> bool:
    """Whether a Retry or Catch rule is for this error."""
    named = rule["ErrorEquals"]
    if failed.error in named or "States.ALL" in named:
        return True
    return "States.TaskFailed" in named and failed.error != "States.Timeout"


def chosen(state: Mapping[str, Any], data: Any) -> str:
    """The next state of a Choice."""
    for choice in state["Choices"]:
        if _holds(choice, data):
            return str(choice["Next"])
    if "Default" not in state:
        raise Failed("States.NoChoiceMatched")
    return str(state["Default"])


def _holds(choice: Mapping[str, Any], data: Any) -> bool:
    if "And" in choice:
        return all(_holds(part, data) for part in choice["And"])
    if "Or" in choice:
        return any(_holds(part, data) for part in choice["Or"])
    if "Not" in choice:
        return not _holds(choice["Not"], data)
    value = at(choice["Variable"], data)
    if "StringEquals" in choice:
        return bool(value == choice["StringEquals"])
    if "IsNull" in choice:
        return (value is None) is bool(choice["IsNull"])
    if "BooleanEquals" in choice:
        return value is bool(choice["BooleanEquals"])
    raise NotImplementedError(sorted(choice))
