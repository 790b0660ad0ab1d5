"""A model's phases as a graph: where a case can go, what it must have passed."""

from collections.abc import Callable, Iterable, Mapping

from chalicelib.domain.services.language import Outcome, Phase, ServiceModel
from chalicelib.domain.services.routes import can_fall_silent
from chalicelib.domain.services.words import CloseKind

Graph = Mapping[str, frozenset[str]]
Test = Callable[[Phase], bool]


def chosen(phase: Phase) -> frozenset[str]:
    """The outcomes that conditions can give: of an automatic phase it has no others."""
    named = {str(choice.outcome) for choice in phase.choices}
    return frozenset(named | {str(phase.otherwise)} if phase.otherwise else named)


def outcomes(phase: Phase) -> dict[str, Outcome]:
    """The outcomes that can come about."""
    known = {str(name): outcome for name, outcome in phase.outcomes.items()}
    if not chosen(phase):
        return known
    return {name: outcome for name, outcome in known.items() if name in chosen(phase)}


def graph(model: ServiceModel, *, silence: bool = True) -> Graph:
    """Each phase with those that can follow it; with `silence`, also those that follow silence.
    Phases that there are not are left out."""
    known = {str(phase.id) for phase in model.phases}
    ways = {str(phase.id): set[str]() for phase in model.phases}
    for phase in model.phases:
        ways[phase.id] |= {str(o.next) for o in outcomes(phase).values() if o.next}
        if silence and can_fall_silent(model, phase):
            ways[phase.id].add(str(model.silence.next))
    return {name: frozenset(targets & known) for name, targets in ways.items()}


def reached(ways: Graph, start: str, avoiding: Iterable[str] = ()) -> frozenset[str]:
    """Every phase to which a case comes from `start`, itself included, without those avoided."""
    shut, seen, waiting = set(avoiding), set[str](), [start]
    while waiting:
        phase = waiting.pop()
        if phase in ways and phase not in seen and phase not in shut:
            seen.add(phase)
            waiting += ways[phase]
    return frozenset(seen)


def before(model: ServiceModel, phase: str, done: Test) -> bool:
    """Whether every case that comes to the phase has passed one for which `done` holds."""
    passed = [str(one.id) for one in model.phases if done(one) and one.id != phase]
    return phase not in reached(graph(model), str(model.first), passed)


def closings(model: ServiceModel, phases: Iterable[str]) -> dict[CloseKind, list[Phase]]:
    """How cases end in these phases, and in which of them."""
    found = dict[CloseKind, list[Phase]]()
    wanted = set(phases)
    for phase in model.phases:
        for outcome in outcomes(phase).values() if phase.id in wanted else ():
            if outcome.close:
                found.setdefault(outcome.close, []).append(phase)
    return found


def circles(ways: Graph) -> list[frozenset[str]]:
    """Phases among which a case can go round: each group can reach all of itself."""
    found = list[frozenset[str]]()
    placed = set[str]()
    reach = {name: reached(ways, name) for name in ways}
    for name in ways:
        group = frozenset(one for one in reach[name] if name in reach[one])
        if name not in placed and (len(group) > 1 or name in ways[name]):
            placed |= group
            found.append(group)
    return found
