"""Every way through a model: journeys that together take every outcome that there is.

Which outcome a phase has that runs by itself depends on what is known: a `Way` says what is
answered otherwise than in the usual application, by the applicant and by the registers.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from chalicelib.domain.services.conditions import Facts
from chalicelib.domain.services.flow import before
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.routes import (
    SILENCE,
    WITHDRAWN,
    can_be_withdrawn,
    can_fall_silent,
    chosen,
    closing,
    following,
)

# An outcome of a phase.
Step = tuple[str, str]
Answers = Mapping[str, JsonValue]


@dataclass(frozen=True)
class Way:
    """Changed answers: of the applicant by field (None: not given), of registers by
    `evidence.field`, or by `evidence` alone with None for a register that knows nothing."""

    answers: Answers = field(default_factory=dict)
    registers: Answers = field(default_factory=dict)
    tier: str = "regular"


@dataclass(frozen=True)
class Journey:
    """From the filing to an end, by one outcome of each phase."""

    way: Way
    steps: tuple[Step, ...]
    closes: str

    def __str__(self) -> str:
        turns = [f"{phase}={outcome}" for phase, outcome in self.steps if outcome not in _USUAL]
        return " ".join(turns) or self.closes


_USUAL = frozenset({"paid", "issued", "delivered", "answered"})


def journeys(model: ServiceModel, ways: Iterable[tuple[Way, Facts]]) -> Iterator[Journey]:
    """Few journeys that take all outcomes; each way with the facts that it makes known."""
    taken = set[Step]()
    for way, facts in ways:
        graph = _graph(model, facts)
        for step in [(phase, outcome) for phase in graph for outcome in graph[phase]]:
            steps = () if step in taken else _through(model, graph, *step)
            if steps:
                taken |= set(steps)
                yield Journey(way, steps, str(closing(model, *steps[-1])))


def every_step(model: ServiceModel) -> frozenset[Step]:
    """All outcomes, those that the language reserves included."""
    return frozenset((str(p.id), name) for p in model.phases for name in _outcomes(model, p))


def _outcomes(model: ServiceModel, phase: Phase) -> tuple[str, ...]:
    reserved = {
        WITHDRAWN: can_be_withdrawn(model, phase) and not before(model, phase.id, _makes),
        # Silence falls while somebody is waited for; what runs by itself takes no time.
        SILENCE: phase.waits and can_fall_silent(model, phase),
    }
    return (*phase.outcomes, *(name for name, possible in reserved.items() if possible))


def _graph(model: ServiceModel, facts: Facts) -> dict[str, tuple[str, ...]]:
    """What each phase can end by when this is known."""
    return {
        str(phase.id): (chosen(phase, facts)[0],)
        if phase.kind in ("automatic", "register")
        else _outcomes(model, phase)
        for phase in model.phases
    }


def _makes(phase: Phase) -> bool:
    return phase.kind == "document"


def _through(
    model: ServiceModel, graph: Mapping[str, tuple[str, ...]], phase: str, outcome: str
) -> tuple[Step, ...]:
    """The shortest journey that takes the outcome; nothing where no case comes to the phase."""
    if outcome == WITHDRAWN:  # as long as nothing was made
        graph = {p: () if _makes(model.phase(p)) else names for p, names in graph.items()}
    there = _shortest(model, graph, str(model.first), phase)
    if there is None:
        return ()
    onward = following(model, phase, outcome)
    rest = _shortest(model, graph, str(onward), None) if onward else ()
    return (*there, (phase, outcome), *rest) if rest is not None else ()


def _quick(phase: Phase, outcomes: Iterable[str]) -> list[str]:
    """Without withdrawing and silence; what takes waiting comes last."""
    expiring = {milestone.outcome for milestone in phase.milestones}
    left = [name for name in outcomes if name not in (WITHDRAWN, SILENCE)]
    return sorted(left, key=lambda name: name in expiring)


def _shortest(
    model: ServiceModel, graph: Mapping[str, tuple[str, ...]], start: str, end: str | None
) -> tuple[Step, ...] | None:
    """Steps from a phase until another, or until the case is closed, without withdrawing."""
    waiting, seen = deque[tuple[str, tuple[Step, ...]]]([(start, ())]), {start}
    while waiting:
        phase, steps = waiting.popleft()
        if phase == end:
            return steps
        for outcome in _quick(model.phase(phase), graph[phase]):
            onward = following(model, phase, outcome)
            if onward is None and end is None:
                return (*steps, (phase, outcome))
            if onward is not None and onward not in seen:
                seen.add(str(onward))
                waiting.append((str(onward), (*steps, (phase, outcome))))
    return None
