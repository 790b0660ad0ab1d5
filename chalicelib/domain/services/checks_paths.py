"""The paths of a model: every phase is reached, every phase can come to an end."""

from collections.abc import Iterator

from chalicelib.domain.services import flow
from chalicelib.domain.services.compiler import AGAIN, RESERVED
from chalicelib.domain.services.findings import Finding, alternatives
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.routes import RESERVED_OUTCOMES

TAKEN = RESERVED_OUTCOMES | {AGAIN}


def path_findings(model: ServiceModel) -> Iterator[Finding]:
    """Names, then ways in, then ways out."""
    yield from _names(model)
    dangling = list(_dangling(model))
    yield from dangling
    yield from _unreached(model)
    if not dangling:
        yield from _endless(model)
        yield from _spinning(model)
    yield from _paid_too_late(model)


def _names(model: ServiceModel) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, phase in enumerate(model.phases):
        place = ("phases", index, "id")
        if phase.id in seen:
            what = f"a second phase '{phase.id}'"
            yield Finding(place=place, what=what, hint="name it otherwise")
        if phase.id in RESERVED:
            yield Finding(place=place, what=f"'{phase.id}' is taken", hint="name it otherwise")
        seen.add(phase.id)
        for name in phase.outcomes:
            if name in TAKEN:
                where = ("phases", index, "outcomes", str(name))
                what = f"the outcome '{name}' is taken"
                yield Finding(place=where, what=what, hint="name it otherwise")


def _dangling(model: ServiceModel) -> Iterator[Finding]:
    known = {str(phase.id) for phase in model.phases}
    if model.first not in known:
        hint = alternatives(model.first, known)
        yield Finding(place=("first",), what=f"no phase '{model.first}'", hint=hint)
    if model.silence.next is not None and model.silence.next not in known:
        hint = alternatives(model.silence.next, known)
        what = f"no phase '{model.silence.next}'"
        yield Finding(place=("silence", "next"), what=what, hint=hint)
    for index, phase in enumerate(model.phases):
        for name, outcome in phase.outcomes.items():
            if outcome.next is not None and outcome.next not in known:
                place = ("phases", index, "outcomes", name, "next")
                hint = alternatives(outcome.next, known)
                yield Finding(place=place, what=f"no phase '{outcome.next}'", hint=hint)


def _unreached(model: ServiceModel) -> Iterator[Finding]:
    reached = flow.reached(flow.graph(model), str(model.first))
    for index, one in enumerate(model.phases):
        if one.id not in reached:
            hint = "lead an outcome there, or take it out"
            what = f"no case ever comes to '{one.id}'"
            yield Finding(place=("phases", index, "id"), what=what, hint=hint)


def _endless(model: ServiceModel) -> Iterator[Finding]:
    ways = flow.graph(model)
    ending = {str(p.id) for p in model.phases if any(o.close for o in flow.outcomes(p).values())}
    for index, one in enumerate(model.phases):
        if not flow.reached(ways, one.id) & ending:
            what = f"a case that comes to '{one.id}' never ends"
            hint = "let an outcome close the case"
            yield Finding(place=("phases", index, "outcomes"), what=what, hint=hint)


def _spinning(model: ServiceModel) -> Iterator[Finding]:
    """Conditions do not change by themselves: without somebody to wait for, it goes round fast."""
    running = {str(phase.id) for phase in model.phases if not phase.waits}
    ways = {name: to & running for name, to in flow.graph(model).items() if name in running}
    order = [str(phase.id) for phase in model.phases]
    for circle in flow.circles(ways):
        names = sorted(circle, key=order.index)
        what = f"a case goes round without anybody: {', '.join(names)}"
        hint = "lead it through a phase that waits for somebody"
        yield Finding(place=("phases", order.index(names[0]), "outcomes"), what=what, hint=hint)


def _paid_too_late(model: ServiceModel) -> Iterator[Finding]:
    ways = flow.graph(model)
    after = {n for p in model.phases if p.kind == "delivery" for n in flow.reached(ways, p.id)}
    for index, phase in enumerate(model.phases):
        if phase.kind == "payment" and phase.id in after:
            what = f"'{phase.id}' asks for money after the result was handed over"
            yield Finding(
                place=("phases", index, "id"), what=what, hint="put it before the delivery"
            )
