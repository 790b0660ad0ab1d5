"""What is remembered of a simulated case while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import JsonValue

from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.state import Case
from chalicelib.domain.deadlines import Deadline
from chalicelib.domain.simulation.casting import Cast


@dataclass
class Visit:
    """One time in one phase (UTC)."""

    phase: str
    opened: datetime
    due: datetime | None
    ended: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True)
class Task:
    """Something that a role of a unit (`unit/role`) had to do, from the moment it came."""

    desk: str
    phase: str
    at: datetime


@dataclass
class Track:
    """One case: as the engine has it, and what it went through. `answered` is when the first
    document was made; `due` what the term said then. `stuck` says why it never ended within the
    simulation."""

    cast: Cast
    filed: datetime
    case: Case
    facts: dict[str, JsonValue]
    visits: list[Visit] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    fired: list[tuple[str, str]] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)
    answered: datetime | None = None
    due: Deadline | None = None
    stuck: str = ""

    @property
    def times(self) -> int:
        """How often the case was in the phase in which it is."""
        here = self.visits[-1].phase if self.visits else ""
        return sum(visit.phase == here for visit in self.visits)

    @property
    def late(self) -> bool:
        """Whether the answer came after the day on which it was due."""
        return bool(self.due and self.answered and self.answered > self.due.due)

    def learn(self, evidence: str, answer: Mapping[str, JsonValue]) -> None:
        """A register answered, instead of what it may have answered before."""
        for name in [name for name in self.facts if name.startswith(f"evidence.{evidence}.")]:
            del self.facts[name]
        self.facts |= answer

    def note(self, event: e.Event, now: datetime) -> None:
        """Keeps what a report tells of an event."""
        if isinstance(event, e.PhaseOpened):
            self.visits.append(Visit(str(event.phase), now, event.due_at))
        elif isinstance(event, e.PhaseEnded):
            self.visits[-1].ended, self.visits[-1].outcome = now, event.outcome
        elif isinstance(event, e.MilestoneReached):
            self.fired.append((str(event.phase), event.milestone))
        elif isinstance(event, e.TermExtended | e.ClockStopped):
            self.counted[event.kind] = self.counted.get(event.kind, 0) + 1
        elif isinstance(event, e.DocumentIssued) and self.answered is None:
            self.answered = now
            if self.case.due and not self.case.due.provisional:
                self.due = self.case.due.deadline
