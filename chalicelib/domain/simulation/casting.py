"""Invented applications: tier, delivery and answers as the model's own words allow them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from chalicelib.domain.services.conditions import Facts, Rule, judge
from chalicelib.domain.services.facts import Fact, at_filing, filed_facts, of_evidence
from chalicelib.domain.services.fees import holds
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.simulation.chance import Chance, pick, weighted
from chalicelib.domain.simulation.profile import Profile

Candidates = Mapping[str, tuple[JsonValue, ...]]
# Of an application that meets no rule of the service, the last one is taken as it is.
_TRIES = 50


@dataclass(frozen=True)
class Cast:
    """One invented application. `turned_away`: rules that earlier tries did not meet."""

    tier: str
    delivery: str
    channel: str
    capacity: str
    answers: dict[str, JsonValue]
    turned_away: tuple[str, ...] = ()

    @property
    def facts(self) -> Facts:
        """What conditions see of it."""
        return filed_facts(
            self.answers,
            tier=self.tier,
            delivery=self.delivery,
            channel=self.channel,
            capacity=self.capacity,
        )


def rules(model: ServiceModel) -> Iterator[Rule]:
    """Every condition of the model."""
    yield from (one.when for one in model.eligibility)
    yield from (one.when for one in model.exemptions)
    yield from (one.when for one in model.attachments if one.when)
    yield from (choice.when for phase in model.phases for choice in phase.choices)


def candidates(model: ServiceModel) -> Candidates:
    """For each fact the values between which the model's conditions tell a difference."""
    told: dict[str, list[JsonValue]] = {}
    for rule in rules(model):
        for name, value in _compared(rule):
            told.setdefault(name, []).append(value)
    known = at_filing(model)
    for evidence in model.evidence:
        known |= of_evidence(evidence)
    found = {name: _values(fact, told.get(name, [])) for name, fact in known.items()}
    for name, schema in model.form.properties.items():
        if name in found and "const" in schema:
            found[name] = (schema["const"],)
    return found


def _compared(rule: Rule) -> Iterator[tuple[str, JsonValue]]:
    for inner in (*rule.all, *rule.any, *rule.none):
        yield from _compared(inner)
    if rule.fact is None:
        return
    if rule.equals is not None:
        yield rule.fact, rule.equals
    yield from ((rule.fact, value) for value in rule.one_of)
    for bound in (rule.at_least, rule.at_most):
        if bound is not None:
            yield from ((rule.fact, value) for value in (bound - 1, bound, bound + 1))


def _values(fact: Fact, told: list[JsonValue]) -> tuple[JsonValue, ...]:
    if fact.values:
        return fact.values
    if fact.kind == "boolean":
        return (True, False)
    if fact.kind == "list":
        return ([], [{}])
    distinct = tuple(dict.fromkeys(value for value in told if isinstance(value, str | int)))
    if fact.kind == "number":
        return distinct or (1,)
    return (*distinct, "…")


def cast(
    model: ServiceModel, on: date, profile: Profile, chance: Chance, known: Candidates
) -> Cast:
    """An application that may be filed on a local date, as far as chance finds one."""
    away: list[str] = []
    for _ in range(_TRIES):
        made = _drawn(model, on, profile, chance, known)
        unmet = [str(one.id) for one in model.eligibility if not judge(one.when, made.facts).holds]
        if not unmet:
            break
        away += unmet
    return Cast(**{**vars(made), "turned_away": tuple(away)})


def _drawn(
    model: ServiceModel, on: date, profile: Profile, chance: Chance, known: Candidates
) -> Cast:
    fees = [fee for fee in model.fees if holds(fee, on)] or list(model.fees)
    tiers = dict.fromkeys(str(fee.tier) for fee in fees)
    tier = weighted(chance, {name: profile.tiers.get(name, 1) for name in tiers})
    offered = [fee for fee in fees if fee.tier == tier]
    return Cast(
        tier=tier,
        delivery=pick(chance, offered).delivery,
        channel=pick(chance, model.channels),
        capacity=pick(chance, model.applicants),
        answers=_answers(model, chance, known),
    )


def _answers(model: ServiceModel, chance: Chance, known: Candidates) -> dict[str, JsonValue]:
    """In the order of the form: a field that is not asked after these answers has none."""
    answers: dict[str, JsonValue] = {}
    for group in model.form.groups:
        if group.when and not group.when.holds(answers):
            continue
        for name in (str(group.repeats.into),) if group.repeats else group.fields:
            texts = model.form.texts.get(name)
            asked = texts is None or texts.when is None or texts.when.holds(answers)
            if asked and name in known:
                answers[name] = pick(chance, known[name])
    return answers


def answered(evidence: str, chance: Chance, known: Candidates) -> dict[str, JsonValue]:
    """What a register says this time, as facts; nothing but `found` where it knows nothing."""
    prefix = f"evidence.{evidence}."
    facts = {name: pick(chance, known[name]) for name in known if name.startswith(prefix)}
    if facts.get(f"{prefix}found") is False:
        return {f"{prefix}found": False}
    return facts
