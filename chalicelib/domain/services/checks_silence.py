"""What silence means, how far a term may be extended."""

from collections.abc import Iterator

from chalicelib.domain.services import flow
from chalicelib.domain.services.bounds import at_least_days, at_most_days
from chalicelib.domain.services.findings import Finding
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.routes import can_fall_silent
from chalicelib.domain.services.words import CloseKind

# Silence makes a document, or hands one over.
FOLLOWS = frozenset({"document", "delivery"})
OPPOSITE: dict[str, CloseKind] = {"approve": "refused-by-silence", "refuse": "granted-by-silence"}
BY_SILENCE: tuple[CloseKind, ...] = ("granted-by-silence", "refused-by-silence")


def silence_findings(model: ServiceModel) -> Iterator[Finding]:
    """Silence that leads nowhere, to the wrong place, or warns of nothing; extensions."""
    yield from _effect(model)
    yield from _following(model)
    yield from _ends(model)
    yield from _warnings(model)
    yield from _extension(model)


def _effect(model: ServiceModel) -> Iterator[Finding]:
    silence = model.silence
    if silence.effect == "approve" and silence.next is None:
        what = "silence approves, and nothing is issued"
        hint = "say next: the phase that makes the document"
        yield Finding(place=("silence",), what=what, hint=hint)
    if silence.effect == "none" and silence.next is not None:
        what = "silence means nothing, and yet leads on"
        hint = "say what it means in effect:, or leave next: out"
        yield Finding(place=("silence", "next"), what=what, hint=hint)


def _following(model: ServiceModel) -> Iterator[Finding]:
    target = next((p for p in model.phases if p.id == model.silence.next), None)
    if target is None:
        return
    place = ("silence", "next")
    if target.kind not in FOLLOWS:
        what = f"silence leads to '{target.id}', which is of kind {target.kind}"
        yield Finding(place=place, what=what, hint="lead it to a phase of kind document")
    reached = flow.reached(flow.graph(model, silence=False), str(model.first))
    if not any(can_fall_silent(model, p) and p.id in reached for p in model.phases):
        what = "there is no phase in which silence could fall"
        yield Finding(place=place, what=what, hint="leave next: out")


def _ends(model: ServiceModel) -> Iterator[Finding]:
    """A case that silence decided is closed as what silence means, and no other case is."""
    silence = model.silence
    ways = flow.graph(model, silence=False)
    after = flow.closings(model, flow.reached(ways, str(silence.next)))
    wrong = OPPOSITE.get(silence.effect)
    if wrong in after:
        what = f"silence means '{silence.effect}', and the case is closed as {wrong}"
        hint = "close it as what silence means"
        yield Finding(place=("silence", "effect"), what=what, hint=hint)
    before = flow.closings(model, flow.reached(ways, str(model.first)))
    order = [phase.id for phase in model.phases]
    for close in BY_SILENCE:
        for phase in before.get(close, ()):
            place = ("phases", order.index(phase.id), "outcomes")
            what = f"'{phase.id}' closes a case as {close}, and it comes there without silence"
            hint = "only what follows silence.next: may close so"
            yield Finding(place=place, what=what, hint=hint)


def _warnings(model: ServiceModel) -> Iterator[Finding]:
    if model.silence.warnings and model.silence.next is None:
        what = "warnings of a silence that does nothing by itself"
        yield Finding(place=("silence", "warnings"), what=what, hint="say next:, or leave them out")
    shortest = min((fee.term for fee in model.fees), key=at_most_days)
    for index, warning in enumerate(model.silence.warnings):
        if at_least_days(warning) >= at_most_days(shortest):
            what = f"{warning} before the end is before the beginning"
            hint = f"the shortest term is {shortest}"
            yield Finding(place=("silence", "warnings", index), what=what, hint=hint)


def _extension(model: ServiceModel) -> Iterator[Finding]:
    extension = model.extension
    if extension is None:
        return
    terms = [model.legal_term.term] if model.legal_term else [fee.term for fee in model.fees]
    longest = max(terms, key=at_most_days)
    place = ("extension", "by")
    if extension.by.amount == 0:
        yield Finding(place=place, what="an extension by nothing", hint="say how long")
    if at_least_days(extension.by) > at_most_days(longest):
        what = f"an extension by {extension.by} is longer than the term of {longest}"
        yield Finding(place=place, what=what, hint="look at its ground again")
