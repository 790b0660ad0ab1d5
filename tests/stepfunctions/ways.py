"""What is answered otherwise, so that each service takes every turn that it can."""

from collections.abc import Mapping
from functools import cache

from tests.outcomes import Journey, Way, journeys
from tests.stepfunctions.applications import USUAL, facts, model

# Beside the usual application; by service.
WAYS: Mapping[str, tuple[Way, ...]] = {
    "current-address": (Way(registers={"address": None}),),
    "marital-status": (
        Way(
            answers={
                "unlisted_children": "yes",
                "children": [
                    {
                        "child_names": "Ема Стоянова Баирска",
                        "child_birth_date": "2019-05-06",
                        "child_birth_place": "Германия, Берлин",
                    }
                ],
            }
        ),
    ),
    "tax-assessment": (
        Way(registers={"assessment.is_owner": False}, answers={"relation": "heir"}),
        Way(registers={"assessment": None}),
    ),
    "no-obligations": (
        Way(registers={"entity.applicant_represents": False}, answers={"by_mandate": True}),
        Way(registers={"company.has_obligations": False}),
        Way(answers={"applies_as": "person", "eik": None}),
        Way(
            answers={"applies_as": "person", "eik": None},
            registers={"person.has_obligations": False},
        ),
    ),
    "property-sketch": (Way(registers={"plot": None}),),
    "pavement-use": (
        Way(registers={"company.active": False}),
        Way(answers={"applies_as": "person", "eik": None}),
    ),
    "lodging-category": (
        Way(registers={"company.active": False}),
        Way(answers={"applies_as": "person", "eik": None, "kind": "guest-house"}),
    ),
    "public-information": (Way(answers={"medium": "electronic", "address": None}),),
    "parking-card": (Way(registers={"car.active": False}),),
}


def ways(service: str) -> tuple[Way, ...]:
    """All of them."""
    return (USUAL, *WAYS.get(service, ()))


@cache
def journeys_of(service: str) -> tuple[Journey, ...]:
    """Few that together take every outcome of the service."""
    return tuple(journeys(model(service), ((way, facts(service, way)) for way in ways(service))))
