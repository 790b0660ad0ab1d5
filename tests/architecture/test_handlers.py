"""Each function of the template starts by itself, and loads no more than it works with.

A function other than the API's is loaded by its handler string, and `app.py` never is: what only
`app.py` imports is missing there. What a function may load is a list of names, not a clock: the
clock of a laptop says nothing about the cold starts on AWS.
"""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from chalice import Chalice

ROOT = Path(__file__).parents[2]

# Each of these costs a cold start tens to hundreds of milliseconds, or has no business there.
HEAVY = {
    "aws_xray_sdk": "the tracer costs half a second even when it is off",
    "cfnlint": "a tool",
    "holidays": "the calendar is data that was generated beforehand",
    "hypothesis": "a tool",
    "lxml": "for registers that speak XML",
    "moto": "a double",
    "numpy": "nobody counts that much",
    "pyhanko": "seals documents",
    "pytest": "a tool",
    "reportlab": "another way to make documents",
    "tests": "not deployed",
    "infra": "not deployed",
    "typst": "renders documents",
    "yaml": "models are published as JSON",
}
# Imported only when a first request needs them, by whichever function.
AT_IMPORT_NEVER = set(HEAVY)
# Pages and forms belong to the API; the engine's functions are as light as they can be.
OF_THE_API = {"jinja2", "babel", "jsonschema", "joserfc", "govuk_frontend_jinja"}


@cache
def functions() -> dict[str, str]:
    """Name → handler string of every function but the API's."""
    probe = """
import json
from app import app
pure = {f.name: f.handler_string for f in app.pure_lambda_functions}
events = {e.name: e.handler_string for e in app.event_sources}
print(json.dumps(pure | events))
"""
    found: dict[str, str] = json.loads(run(probe))
    return found


def run(code: str) -> str:
    """What a fresh Python prints, with nothing of this one."""
    environment = {
        "PATH": os.environ["PATH"],
        "AWS_DEFAULT_REGION": "eu-central-1",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-W", "error::ImportWarning", "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def loaded_by(handler: str) -> set[str]:
    """The modules that are there once the handler is."""
    module, _, name = handler.rpartition(".")
    code = f"""
import importlib, json, sys
function = getattr(importlib.import_module({module!r}), {name!r})
assert callable(function)
print(json.dumps(sorted(sys.modules)))
"""
    return set(json.loads(run(code)))


def top_level(modules: set[str]) -> set[str]:
    return {module.split(".")[0] for module in modules}


# pytest wants the names when it collects; the strings are read from the application itself.
NAMES = [
    "open_phase",
    "clock",
    "run_phase",
    "deliver_result",
    "issue_document",
    "on_table_change",
    "reconcile",
]


def test_these_are_all_the_functions() -> None:
    assert sorted(functions()) == sorted(NAMES)


@pytest.fixture(scope="module", params=NAMES)
def function(request: pytest.FixtureRequest) -> tuple[str, set[str]]:
    return request.param, loaded_by(functions()[request.param])


def test_a_function_starts_without_the_application(function: tuple[str, set[str]]) -> None:
    name, modules = function
    assert "app" not in modules
    assert any(module.startswith("chalicelib.handlers.") for module in modules), name


def test_a_function_loads_nothing_heavy_before_it_is_called(
    function: tuple[str, set[str]],
) -> None:
    name, modules = function
    assert top_level(modules) & AT_IMPORT_NEVER == set(), name


def test_a_function_of_the_engine_loads_nothing_of_the_pages(
    function: tuple[str, set[str]],
) -> None:
    name, modules = function
    assert top_level(modules) & OF_THE_API == set(), name
    assert not [m for m in modules if m.startswith("chalicelib.web")], name


def test_the_api_loads_nothing_heavy_before_it_is_called() -> None:
    modules = loaded_by("app.app")
    assert top_level(modules) & AT_IMPORT_NEVER == set()


def test_a_function_is_called_what_the_template_calls_it() -> None:
    for name, handler in functions().items():
        assert handler.endswith(f".{name}"), "a decorator lost the function's name"


def test_the_application_is_chalices() -> None:
    assert Chalice.__name__ == "Chalice"
    assert run("from app import app; print(app.app_name)") == "zagora"
