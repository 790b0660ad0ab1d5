"""Each phase by itself."""

from collections.abc import Iterator

from chalicelib.domain.services.findings import Finding, Place, alternatives
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.surroundings import Surroundings


def phase_findings(model: ServiceModel, surroundings: Surroundings) -> Iterator[Finding]:
    """Who is in charge, what the clock does, which document and evidence each phase needs."""
    for index, phase in enumerate(model.phases):
        place: Place = ("phases", index)
        yield from _in_charge(place, phase)
        yield from _clockwork(place, phase)
        yield from _document(place, phase, surroundings)
        known = {one.id for one in model.evidence}
        for number, name in enumerate(phase.evidence):
            if name not in known:
                where: Place = (*place, "evidence", number)
                yield Finding(
                    place=where, what=f"no evidence '{name}'", hint=alternatives(name, known)
                )
        for tier in sorted(set(phase.terms) - {fee.tier for fee in model.fees}):
            of_tier = (*place, "terms", str(tier))
            yield Finding(place=of_tier, what=f"no fee has the tier '{tier}'", hint="add the fee")


def _in_charge(place: Place, phase: Phase) -> Iterator[Finding]:
    if phase.kind != "human":
        return
    if phase.role is None or phase.unit is None:
        what = f"nobody is in charge of '{phase.id}'"
        yield Finding(place=place, what=what, hint="say role: and unit:")
    if phase.term is None:
        what = f"'{phase.id}' may take for ever"
        yield Finding(place=place, what=what, hint="say term:, such as '2 working-days'")


def _clockwork(place: Place, phase: Phase) -> Iterator[Finding]:
    for index, milestone in enumerate(phase.milestones):
        where = (*place, "milestones", index)
        if milestone.before is not None and phase.term is None:
            yield Finding(place=where, what="before: what?", hint="the phase needs a term:")
        if milestone.outcome and milestone.outcome not in phase.outcomes:
            what = f"'{phase.id}' has no outcome '{milestone.outcome}'"
            hint = alternatives(milestone.outcome, phase.outcomes)
            yield Finding(place=(*where, "outcome"), what=what, hint=hint)
    if phase.milestones and not phase.waits:
        what = f"'{phase.id}' runs by itself and waits for nothing"
        yield Finding(place=(*place, "milestones"), what=what, hint="leave milestones out")
    if phase.kind == "payment" and not any(m.kind == "expiry" for m in phase.milestones):
        what = f"'{phase.id}' waits for money for ever"
        yield Finding(place=place, what=what, hint="add a milestone of kind expiry")


def _document(place: Place, phase: Phase, surroundings: Surroundings) -> Iterator[Finding]:
    if phase.kind == "document" and phase.template is None:
        yield Finding(place=place, what=f"'{phase.id}' makes no document", hint="say template:")
    if phase.kind != "document" and phase.template is not None:
        where = (*place, "template")
        yield Finding(
            place=where, what="only a phase of kind document has a template", hint="leave it out"
        )
    elif phase.template is not None and phase.template not in surroundings.templates:
        hint = alternatives(phase.template, surroundings.templates)
        where = (*place, "template")
        yield Finding(place=where, what=f"no template '{phase.template}'", hint=hint)
