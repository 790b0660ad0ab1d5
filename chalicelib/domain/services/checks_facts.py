"""Conditions and documents look only at facts that there are, where they are known."""

from collections.abc import Iterator, Mapping

from chalicelib.domain.services import facts, flow
from chalicelib.domain.services.checks_papers import made_by
from chalicelib.domain.services.conditions import Rule
from chalicelib.domain.services.facts import Fact
from chalicelib.domain.services.findings import Finding, Place, alternatives
from chalicelib.domain.services.language import Phase, Result, ServiceModel, Text

Known = Mapping[str, Fact]


def fact_findings(model: ServiceModel) -> Iterator[Finding]:
    """Facts that there are not, or not yet; comparisons that can never hold."""
    filed = facts.at_filing(model)
    for word in ("eligibility", "exemptions", "attachments"):
        for index, one in enumerate(getattr(model, word)):
            if one.when is not None:
                yield from _rule((word, index, "when"), one.when, filed)
    for index, phase in enumerate(model.phases):
        for number, choice in enumerate(phase.choices):
            place = ("phases", index, "choices", number, "when")
            known = {**filed, **_asked(model, phase)}
            yield from _rule(place, choice.when, known)
    for index, result in enumerate(model.results):
        yield from _result(("results", index), result, model)


def _asked(model: ServiceModel, phase: Phase) -> dict[str, Fact]:
    """What registers have answered by the time of the phase, whichever way the case came."""
    found = dict[str, Fact]()
    for one in model.evidence:
        if one.id in phase.evidence or flow.before(model, phase.id, _asking(one.id)):
            found |= facts.of_evidence(one)
    return found


def _asking(evidence: str) -> flow.Test:
    return lambda phase: evidence in phase.evidence


def _rule(place: Place, rule: Rule, known: Known) -> Iterator[Finding]:
    for word, inner in (("all", rule.all), ("any", rule.any), ("none", rule.none)):
        for index, one in enumerate(inner):
            yield from _rule((*place, word, index), one, known)
    if rule.fact is None:
        return
    fact = known.get(rule.fact)
    if fact is None:
        yield _unknown((*place, "fact"), rule.fact, known)
        return
    yield from _comparison(place, rule, fact)


def _unknown(place: Place, name: str, known: Known) -> Finding:
    if facts.evidence_in(name):
        what = f"no register has answered '{name}' by then"
        there = [one for one in known if one.startswith(facts.EVIDENCE)]
        hint = alternatives(name, there) if there else "ask it in a phase before, in evidence:"
        return Finding(place=place, what=what, hint=hint)
    return Finding(place=place, what=f"no fact '{name}'", hint=alternatives(name, known))


def _comparison(place: Place, rule: Rule, fact: Fact) -> Iterator[Finding]:
    wanted = [*rule.one_of, *([rule.equals] if isinstance(rule.equals, str) else [])]
    word = "one_of" if rule.one_of else "equals"
    for value in wanted:
        if fact.values and value not in fact.values:
            hint = alternatives(value, fact.values)
            yield Finding(place=(*place, word), what=f"'{rule.fact}' is never '{value}'", hint=hint)
    if fact.kind != "unknown" and (kind := _compared_as(rule)) not in (None, fact.kind):
        what = f"'{rule.fact}' is a {fact.kind}, and is compared with a {kind}"
        yield Finding(place=place, what=what, hint="compare like with like")


def _compared_as(rule: Rule) -> facts.Kind | None:
    if rule.at_least is not None or rule.at_most is not None:
        return "number"
    if isinstance(rule.equals, bool):
        return "boolean"
    if isinstance(rule.equals, int):
        return "number"
    return "text" if rule.equals is not None or rule.one_of else None


def _result(place: Place, result: Result, model: ServiceModel) -> Iterator[Finding]:
    known = facts.in_documents(model)
    makers = [phase for phase in model.phases if result in made_by(model, phase)]
    asked = [_asked(model, phase) for phase in makers]
    if asked:
        known |= {name: f for name, f in asked[0].items() if all(name in one for one in asked)}
    for word in ("says", "ends"):
        for index, text in enumerate(getattr(result, word)):
            yield from _shown((*place, word, index), text, known)
    for index, row in enumerate(result.rows):
        if row.fact not in known:
            yield _unknown((*place, "rows", index, "fact"), row.fact, known)


def _shown(place: Place, text: Text, known: Known) -> Iterator[Finding]:
    shown = {"bg": list(facts.placeholders(text.bg)), "en": list(facts.placeholders(text.en))}
    for language, names in shown.items():
        for name in names:
            if (fact := known.get(name)) is None:
                yield _unknown((*place, language), name, known)
            elif fact.kind == "list":
                what = f"'{name}' is a list"
                yield Finding(place=(*place, language), what=what, hint="show it in rows:")
    for name in sorted(set(shown["bg"]) ^ set(shown["en"])):
        missing = "en" if name in shown["bg"] else "bg"
        what = f"{{{name}}} is shown in one language only"
        yield Finding(place=(*place, missing), what=what, hint=f"add it to {missing}:")
