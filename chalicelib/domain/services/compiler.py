"""From a service model to the definition of its state machine.

One waiting phase is two states on the happy path (`payment`, `payment route`) and one for the
clock; an automatic phase is one, and an exception desk beside it. The same model always compiles
to the same definition.
"""

from collections.abc import Iterator, Mapping
from typing import get_args

from pydantic import JsonValue

from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.routes import (
    SILENCE,
    WITHDRAWN,
    can_be_withdrawn,
    can_fall_silent,
)
from chalicelib.domain.services.states import (
    SUPERSEDED,
    State,
    automatic,
    choosing,
    ticking,
    waiting,
)
from chalicelib.domain.services.words import CloseKind, PhaseKind, Text

Definition = dict[str, JsonValue]

START = "start"
UNKNOWN = "unknown-phase"
AGAIN = "again"
FUNCTIONS: dict[PhaseKind, str] = {
    "automatic": "run_phase",
    "register": "run_phase",
    "document": "issue_document",
    "delivery": "deliver_result",
}
PLACEHOLDERS = ("open_phase", "clock", "run_phase", "issue_document", "deliver_result")
# What a phase may not be called.
RESERVED = frozenset({START, UNKNOWN, SUPERSEDED, *get_args(CloseKind)})


def compile_model(model: ServiceModel) -> Definition:
    """The definition of a checked model's machine; functions are still placeholders."""
    states: dict[str, JsonValue] = {START: _start(model)}
    for phase in model.phases:
        ways = _ways(model, phase)
        states.update(_waiting(phase, ways) if phase.waits else _automatic(phase, ways))
    for close in dict.fromkeys(closes(model)):
        states[close] = {"Type": "Succeed", "Comment": f"The case is closed: {close}"}
    states[SUPERSEDED] = {"Type": "Succeed", "Comment": "A newer execution walks this case"}
    states[UNKNOWN] = {
        "Type": "Fail",
        "Error": "UnknownPhase",
        "Cause": "The case is in a phase that this version of the service does not have",
    }
    return {
        "Comment": f"{model.service}: {_both(model.title)}",
        "QueryLanguage": "JSONPath",
        "StartAt": START,
        "States": states,
    }


def bind(definition: JsonValue, functions: Mapping[str, str]) -> JsonValue:
    """The definition with each `${name}` replaced by the function's ARN. Raises KeyError."""
    if isinstance(definition, dict):
        return {key: bind(value, functions) for key, value in definition.items()}
    if isinstance(definition, list):
        return [bind(value, functions) for value in definition]
    if isinstance(definition, str) and definition.startswith("${"):
        return functions[definition.removeprefix("${").removesuffix("}")]
    return definition


def closes(model: ServiceModel) -> Iterator[str]:
    """How cases of this service can end, in the model's order."""
    for phase in model.phases:
        for outcome in phase.outcomes.values():
            if outcome.close:
                yield outcome.close
    if model.withdrawal:
        yield WITHDRAWN


def _start(model: ServiceModel) -> State:
    ways = {str(phase.id): str(phase.id) for phase in model.phases}
    comment = "An execution starts in the phase that the case's record says"
    return choosing(comment, "$.phase", ways, UNKNOWN)


def _waiting(phase: Phase, ways: Mapping[str, str]) -> dict[str, State]:
    name, title = str(phase.id), _both(phase.title)
    clock, route = f"{name} clock", f"{name} route"
    return {
        name: waiting(title, name, clock, route),
        clock: ticking(f"What became due in: {title}", name, route),
        route: choosing(f"After: {title}", "$.outcome", ways, name),
    }


def _automatic(phase: Phase, targets: Mapping[str, str]) -> dict[str, State]:
    name, title = str(phase.id), _both(phase.title)
    desk, clock, route = f"{name} desk", f"{name} desk clock", f"{name} desk route"
    several = len(targets) > 1
    following = f"{name} route" if several else next(iter(targets.values()))
    states = {name: automatic(title, name, FUNCTIONS[phase.kind], desk, following)}
    if several:
        states[following] = choosing(f"After: {title}", "$.outcome", targets, name)
    return states | {
        desk: waiting(f"Exception desk of: {title}", name, clock, route, desk=True),
        clock: ticking(f"What became due at the exception desk of: {title}", name, route),
        # The phase may end although its task timed out: then the desk has nothing to wait for.
        route: choosing(
            f"After the exception desk of: {title}", "$.outcome", {AGAIN: name, **targets}, desk
        ),
    }


def _ways(model: ServiceModel, phase: Phase) -> dict[str, str]:
    """Where each outcome leads, those that the language reserves included."""
    ways = {name: str(outcome.next or outcome.close) for name, outcome in phase.outcomes.items()}
    if can_be_withdrawn(model, phase):
        ways[WITHDRAWN] = WITHDRAWN
    if can_fall_silent(model, phase):
        ways[SILENCE] = str(model.silence.next)
    return ways


def _both(text: Text) -> str:
    return f"{text.bg} · {text.en}"
