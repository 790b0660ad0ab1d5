"""What each kind of phase needs to do its work, and what it has no use for."""

from collections.abc import Iterator

from chalicelib.domain.services import flow
from chalicelib.domain.services.findings import Finding, Place, alternatives
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.phases import LED
from chalicelib.domain.services.words import PhaseKind

# How the engine ends these by itself.
ENDS: dict[PhaseKind, str] = {"payment": "paid", "document": "issued", "delivery": "delivered"}
# Which kinds have a use for a word; the others would not notice it.
USES: dict[str, frozenset[str]] = {
    "template": frozenset({"document"}),
    "evidence": frozenset({"register", "document"}),
    "opinions": frozenset({"joint"}),
    "choices": frozenset({"automatic", "register"}),
    "otherwise": frozenset({"automatic", "register"}),
    "checklist": LED,
    "documents": LED,
}


def kind_findings(model: ServiceModel) -> Iterator[Finding]:
    """Words that the kind needs, words that it has no use for, outcomes that cannot be."""
    for index, phase in enumerate(model.phases):
        place: Place = ("phases", index)
        yield from _useless(place, phase)
        yield from _ends(place, phase)
        yield from _choices(place, phase)
        yield from _opinions(place, phase)
        yield from _requirements(place, phase)
        yield from _evidence(place, phase, model)
        if phase.kind == "document" and phase.template is None:
            yield Finding(place=place, what=f"'{phase.id}' makes no document", hint="say template:")


def _useless(place: Place, phase: Phase) -> Iterator[Finding]:
    for word, kinds in USES.items():
        if getattr(phase, word) and phase.kind not in kinds:
            has = f"only a phase of kind {' or '.join(sorted(kinds))} has {_article(word)}"
            yield Finding(place=(*place, word), what=has, hint="leave it out")


def _article(word: str) -> str:
    return "a template" if word == "template" else f"{word}:"


def _ends(place: Place, phase: Phase) -> Iterator[Finding]:
    end = ENDS.get(phase.kind)
    if end is None:
        return
    where = (*place, "outcomes")
    if end not in phase.outcomes:
        what = f"'{phase.id}' has no outcome '{end}', and kind {phase.kind} ends by it"
        yield Finding(place=where, what=what, hint=f"add {end}:")
    expiring = {str(m.outcome) for m in phase.milestones if m.outcome}
    for name in phase.outcomes:
        if name != end and name not in expiring:
            what = f"nothing in a phase of kind {phase.kind} ends by '{name}'"
            yield Finding(place=(*where, str(name)), what=what, hint="leave it out")


def _choices(place: Place, phase: Phase) -> Iterator[Finding]:
    """An automatic phase needs conditions; a register phase, only if it ends in several ways."""
    if phase.kind not in USES["choices"] or (phase.kind == "register" and len(phase.outcomes) == 1):
        return
    for number, choice in enumerate(phase.choices):
        if choice.outcome not in phase.outcomes:
            where: Place = (*place, "choices", number, "outcome")
            what = f"'{phase.id}' has no outcome '{choice.outcome}'"
            hint = alternatives(choice.outcome, phase.outcomes)
            yield Finding(place=where, what=what, hint=hint)
    if phase.otherwise is None:
        what = f"'{phase.id}' does not know what to do when no condition holds"
        yield Finding(place=place, what=what, hint="say otherwise: with one of its outcomes")
    elif phase.otherwise not in phase.outcomes:
        what = f"'{phase.id}' has no outcome '{phase.otherwise}'"
        hint = alternatives(phase.otherwise, phase.outcomes)
        yield Finding(place=(*place, "otherwise"), what=what, hint=hint)
    chosen = flow.chosen(phase)
    for name in sorted(set(phase.outcomes) - chosen) if chosen else ():
        what = f"no condition of '{phase.id}' leads to '{name}'"
        where = (*place, "outcomes", str(name))
        yield Finding(place=where, what=what, hint="add a choice, or leave the outcome out")


def _opinions(place: Place, phase: Phase) -> Iterator[Finding]:
    if phase.kind != "joint":
        return
    if not phase.opinions:
        what, hint = f"'{phase.id}' asks nobody's opinion", "say opinions: of which units"
        yield Finding(place=place, what=what, hint=hint)
    asked: set[tuple[str, str, str]] = set()
    for number, opinion in enumerate(phase.opinions):
        same = (opinion.unit, opinion.role, opinion.title.bg)
        if same in asked:
            where = (*place, "opinions", number)
            what = f"'{opinion.unit}' is asked for the same opinion twice"
            yield Finding(place=where, what=what, hint="leave one out")
        asked.add(same)


def _requirements(place: Place, phase: Phase) -> Iterator[Finding]:
    for name, outcome in phase.outcomes.items():
        where = (*place, "outcomes", str(name), "requires")
        if outcome.requires and phase.kind not in LED:
            what = f"nobody decides in '{phase.id}'"
            yield Finding(place=where, what=what, hint="leave requires: out")
        for word, there in (("checklist", phase.checklist), ("documents", phase.documents)):
            if word in outcome.requires and not there:
                what = f"'{name}' requires {word}, and the phase has none"
                yield Finding(place=where, what=what, hint=f"add {word}: to the phase")


def _evidence(place: Place, phase: Phase, model: ServiceModel) -> Iterator[Finding]:
    known = {one.id for one in model.evidence}
    if phase.kind == "register" and not phase.evidence:
        what = f"'{phase.id}' asks no register anything"
        yield Finding(place=place, what=what, hint="say evidence:")
    for number, name in enumerate(phase.evidence):
        if name not in known:
            where: Place = (*place, "evidence", number)
            hint = alternatives(name, known)
            yield Finding(place=where, what=f"no evidence '{name}'", hint=hint)
