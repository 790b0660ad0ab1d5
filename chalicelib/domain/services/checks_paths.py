"""The paths of a model: every phase is reached, every phase can come to an end."""

from collections.abc import Iterator

from chalicelib.domain.services.compiler import RESERVED
from chalicelib.domain.services.findings import Finding, alternatives
from chalicelib.domain.services.language import ServiceModel


def path_findings(model: ServiceModel) -> Iterator[Finding]:
    """Names, then ways in, then ways out."""
    yield from _names(model)
    dangling = list(_dangling(model))
    yield from dangling
    yield from _unreached(model)
    if not dangling:
        yield from _endless(model)


def _names(model: ServiceModel) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, phase in enumerate(model.phases):
        place = ("phases", index, "id")
        if phase.id in seen:
            yield Finding(
                place=place, what=f"a second phase '{phase.id}'", hint="name it otherwise"
            )
        if phase.id in RESERVED:
            yield Finding(place=place, what=f"'{phase.id}' is taken", hint="name it otherwise")
        seen.add(phase.id)


def _dangling(model: ServiceModel) -> Iterator[Finding]:
    known = {str(phase.id) for phase in model.phases}
    if model.first not in known:
        hint = alternatives(model.first, known)
        yield Finding(place=("first",), what=f"no phase '{model.first}'", hint=hint)
    for index, phase in enumerate(model.phases):
        for name, outcome in phase.outcomes.items():
            if outcome.next is not None and outcome.next not in known:
                place = ("phases", index, "outcomes", name, "next")
                hint = alternatives(outcome.next, known)
                yield Finding(place=place, what=f"no phase '{outcome.next}'", hint=hint)


def _unreached(model: ServiceModel) -> Iterator[Finding]:
    following = _following(model)
    reached: set[str] = set()
    waiting = [str(model.first)]
    while waiting:
        phase = waiting.pop()
        if phase not in reached:
            reached.add(phase)
            waiting += sorted(following.get(phase, set()))
    for index, one in enumerate(model.phases):
        if one.id not in reached:
            hint = "lead an outcome there, or take it out"
            what = f"no case ever comes to '{one.id}'"
            yield Finding(place=("phases", index, "id"), what=what, hint=hint)


def _endless(model: ServiceModel) -> Iterator[Finding]:
    following = _following(model)
    ending = {str(p.id) for p in model.phases if any(o.close for o in p.outcomes.values())}
    growing = True
    while growing:
        more = {phase for phase, targets in following.items() if targets & ending} - ending
        ending |= more
        growing = bool(more)
    for index, one in enumerate(model.phases):
        if one.id not in ending:
            what = f"a case that comes to '{one.id}' never ends"
            hint = "let an outcome close the case"
            yield Finding(place=("phases", index, "outcomes"), what=what, hint=hint)


def _following(model: ServiceModel) -> dict[str, set[str]]:
    return {
        str(phase.id): {str(o.next) for o in phase.outcomes.values() if o.next}
        for phase in model.phases
    }
