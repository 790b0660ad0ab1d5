"""Every service walked in the pure core: to each of its outcomes, and anywhere at random."""

from collections import deque
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.cases import heading
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotPossible
from chalicelib.domain.services import compiler, flow
from chalicelib.domain.services.checks_papers import WRITTEN
from chalicelib.domain.services.checks_silence import BY_SILENCE
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.routes import (
    SILENCE,
    WITHDRAWN,
    can_be_withdrawn,
    can_fall_silent,
    following,
)
from tests.stepfunctions.applications import SERVICES, model
from tests.walks import AGREE, WAIT, Walk

Way = tuple[str, str]
# How long a case is led at random before it is led home; no way home is longer than this.
_AT_RANDOM, _EAGER, _HOME = 40, 15, 120


def ways(service: ServiceModel) -> Iterator[Way]:
    """Every outcome that a case can come to, those that the language reserves included."""
    for phase in service.phases:
        yield from ((str(phase.id), name) for name in flow.outcomes(phase))
        if can_fall_silent(service, phase) and phase.waits:
            yield (str(phase.id), SILENCE)
        if can_be_withdrawn(service, phase) and not flow.before(service, phase.id, _makes):
            yield (str(phase.id), WITHDRAWN)


def _makes(phase: Phase) -> bool:
    """Once a document is made, there is no way back."""
    return phase.kind == "document"


WAYS = [(service, *way) for service in SERVICES for way in ways(model(service))]


def way_to(service: ServiceModel, phase: str) -> list[Way]:
    """The outcomes by which a case comes to the phase the soonest."""
    waiting = deque([(str(service.first), list[Way]())])
    seen = {str(service.first)}
    while waiting:
        at, before = waiting.popleft()
        if at == phase:
            return before
        for name in (outcome for where, outcome in ways(service) if where == at):
            after = following(service, at, name)
            if after is not None and after not in seen:
                seen.add(str(after))
                waiting.append((str(after), [*before, (at, name)]))
    raise AssertionError(phase)


def lead(walk: Walk, way: Way) -> None:
    """Until the phase has ended so."""
    phase, outcome = way
    before = len(walk.taken)
    for _ in range(_AT_RANDOM):
        if len(walk.taken) > before:
            break
        assert walk.phase.id == phase
        offers = walk.offers()
        toward = outcome if outcome in offers else AGREE if AGREE in offers else WAIT
        walk.take(WAIT if outcome == SILENCE else toward)
    assert walk.taken[before:][:1] == [way]


def lead_home(walk: Walk) -> None:
    """By the shortest way to an end."""
    for _ in range(_HOME):
        if not walk.case.is_open:
            return
        nearest = min(
            (name for phase, name in ways(walk.model) if phase == walk.phase.id),
            key=lambda name: _steps(walk.model, str(walk.phase.id), name),
        )
        lead(walk, (str(walk.phase.id), nearest))
    raise AssertionError(walk.taken)


def _steps(service: ServiceModel, phase: str, outcome: str) -> int:
    """To the end of the case; a withdrawal is no way home."""
    if outcome == WITHDRAWN:
        return _HOME
    steps, at, seen = 0, {following(service, phase, outcome)}, set[str]()
    while None not in at:
        seen |= {str(one) for one in at}
        steps += 1
        at = {
            following(service, where, name)
            for where, name in ways(service)
            if where in at and name != WITHDRAWN
        }
        if {str(one) for one in at if one is not None} <= seen and None not in at:
            return _HOME
    return steps


def ended_well(walk: Walk) -> None:
    """What is true of every closed case."""
    case: Case = walk.case
    assert case.closed_as in set(compiler.closes(walk.model))
    assert case.planned == ()
    assert case.documents or case.closed_as not in {*WRITTEN, *BY_SILENCE}
    assert (case.closed_as in BY_SILENCE) == (case.result == SILENCE)
    assert walk.offers() == []
    assert walk.replayed_is_the_same()


@pytest.mark.parametrize(("service", "phase", "outcome"), WAYS)
def test_every_outcome_comes_about_and_the_case_ends(
    service: str, phase: str, outcome: str
) -> None:
    walk = Walk(model(service))
    for way in [*way_to(walk.model, phase), (phase, outcome)]:
        lead(walk, way)
    lead_home(walk)
    ended_well(walk)


@pytest.mark.parametrize("service", SERVICES)
@settings(max_examples=60)
@given(choices=st.data())
def test_wherever_a_case_goes_it_ends(service: str, choices: st.DataObject) -> None:
    walk = Walk(model(service))
    for number in range(_AT_RANDOM):
        # Nobody withdraws at first, or few walks would get far.
        offers = [one for one in walk.offers() if one != WITHDRAWN or number > _EAGER]
        if not offers:
            break
        walk.take(choices.draw(st.sampled_from(offers)))
    lead_home(walk)
    ended_well(walk)


@pytest.mark.parametrize("service", SERVICES)
@given(choices=st.data())
@settings(max_examples=5)
def test_what_is_reopened_ends_again(service: str, choices: st.DataObject) -> None:
    walk = Walk(model(service))
    lead_home(walk)
    places = heading.phases_to_reopen_at(walk.case, walk.model)
    if not places:
        place = choices.draw(st.sampled_from([one.id for one in walk.model.phases]))
        with pytest.raises(NotPossible):
            walk.reopen(place)
        return
    walk.reopen(choices.draw(st.sampled_from(places)))
    assert walk.case.is_open
    lead_home(walk)
