"""When and how the people of a phase will act: what chance makes of the profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases.state import PhaseState
from chalicelib.domain.services import flow
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.phases import LED
from chalicelib.domain.simulation.acting import chosen_by_people
from chalicelib.domain.simulation.casting import Candidates, candidates
from chalicelib.domain.simulation.chance import Chance, happens, triangular, weighted
from chalicelib.domain.simulation.moments import in_office, length
from chalicelib.domain.simulation.profile import Profile

# After so many times in one phase people decide so that the case comes to its end.
ROUNDS = 5


@dataclass(frozen=True)
class Habit:
    """The people of a service, and chance."""

    model: ServiceModel
    calendar: Calendar
    profile: Profile
    chance: Chance

    @cached_property
    def known(self) -> Candidates:
        """The values of facts that make a difference."""
        return candidates(self.model)

    @cached_property
    def phases(self) -> Mapping[str, Phase]:
        """By name."""
        return {str(phase.id): phase for phase in self.model.phases}

    @cached_property
    def steps_left(self) -> Mapping[str, int]:
        """The fewest phases from each one to the end of a case."""
        left = {
            name: 1
            for name, phase in self.phases.items()
            if any(outcome.close for outcome in flow.outcomes(phase).values())
        }
        ways = flow.graph(self.model, silence=False)
        for _ in ways:
            for name, targets in ways.items():
                nearest = min((left[to] for to in targets if to in left), default=None)
                if nearest is not None:
                    left[name] = min(left.get(name, nearest + 1), nearest + 1)
        return left

    def moment(self, phase: Phase, state: PhaseState) -> datetime:
        """When somebody will act. Raises OutsideCalendar."""
        share = self.profile.share(phase)
        part = triangular(self.chance, share.least, share.usual, share.most)
        opened = state.opened_at
        if state.due_at is None:
            term = length(opened, self.profile.untimed, self.calendar)
        else:
            term = state.due_at - opened
        at = opened + term * part
        return in_office(at, opened, self.calendar) if phase.kind in LED else at

    def outcome(self, phase: Phase, times: int) -> str:
        """What somebody will decide in a phase in which the case is for the so manieth time."""
        options = chosen_by_people(phase)
        if times > ROUNDS:
            return min(options, key=lambda name: self._distance(phase, name))
        weights = {name: self.profile.weight(phase.id, name) for name in options}
        if not any(weights.values()):
            return options[0]
        return weighted(self.chance, weights)

    def _distance(self, phase: Phase, outcome: str) -> int:
        after = phase.outcomes[outcome].next
        return self.steps_left.get(after, len(self.phases) + 1) if after else 0

    def stays_silent(self, phase: Phase, state: PhaseState) -> bool:
        """Whether nobody acts before time itself ends the phase, where it does."""
        ends = state.may_fall_silent or any(one.outcome for one in state.milestones)
        return ends and happens(self.chance, self.profile.passes(phase))
