"""How people behave in a simulation: how long they take, what they decide, how many come."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from chalicelib.domain.services.findings import Finding, alternatives
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.routes import RESERVED_OUTCOMES
from chalicelib.domain.services.words import PhaseKind, Term
from chalicelib.domain.values import Value

Weight = Annotated[float, Field(ge=0, le=1_000_000)]
Probability = Annotated[float, Field(ge=0, le=1)]


class Share(Value):
    """Parts of a phase's term: 0.5 is half of it, more than 1 is late."""

    least: Annotated[float, Field(ge=0, le=100)]
    usual: Annotated[float, Field(ge=0, le=100)]
    most: Annotated[float, Field(ge=0, le=100)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.least <= self.usual <= self.most:
            raise ValueError("least, usual and most are told in this order")
        return self


class Habits(Value):
    """What is different in one phase. Outcomes that are not named have the weight 1."""

    takes: Share | None = None
    outcomes: dict[str, Weight] = Field(default_factory=dict)
    lets_pass: Probability | None = None


# Officials are now and then late, so that reminders, escalations and silence come about.
_TAKES: dict[PhaseKind, Share] = {
    "payment": Share(least=0, usual=0.05, most=0.9),
    "human": Share(least=0.05, usual=0.5, most=1.1),
    "joint": Share(least=0.1, usual=0.6, most=1.1),
    "correction": Share(least=0.05, usual=0.6, most=1),
    "outside": Share(least=0.1, usual=0.5, most=1),
}


class Profile(Value):
    """Everybody's habits.

    `arrivals_per_week` (none: all cases come within a year); `untimed` is what a phase without a
    term is taken to have; `lets_pass`: how often nobody acts where the phase's own time would end
    it, `silent`: where the term of the case would; `extends`: how often a term that would be
    missed is extended, where the model allows it; `staff`: how many people work for `unit/role`
    (not named: enough), each of whom is busy with a task for `task_hours` of office time.
    """

    arrivals_per_week: Annotated[float, Field(gt=0, le=100_000)] | None = None
    tiers: dict[str, Weight] = Field(default_factory=dict)
    takes: dict[PhaseKind, Share] = Field(default_factory=dict)
    untimed: Term = Term(amount=5, unit="working-days")
    lets_pass: Probability = 0.1
    silent: Probability = 0.02
    extends: Probability = 0.5
    withdraws: Probability = 0.01
    phases: dict[str, Habits] = Field(default_factory=dict)
    staff: dict[str, Annotated[int, Field(ge=1, le=10_000)]] = Field(default_factory=dict)
    task_hours: Annotated[float, Field(gt=0, le=1000)] = 1

    def share(self, phase: Phase) -> Share:
        """How long the people of a phase take."""
        own = self.phases.get(phase.id)
        if own and own.takes:
            return own.takes
        return self.takes.get(phase.kind) or _TAKES[phase.kind]

    def passes(self, phase: Phase) -> float:
        """How probable it is that nobody acts in a phase that time itself ends."""
        own = self.phases.get(phase.id)
        if own and own.lets_pass is not None:
            return own.lets_pass
        expires = any(milestone.kind == "expiry" for milestone in phase.milestones)
        return self.lets_pass if expires else self.silent

    def weight(self, phase: str, outcome: str) -> float:
        """How often an outcome comes about, beside the others of its phase."""
        own = self.phases.get(phase)
        return own.outcomes.get(outcome, 1) if own else 1


def profile_findings(profile: Profile, model: ServiceModel) -> Iterator[Finding]:
    """What the profile says of things that the model does not have."""
    phases = {str(phase.id): phase for phase in model.phases}
    tiers = dict.fromkeys(str(fee.tier) for fee in model.fees)
    for tier in profile.tiers.keys() - tiers.keys():
        what, hint = f"the service has no tier '{tier}'", alternatives(tier, tiers)
        yield Finding(place=("tiers", tier), what=what, hint=hint)
    if tiers and not any(profile.tiers.get(tier, 1) for tier in tiers):
        yield Finding(place=("tiers",), what="no tier is ever chosen", hint="give one a weight")
    for name, habits in profile.phases.items():
        if name not in phases:
            what, hint = f"the service has no phase '{name}'", alternatives(name, phases)
            yield Finding(place=("phases", name), what=what, hint=hint)
            continue
        known = {str(outcome) for outcome in phases[name].outcomes} | RESERVED_OUTCOMES
        for outcome in habits.outcomes.keys() - known:
            what, hint = f"'{name}' has no outcome '{outcome}'", alternatives(outcome, known)
            yield Finding(place=("phases", name, "outcomes", outcome), what=what, hint=hint)
