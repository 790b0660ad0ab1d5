"""Phases: who does what, how long it may take, and where each outcome leads."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.words import (
    NAMED,
    CloseKind,
    Name,
    PhaseKind,
    Role,
    Term,
    Text,
    Tier,
)
from chalicelib.domain.values import Value

Requirement = Literal["grounds", "facts"]
WAITING: frozenset[PhaseKind] = frozenset({"payment", "human"})


class Milestone(Value):
    """Something that happens by itself while a phase is open, `at` a term after its opening or
    `before` its due date (`0 hours` before: the moment it is late)."""

    kind: Literal["reminder", "warning", "escalation", "expiry"]
    at: Term | None = None
    before: Term | None = None
    to: Role | None = None
    outcome: Name | None = None

    @model_validator(mode="after")
    def _says_when_and_whom(self) -> Self:
        if (self.at is None) == (self.before is None):
            raise ValueError("a milestone has either at: or before:")
        if (self.kind == "expiry") != (self.outcome is not None):
            raise ValueError("an expiry has an outcome:, and only an expiry has one")
        if self.kind == "escalation" and self.to is None:
            raise ValueError("an escalation says to: whom")
        return self


class Outcome(Value):
    """How a phase can end: on to another phase, or the end of the case."""

    title: Text
    next: PhaseId | None = None
    close: CloseKind | None = None
    requires: tuple[Requirement, ...] = ()

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if (self.next is None) == (self.close is None):
            raise ValueError("an outcome has either next: (a phase) or close: (how the case ends)")
        return self


class Phase(Value):
    """A step of a case. `payment` and `human` wait for somebody; the others run by themselves.

    `terms` replaces `term` for the tiers it names.
    """

    id: Annotated[PhaseId, NAMED]
    kind: PhaseKind
    title: Text
    unit: Name | None = None
    role: Role | None = None
    term: Term | None = None
    terms: dict[Tier, Term] = Field(default_factory=dict)
    milestones: tuple[Milestone, ...] = ()
    outcomes: Annotated[dict[Name, Outcome], Field(min_length=1)]
    template: Name | None = None
    evidence: tuple[Name, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether somebody outside must act (else the phase runs by itself)."""
        return self.kind in WAITING

    def term_for(self, tier: str) -> Term | None:
        """How long this phase may take for cases of that tier."""
        return next((term for name, term in self.terms.items() if name == tier), self.term)
