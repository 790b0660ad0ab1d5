"""Phases: who does what, how long it may take, and where each outcome leads."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.conditions import Rule
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

Requirement = Literal["grounds", "facts", "checklist", "documents"]
# What an official leads and decides.
LED: frozenset[PhaseKind] = frozenset({"human", "joint", "outside"})
# What waits for somebody: a payer, an official, the applicant, several units, the outside world.
WAITING: frozenset[PhaseKind] = frozenset({"payment", "human", "correction", "joint", "outside"})


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


class CheckItem(Value):
    """Something that the person in charge looks at and ticks off."""

    id: Name
    title: Text


class Opinion(Value):
    """What one unit is asked in a joint phase; `silence` is what its silence means."""

    id: Name
    title: Text
    unit: Name
    role: Role = "registrar"
    silence: Literal["agrees", "waits"] = "waits"


class Choice(Value):
    """An automatic phase ends by the outcome of the first choice that holds."""

    when: Rule
    outcome: Name


class Phase(Value):
    """A step of a case.

    `payment`, `human`, `correction` (the applicant puts the application right), `joint` (several
    units give opinions at the same time) and `outside` (an act of somebody else) wait; `automatic`
    (conditions decide), `register`, `document` and `delivery` run by themselves. `terms` replaces
    `term` for the tiers it names. `clock` says what the phase does to the term of the case.
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
    assign: Literal["queue", "least-loaded", "same-as-before"] = "queue"
    four_eyes: bool = False
    checklist: tuple[CheckItem, ...] = ()
    documents: tuple[Name, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    choices: tuple[Choice, ...] = ()
    otherwise: Name | None = None
    clock: Literal["runs", "suspended", "interrupted"] = "runs"
    clock_ground: Text | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody outside must act (else the phase runs by itself)."""
        return self.kind in WAITING

    def term_for(self, tier: str) -> Term | None:
        """How long this phase may take for cases of that tier."""
        return next((term for name, term in self.terms.items() if name == tier), self.term)
