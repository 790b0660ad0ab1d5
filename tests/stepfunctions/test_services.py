"""Every service of the repository runs from filing to every one of its outcomes.

The same journey is made on two interpreters: both go through the same states and leave the same
record, to the last hash.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.adapters.forms.jsonschema import JsonSchemaRules
from chalicelib.domain.access import Principal
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.services.checks_size import MOST_EVENTS, history
from chalicelib.domain.services.compiler import compile_model
from chalicelib.domain.services.language import ServiceModel
from infra.cli.generate import MACHINES, pretty
from tests.outcomes import Journey, Step, every_step
from tests.stepfunctions.applications import APPLICANT, SERVICES, answers_of, model
from tests.stepfunctions.travelling import Moto, OneThreaded, moto
from tests.stepfunctions.ways import journeys_of, ways
from tests.trip import Trip

Json = dict[str, Any]
CITIZEN = Principal(
    subject=SubjectId("person-0"),
    name=APPLICANT.names,
    roles=frozenset({"citizen"}),
    egn=APPLICANT.egn,
)


JOURNEYS = [(service, journey) for service in SERVICES for journey in journeys_of(service)]


@pytest.fixture(scope="module")
def on_moto() -> Iterator[Moto]:
    with moto() as made:
        yield made


@pytest.mark.parametrize("service", SERVICES)
def test_the_journeys_take_every_outcome(service: str) -> None:
    """Where one is missing, add a way to it in tests/stepfunctions/ways.py."""
    taken = {step for journey in journeys_of(service) for step in journey.steps}
    assert every_step(model(service)) - taken == set[Step]()


@pytest.mark.parametrize("service", SERVICES)
def test_the_form_takes_what_is_answered_on_every_way(service: str) -> None:
    schema = model(service).form.json_schema
    for way in ways(service):
        assert JsonSchemaRules().faults(schema, answers_of(service, way)) == ()


@pytest.mark.parametrize("service", SERVICES)
def test_the_committed_machine_is_what_the_model_compiles_to(service: str) -> None:
    committed = (MACHINES / f"{service}.asl.json").read_text(encoding="utf-8")
    # A model that was kept as JSON and read again compiles to the same, byte for byte.
    again = ServiceModel.model_validate_json(model(service).model_dump_json())
    assert committed == pretty(compile_model(model(service))) == pretty(compile_model(again))


@pytest.mark.parametrize("service", SERVICES)
def test_an_execution_has_room_for_the_longest_history(service: str) -> None:
    assert history(model(service)) < MOST_EVENTS


@pytest.mark.parametrize(
    ("service", "journey"), JOURNEYS, ids=[f"{service}: {journey}" for service, journey in JOURNEYS]
)
def test_a_journey_is_the_same_on_two_interpreters(
    on_moto: Moto, service: str, journey: Journey
) -> None:
    definition: Any = compile_model(model(service))
    trip, other = (
        Trip(model(service), journey, CITIZEN, answers_of(service, journey.way)) for _ in "12"
    )

    ours = OneThreaded(definition, trip)
    trip.travel(ours)
    motos = on_moto.carry(definition, other)
    other.travel(motos)

    assert trip.case.closed_as == journey.closes
    assert trip.travelled == journey.steps
    assert motos.path == ours.path
    assert other.record == trip.record
    assert motos.events < history(model(service))
