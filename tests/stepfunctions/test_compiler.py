"""Golden machines, and what every compiled machine must be whatever the model says."""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.domain import errors
from chalicelib.domain.errors import TryAgain
from chalicelib.domain.services.compiler import PLACEHOLDERS, bind, compile_model
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.states import passing_errors
from infra.cli import generate
from infra.cli.sources import load, model_files
from tests.models import permanent_address

Json = dict[str, Any]

MODELS = [load(path) for path in model_files([])]
ARNS = {name: f"arn:aws:lambda:eu-central-1:1:function:{name}" for name in PLACEHOLDERS}
CATCHABLE_BY_NAME = {"States.Timeout", "States.ALL", "Superseded"}

every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.service)


def states(model: ServiceModel) -> dict[str, Json]:
    compiled: Any = compile_model(model)
    made: dict[str, Json] = compiled["States"]
    return made


def targets(state: Json) -> Iterator[str]:
    if "Next" in state:
        yield state["Next"]
    if "Default" in state:
        yield state["Default"]
    for rule in [*state.get("Choices", ()), *state.get("Catch", ())]:
        yield rule["Next"]


def tasks(model: ServiceModel) -> list[Json]:
    return [state for state in states(model).values() if state["Type"] == "Task"]


def test_nothing_generated_is_stale() -> None:
    assert generate.stale() == [], "run: python -m infra.cli.generate"


@every_model
def test_the_same_model_always_compiles_to_the_same_machine(model: ServiceModel) -> None:
    again = ServiceModel.model_validate_json(model.model_dump_json())
    assert generate.pretty(compile_model(again)) == generate.pretty(compile_model(model))


@every_model
def test_every_way_leads_to_a_state_and_every_state_is_reached(model: ServiceModel) -> None:
    made = states(model)
    reached, waiting = set(), ["start"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += list(targets(made[name]))
    assert reached == set(made)


@every_model
def test_step_functions_limits(model: ServiceModel) -> None:
    assert all(len(name) <= 80 for name in states(model))
    assert len(generate.pretty(compile_model(model)).encode()) < 1024 * 1024
    for state in tasks(model):
        for retry in state["Retry"]:
            assert 0 < retry["IntervalSeconds"] < retry["MaxDelaySeconds"] < 31_622_400
            assert 0 < retry["MaxAttempts"] < 99_999_999


@every_model
def test_every_task_has_a_time_out_and_ends_when_it_is_superseded(model: ServiceModel) -> None:
    for state in tasks(model):
        assert ("TimeoutSeconds" in state) != ("TimeoutSecondsPath" in state)
        caught = [name for catch in state["Catch"] for name in catch["ErrorEquals"]]
        assert caught[0] == "Superseded"
        assert set(caught) <= CATCHABLE_BY_NAME


@every_model
def test_a_wait_that_times_out_is_not_tried_again_but_goes_to_the_clock(
    model: ServiceModel,
) -> None:
    for state in tasks(model):
        if state["Resource"].endswith(".waitForTaskToken"):
            retried = [name for retry in state["Retry"] for name in retry["ErrorEquals"]]
            assert "States.Timeout" not in retried
            assert state["Parameters"]["Payload"]["token.$"] == "$$.Task.Token"
            assert state["Catch"][-1]["Next"].endswith(" clock")


@every_model
def test_the_input_survives_every_catch(model: ServiceModel) -> None:
    assert all(catch["ResultPath"] is None for state in tasks(model) for catch in state["Catch"])


def test_the_errors_that_are_tried_again_are_the_leaves_of_the_tree() -> None:
    classes = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, TryAgain)]
    leaves = {c.__name__ for c in classes if not c.__subclasses__()}
    assert set(passing_errors()) == leaves
    assert "RegisterUnavailable" in leaves
    assert "TryAgain" not in leaves


def test_errors_that_pass_are_all_in_one_module() -> None:
    """Else machines would depend on what happened to be imported when they were compiled."""
    waiting: list[type] = [TryAgain]
    while waiting:
        one = waiting.pop()
        assert one.__module__ == errors.__name__
        waiting += one.__subclasses__()


def test_an_automatic_phase_with_several_outcomes_is_routed() -> None:
    data = permanent_address().model_dump(mode="json")
    issuing = next(phase for phase in data["phases"] if phase["id"] == "issuing")
    issuing["outcomes"]["not-found"] = {
        "title": {"bg": "Няма данни", "en": "No data"},
        "next": "refusing",
    }

    made = states(ServiceModel.model_validate(data))

    assert made["issuing"]["Next"] == "issuing route"
    ways = {c["StringEquals"]: c["Next"] for c in made["issuing route"]["Choices"]}
    assert ways == {"issued": "delivery", "not-found": "refusing"}


def test_binding_replaces_every_placeholder() -> None:
    bound: Any = bind(compile_model(permanent_address()), ARNS)

    names = [s["Parameters"]["FunctionName"] for s in bound["States"].values() if "Parameters" in s]
    # This service asks no register in a phase of its own, and no conditions decide.
    assert set(names) == {arn for name, arn in ARNS.items() if name != "run_phase"}
    assert "${" not in generate.pretty(bound)


def test_binding_an_unknown_function_is_an_error() -> None:
    with pytest.raises(KeyError):
        bind(compile_model(permanent_address()), {})
