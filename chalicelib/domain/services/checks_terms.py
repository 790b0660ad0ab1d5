"""The terms of the phases together: no path may take longer than was promised or than is lawful.

Only phases during which the clock of the case runs count, each once however often the case comes
back to it. What the calendar may do to a term is taken at its worst (`bounds`).
"""

from collections.abc import Iterator, Mapping

from chalicelib.domain.services import flow
from chalicelib.domain.services.bounds import at_least_days, at_most_days, exceeds
from chalicelib.domain.services.findings import Finding, Place
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.words import Term, Unit

Sum = tuple[tuple[Unit, int], ...]
# What a case has taken by the end of a phase, and in which phases.
Taken = dict[Sum, tuple[str, ...]]
# Different sums at one phase; a model that has more is judged by the longest of them.
_MOST_SUMS = 50


def term_findings(model: ServiceModel) -> Iterator[Finding]:
    """Promises beyond the law, and phases beyond either."""
    law = model.legal_term
    for index, fee in enumerate(model.fees):
        place: Place = ("fees", index, "term")
        if fee.term.amount == 0:
            yield Finding(place=place, what="a promise of no time at all", hint="say how long")
        if law and at_least_days(fee.term) > at_most_days(law.term):
            what = f"{fee.term} is promised, and the law allows {law.term}"
            yield Finding(place=place, what=what, hint="promise no more than legal_term:")
        yield from _over(model, fee.tier, place, fee.term, f"{fee.term} is promised")
    tiers = dict.fromkeys(fee.tier for fee in model.fees)
    if law:
        said = f"the law allows {law.term}"
        found = (_over(model, tier, ("legal_term", "term"), law.term, said) for tier in tiers)
        yield from next((one for one in map(list, found) if one), [])


def _over(
    model: ServiceModel, tier: str, place: Place, allowed: Term, said: str
) -> Iterator[Finding]:
    for taken, phases in _paths(model, tier):
        if exceeds(dict(taken), allowed):
            total = " + ".join(f"{amount} {unit}" for unit, amount in taken)
            what = f"{said}, and {', '.join(phases)} may take {total} ({tier})"
            hint = "shorten a term, or name what suspends the clock"
            yield Finding(place=place, what=what, hint=hint)
            return


def _paths(model: ServiceModel, tier: str) -> Iterator[tuple[Sum, tuple[str, ...]]]:
    """What may have been taken by the end of each phase, in the order of the way."""
    ways = flow.graph(model, silence=False)
    phases = {str(phase.id): phase for phase in model.phases}
    arriving = dict[int, Taken]()
    groups = _in_order(ways, str(model.first))
    place = {name: number for number, group in enumerate(groups) for name in group}
    for number, group in enumerate(groups):
        members = [phases[name] for name in phases if name in group]
        taken = _after(model, members, tier, arriving.get(number, {(): ()}))
        yield from taken.items()
        for target in {place[to] for name in group for to in ways[name]} - {number}:
            arriving[target] = _merged(arriving.get(target, {}), taken)


def _after(model: ServiceModel, members: list[Phase], tier: str, arriving: Taken) -> Taken:
    """What was taken when the case leaves these phases, among which it may go round."""
    if any(phase.clock == "interrupted" or _arrives(model, phase) for phase in members):
        arriving = {(): ()}
    counted = [(phase, term) for phase in members if (term := _counted(model, phase, tier))]
    after = Taken()
    for taken, names in arriving.items():
        total = dict(taken)
        for _, term in counted:
            total[term.unit] = total.get(term.unit, 0) + term.amount
        after[tuple(sorted(total.items()))] = (*names, *(str(phase.id) for phase, _ in counted))
    return after


def _arrives(model: ServiceModel, phase: Phase) -> bool:
    """Whether the term of the case begins when this phase ends."""
    return model.arrival == "paid" and phase.kind == "payment"


def _counted(model: ServiceModel, phase: Phase, tier: str) -> Term | None:
    """The term of a phase during which the clock of the case runs."""
    if phase.clock != "runs" or _arrives(model, phase):
        return None
    if model.arrival == "complete" and phase.kind in {"payment", "correction"}:
        return None
    return phase.term_for(tier)


def _merged(one: Taken, other: Taken) -> Taken:
    merged = {**other, **one}
    if len(merged) <= _MOST_SUMS:
        return merged
    longest = sorted(merged, key=_days, reverse=True)[:_MOST_SUMS]
    return {taken: merged[taken] for taken in longest}


def _days(taken: Sum) -> int:
    return sum(at_most_days(Term(amount=amount, unit=unit)) for unit, amount in taken)


def _in_order(ways: Mapping[str, frozenset[str]], start: str) -> list[frozenset[str]]:
    """The phases that a case can come to, those among which it can go round together, each group
    before what follows it."""
    reach = {name: flow.reached(ways, name) for name in flow.reached(ways, start)}
    groups = dict.fromkeys(
        frozenset(one for one in reach[name] if name in reach[one]) for name in reach
    )
    # Whoever reaches more comes before.
    return sorted(groups, key=lambda group: -len(reach[min(group)]))
