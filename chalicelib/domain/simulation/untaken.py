"""Ways that no simulated case took, and why, where that can be known."""

from collections.abc import Iterator, Mapping
from itertools import islice, product
from math import prod

from chalicelib.domain.services import flow
from chalicelib.domain.services.conditions import facts_of, judge
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.routes import (
    SILENCE,
    WITHDRAWN,
    can_be_withdrawn,
    can_fall_silent,
    chosen,
)
from chalicelib.domain.simulation.acting import chosen_by_people
from chalicelib.domain.simulation.casting import Candidates
from chalicelib.domain.simulation.profile import Profile
from chalicelib.domain.simulation.report import Reason, Untaken
from chalicelib.domain.simulation.tracks import Track

# More combinations of facts are not tried: the reason stays unknown.
_MOST_TRIED = 20_000


def untaken(
    model: ServiceModel, tracks: list[Track], profile: Profile, known: Candidates
) -> Iterator[Untaken]:
    """Phases that no case came to; of the others, outcomes that none of them had."""
    taken = {(visit.phase, visit.outcome) for track in tracks for visit in track.visits}
    visited = {phase for phase, _ in taken}
    never = {
        (str(phase.id), outcome): _reason(model, phase, outcome, profile, known)
        for phase in model.phases
        if phase.id in visited
        for outcome in outcomes(model, phase)
        if (phase.id, outcome) not in taken
    }
    for (name, outcome), reason in never.items():
        yield Untaken(phase=name, outcome=outcome, reason=reason)
    impossible = {way for way, reason in never.items() if reason == "condition-never-holds"}
    for phase in model.phases:
        if phase.id not in visited:
            reason = _unvisited(model, str(phase.id), impossible)
            yield Untaken(phase=phase.id, outcome="", reason=reason)


def outcomes(model: ServiceModel, phase: Phase) -> tuple[str, ...]:
    """How the phase can end, withdrawal and silence included."""
    reserved = [WITHDRAWN] if can_be_withdrawn(model, phase) else []
    reserved += [SILENCE] if phase.waits and can_fall_silent(model, phase) else []
    return (*map(str, phase.outcomes), *reserved)


def _reason(
    model: ServiceModel, phase: Phase, outcome: str, profile: Profile, known: Candidates
) -> Reason:
    if outcome == WITHDRAWN:
        return "nobody-withdrew"
    if outcome == SILENCE:
        return "nobody-let-the-time-pass"
    if not phase.waits:
        possible = flow.chosen(phase)
        if possible and outcome not in possible:
            return "condition-never-holds"
        return (
            "not-drawn"
            if _can_be_chosen(model, phase, outcome, known)
            else ("condition-never-holds")
        )
    if outcome not in chosen_by_people(phase):
        return "nobody-let-the-time-pass"
    never = profile.weight(phase.id, outcome) == 0
    return "never-chosen-by-the-profile" if never else "not-drawn"


def _can_be_chosen(model: ServiceModel, phase: Phase, outcome: str, known: Candidates) -> bool:
    """Whether some application that may be filed leads there; also where nobody can try all."""
    names = {name for choice in phase.choices for name in facts_of(choice.when)}
    names |= {name for rule in model.eligibility for name in facts_of(rule.when)}
    # A fact may be missing too: a field that is not asked, a register that knows nothing.
    values = {name: (*known.get(name, ()), None) for name in sorted(names)}
    if prod(map(len, values.values())) > _MOST_TRIED:
        return True
    combinations = islice(product(*values.values()), _MOST_TRIED)
    for combination in combinations:
        facts = {n: v for n, v in zip(values, combination, strict=True) if v is not None}
        eligible = all(judge(rule.when, facts).holds for rule in model.eligibility)
        if eligible and chosen(phase, facts)[0] == outcome:
            return True
    return False


def _unvisited(model: ServiceModel, name: str, impossible: set[tuple[str, str]]) -> Reason:
    if name not in flow.reached(flow.graph(model), str(model.first)):
        return "unreachable"
    ways = _without(model, impossible)
    return "only-after-what-was-not-taken" if name in ways else "condition-never-holds"


def _without(model: ServiceModel, impossible: set[tuple[str, str]]) -> frozenset[str]:
    """The phases that are reached though these outcomes never come about."""
    whole: Mapping[str, frozenset[str]] = flow.graph(model)
    ways: dict[str, frozenset[str]] = {}
    for phase in model.phases:
        shut = {
            str(outcome.next)
            for name, outcome in phase.outcomes.items()
            if (phase.id, name) in impossible
        }
        open_ = {
            str(outcome.next)
            for name, outcome in phase.outcomes.items()
            if (phase.id, name) not in impossible
        }
        ways[str(phase.id)] = whole[str(phase.id)] - (shut - open_)
    return flow.reached(ways, str(model.first))
