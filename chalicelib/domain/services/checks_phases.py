"""Each phase by itself: who is in charge, what its clock does."""

from collections.abc import Iterator

from chalicelib.domain.services.bounds import at_least_days, at_most_days
from chalicelib.domain.services.findings import Finding, Place, alternatives
from chalicelib.domain.services.language import Milestone, Phase, ServiceModel
from chalicelib.domain.services.phases import LED
from chalicelib.domain.services.surroundings import Surroundings

# These wait for somebody who may never answer.
PATIENT = {"payment": "money", "correction": "the applicant's correction"}


def phase_findings(model: ServiceModel, surroundings: Surroundings) -> Iterator[Finding]:
    """Persons in charge, terms and milestones."""
    for index, phase in enumerate(model.phases):
        place: Place = ("phases", index)
        yield from _in_charge(place, phase)
        yield from _unit(place, phase, surroundings)
        yield from _ending(place, phase)
        yield from _milestones(place, phase)
        yield from _clock(place, phase)
        for tier in sorted(set(phase.terms) - {fee.tier for fee in model.fees}):
            of_tier = (*place, "terms", str(tier))
            yield Finding(place=of_tier, what=f"no fee has the tier '{tier}'", hint="add the fee")


def _in_charge(place: Place, phase: Phase) -> Iterator[Finding]:
    if phase.kind in LED and (phase.role is None or phase.unit is None):
        what = f"nobody is in charge of '{phase.id}'"
        yield Finding(place=place, what=what, hint="say role: and unit:")
    if phase.kind not in LED:
        for word in ("role", "unit"):
            if getattr(phase, word) is not None:
                what = f"'{phase.id}' has nobody in charge: it is of kind {phase.kind}"
                yield Finding(place=(*place, word), what=what, hint=f"leave {word}: out")
    if phase.kind != "human" and phase.four_eyes:
        what = "only a phase of kind human has four eyes"
        yield Finding(place=(*place, "four_eyes"), what=what, hint="leave it out")


def _unit(place: Place, phase: Phase, surroundings: Surroundings) -> Iterator[Finding]:
    asked: list[tuple[Place, str | None]] = [((*place, "unit"), phase.unit)]
    asked += [((*place, "opinions", n, "unit"), o.unit) for n, o in enumerate(phase.opinions)]
    for where, unit in asked:
        if unit is not None and surroundings.units and unit not in surroundings.units:
            hint = alternatives(unit, surroundings.units)
            yield Finding(place=where, what=f"the administration has no unit '{unit}'", hint=hint)


def _ending(place: Place, phase: Phase) -> Iterator[Finding]:
    """What waits comes to an end some day."""
    if phase.term is None and (phase.kind in LED or phase.kind == "correction"):
        what = f"'{phase.id}' may take for ever"
        yield Finding(place=place, what=what, hint="say term:, such as '2 working-days'")
    if phase.kind in PATIENT and not any(m.kind == "expiry" for m in phase.milestones):
        what = f"'{phase.id}' waits for {PATIENT[phase.kind]} for ever"
        yield Finding(place=place, what=what, hint="add a milestone of kind expiry")
    for name, term in (("term", phase.term), *(((t, v)) for t, v in phase.terms.items())):
        if term is not None and term.amount == 0:
            where = (*place, "term") if name == "term" else (*place, "terms", str(name))
            hint = "say how long it may take"
            yield Finding(place=where, what=f"'{phase.id}' may take no time at all", hint=hint)


def _milestones(place: Place, phase: Phase) -> Iterator[Finding]:
    for index, milestone in enumerate(phase.milestones):
        where = (*place, "milestones", index)
        if milestone.before is not None and phase.term is None:
            yield Finding(place=where, what="before: what?", hint="the phase needs a term:")
        yield from _too_early(where, phase, milestone)
        if milestone.outcome and milestone.outcome not in phase.outcomes:
            what = f"'{phase.id}' has no outcome '{milestone.outcome}'"
            hint = alternatives(milestone.outcome, phase.outcomes)
            yield Finding(place=(*where, "outcome"), what=what, hint=hint)
    if phase.milestones and not phase.waits:
        what = f"'{phase.id}' runs by itself and waits for nothing"
        yield Finding(place=(*place, "milestones"), what=what, hint="leave milestones out")


def _too_early(where: Place, phase: Phase, milestone: Milestone) -> Iterator[Finding]:
    terms = [term for term in (phase.term, *phase.terms.values()) if term is not None]
    if milestone.before is None or not terms:
        return
    shortest = min(terms, key=at_most_days)
    if at_least_days(milestone.before) > at_most_days(shortest):
        what = f"{milestone.before} before is earlier than the phase begins"
        hint = f"it may take {shortest} only"
        yield Finding(place=(*where, "before"), what=what, hint=hint)


def _clock(place: Place, phase: Phase) -> Iterator[Finding]:
    """The law says when the term of a case stands still; a model names the provision."""
    if phase.clock == "runs":
        if phase.clock_ground is not None:
            what, hint = "a ground, and the clock runs", "say clock: suspended or interrupted"
            yield Finding(place=(*place, "clock_ground"), what=what, hint=hint)
        return
    if phase.clock_ground is None:
        what = f"the term is {phase.clock} in '{phase.id}' without a ground"
        hint = "name the provision in clock_ground:"
        yield Finding(place=(*place, "clock"), what=what, hint=hint)
    if not phase.waits:
        what = f"'{phase.id}' runs by itself: no time passes"
        yield Finding(place=(*place, "clock"), what=what, hint="leave clock: out")
