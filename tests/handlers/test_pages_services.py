"""The pages of every service of the repository, wherever a case of it can stand."""

from html import unescape

import pytest

from chalicelib.domain.access import Principal
from chalicelib.domain.services.compiler import compile_model
from chalicelib.domain.services.language import Language
from chalicelib.domain.services.phases import LED, Phase
from chalicelib.domain.signin import Claims
from tests.models import published
from tests.outcomes import Journey
from tests.portal import Portal, opened
from tests.stepfunctions.applications import APPLICANT, SERVICES, answers_of, model
from tests.stepfunctions.travelling import OneThreaded
from tests.stepfunctions.ways import journeys_of
from tests.trip import Trip
from tests.world import World

LANGUAGES: tuple[Language, ...] = ("bg", "en")
WHO = Claims(sub="sub-0", name=APPLICANT.names, egn=APPLICANT.egn)


@pytest.mark.parametrize("service", SERVICES)
def test_what_people_read_before_they_apply(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(monkeypatch) as portal:
        if service != "permanent-address":
            portal.world.services.publish(published(model(service)), after=0)
        portal.as_(WHO)
        for language in LANGUAGES:
            read = unescape(portal.get(f"/{language}/services/{service}"))
            asked = unescape(portal.get(f"/{language}/services/{service}/apply"))
            assert model(service).what_you_get.in_(language) in read
            for texts in model(service).form.texts.values():
                assert texts.label.in_(language) in asked


def decided_on(portal: Portal, place: str, phase: Phase) -> None:
    """What an official of the unit sees, who then leaves the decision to somebody else."""
    opened_for = portal.post(place, {"purpose": "examination"}, place, status=200)
    shown = unescape(opened_for.body.decode())
    assert phase.title.en in shown
    portal.post(f"{place}/claim", {"phase": str(phase.id)}, place)
    choices = unescape(portal.get(f"{place}/decide"))
    for title in (one.title.en for one in phase.outcomes.values()):
        assert title in choices
    for title in (one.title.en for one in phase.checklist):
        assert title in choices
    portal.post(f"{place}/release", {"phase": str(phase.id)}, place)


def visited(portal: Portal, trip: Trip) -> None:
    """Everybody's pages of the case as it stands."""
    number, stands = trip.number, trip.case.phase
    portal.as_(WHO)
    for language in LANGUAGES:
        shown = unescape(portal.get(f"/{language}/cases/{number}"))
        assert trip.model.title.in_(language) in shown
        assert number in portal.get(f"/{language}/cases/{number}/journal")
    assert stands is not None
    phase = trip.model.phase(stands.id)
    if trip.case.is_open and phase.kind in LED and phase.unit and phase.role:
        portal.as_(Claims(sub="sub-o", name="Ина", groups=frozenset({phase.role}), unit=phase.unit))
        decided_on(portal, f"/en/office/cases/{number}", phase)


@pytest.mark.parametrize("service", SERVICES)
def test_pages_wherever_a_case_can_stand(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set[str]()

    def stopping(trip: Trip) -> None:
        stands = trip.case.closed_as or str(trip.case.phase and trip.case.phase.id)
        if stands not in seen:
            seen.add(stands)
            with opened(monkeypatch, trip.world) as portal:
                visited(portal, trip)
            trip.world.__dict__.pop("staff", None)  # who only looked is given no work

    for journey in journeys_of(service):
        if not {journey.closes, *(phase for phase, _ in journey.steps)} <= seen:
            trip = trip_of(service, journey)
            trip.travel(OneThreaded(compile_model(model(service)), trip), stopping)
            stopping(trip)


def trip_of(service: str, journey: Journey) -> Trip:
    applicant = Principal(
        subject=World().subject(APPLICANT.egn),
        name=APPLICANT.names,
        roles=frozenset({"citizen"}),
        egn=APPLICANT.egn,
    )
    return Trip(model(service), journey, applicant, answers_of(service, journey.way))
