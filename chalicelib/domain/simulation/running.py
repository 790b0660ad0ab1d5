"""The virtual clock: invented cases walk through the same engine as real ones, in the order of
time. Nothing waits: the next thing that happens is the next that is looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

from chalicelib.domain.calendar import OutsideCalendar
from chalicelib.domain.cases import automatic, filing, phases
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.evolve import begin, evolve
from chalicelib.domain.ids import CaseId, CaseNumber
from chalicelib.domain.services.language import Phase
from chalicelib.domain.services.phases import LED
from chalicelib.domain.simulation import acting
from chalicelib.domain.simulation.byself import RUNS
from chalicelib.domain.simulation.casting import Cast, answered
from chalicelib.domain.simulation.chance import happens
from chalicelib.domain.simulation.habits import Habit
from chalicelib.domain.simulation.moments import Desks, in_office
from chalicelib.domain.simulation.tracks import Task, Track

# A case that goes round for ever by itself is taken out.
MOST_VISITS = 200
_A_DAY = timedelta(days=1)
_AN_HOUR = timedelta(hours=1)


class Coming(NamedTuple):
    """Something that will happen to a case, if it is still in its `visit` by then."""

    at: datetime
    order: int
    number: int
    visit: int
    what: str
    which: str = ""


@dataclass
class Run:
    """The cases under way and what is coming, the earliest first."""

    habit: Habit
    desks: Desks
    tracks: list[Track] = field(default_factory=list)
    coming: list[Coming] = field(default_factory=list)
    orders: int = 0

    def file(self, cast: Cast, at: datetime) -> None:
        """Somebody applies."""
        number, habit = len(self.tracks) + 1, self.habit
        application = filing.Application(
            language="bg",
            tier=cast.tier,
            delivery=cast.delivery,
            channel=cast.channel,
            answers=cast.answers,
        )
        name = CaseNumber(f"SIM-{number}")
        events = filing.file(
            name, application, acting.APPLICANT, habit.model, 1, at, habit.calendar
        )
        filed = next(event for event in events if isinstance(event, e.ApplicationFiled))
        track = Track(
            cast=cast,
            filed=at,
            case=begin(CaseId(f"{number:026d}"), filed, at),
            facts=dict(cast.facts),
        )
        self.tracks.append(track)
        self._apply(track, events[1:], at)
        self._go_on(number, at)

    def next(self) -> None:
        """The next thing happens."""
        coming = heappop(self.coming)
        track = self.tracks[coming.number - 1]
        if track.stuck or coming.visit != len(track.visits) or phases.has_ended(track.case):
            return
        self._happen(track, coming)
        if phases.has_ended(track.case):
            self._go_on(coming.number, coming.at)

    def _go_on(self, number: int, now: datetime) -> None:
        try:
            self._enter(number, now)
        except OutsideCalendar:
            self.tracks[number - 1].stuck = "calendar"

    def _happen(self, track: Track, coming: Coming) -> None:
        phase = self.habit.phases[track.visits[-1].phase]
        now, case, model = coming.at, track.case, self.habit.model
        at = acting.Moment(model, phase, now, self.habit.calendar)
        if coming.what == "clock":
            self._apply(track, phases.tick(case, model, now), now)
            self._wake(coming.number)
        elif coming.what == "opinion":
            self._apply(track, acting.give_opinion(case, coming.which, phase), now)
        elif coming.what == "withdrawal":
            self._apply(track, acting.withdraw(case, model), now)
        elif coming.what == "extension":
            self._apply(track, acting.extend(case, at), now)
            self._wake(coming.number)
        else:
            self._apply(track, acting.ACTS[phase.kind](case, at, coming.which), now)

    def _apply(self, track: Track, events: Iterable[e.Event], now: datetime) -> None:
        for event in events:
            track.case = evolve(track.case, event, now)
            track.note(event, now)

    def _enter(self, number: int, now: datetime) -> None:
        """The phases that follow, until somebody is waited for."""
        track, habit = self.tracks[number - 1], self.habit
        while track.case.is_open:
            name = phases.next_phase(track.case, habit.model)
            if name is None:
                return
            if len(track.visits) >= MOST_VISITS:
                track.stuck = "endless"
                return
            phase = habit.phases[name]
            self._apply(track, _opening(track, phase, habit, now), now)
            if phase.waits:
                if not phases.has_ended(track.case):
                    self._expect(number, phase, now)
                    return
                continue
            for evidence in phase.evidence:
                track.learn(evidence, answered(evidence, habit.chance, habit.known))
            run = RUNS[phase.kind]
            self._apply(track, run(track.case, habit.model, phase, track.facts, now), now)

    def _expect(self, number: int, phase: Phase, now: datetime) -> None:
        """What will happen in a phase that waits: its clock, and whoever acts."""
        track, habit = self.tracks[number - 1], self.habit
        state = track.case.phase
        if state is None:
            return
        self._wake(number)
        moment = habit.moment(phase, state)
        outcome = habit.outcome(phase, track.times)
        if acting.may_withdraw(track.case, habit.model) and happens(
            habit.chance, habit.profile.withdraws
        ):
            self._plan(now + (moment - now) * habit.chance.random(), number, "withdrawal")
        moment = self._work(number, phase, now, moment)
        if habit.stays_silent(phase, state):
            return
        self._plan(moment, number, "act", outcome)
        self._may_extend(number, moment, now)

    def _work(self, number: int, phase: Phase, now: datetime, moment: datetime) -> datetime:
        """The tasks of the phase; when the last of them is done."""
        track, habit = self.tracks[number - 1], self.habit
        if phase.kind not in LED:
            return moment
        for asked in phase.opinions:
            desk = f"{asked.unit}/{asked.role}"
            given = max(moment, self._task(track, desk, phase, now))
            self._plan(given, number, "opinion", asked.id)
            moment = max(moment, given)
        desk = f"{phase.unit or habit.model.unit}/{phase.role}"
        moment = max(moment, self._task(track, desk, phase, now))
        return moment + _AN_HOUR if phase.opinions else moment

    def _task(self, track: Track, desk: str, phase: Phase, now: datetime) -> datetime:
        track.tasks.append(Task(desk=desk, phase=phase.id, at=now))
        return self.desks.work(desk, now, self.habit.profile.task_hours, self.habit.calendar)

    def _may_extend(self, number: int, moment: datetime, now: datetime) -> None:
        case, habit = self.tracks[number - 1].case, self.habit
        if habit.model.extension is None or case.due is None or case.arrived_at is None:
            return
        due = case.due.deadline.due
        if moment > due > now and happens(habit.chance, habit.profile.extends):
            day_before = in_office(max(now, due - _A_DAY), now, habit.calendar)
            self._plan(min(day_before, due), number, "extension")

    def _wake(self, number: int) -> None:
        planned = self.tracks[number - 1].case.planned
        if planned:
            self._plan(planned[0].at, number, "clock")

    def _plan(self, at: datetime, number: int, what: str, which: str = "") -> None:
        # Clocks come before people: what is due at the same moment has happened.
        self.orders += 1
        order = self.orders - (what == "clock") * 1_000_000_000
        visit = len(self.tracks[number - 1].visits)
        heappush(self.coming, Coming(at.astimezone(UTC), order, number, visit, what, which))


def _opening(track: Track, phase: Phase, habit: Habit, now: datetime) -> Sequence[e.Event]:
    open_phase = phases.open_phase if phase.waits else automatic.begin
    return open_phase(track.case, habit.model, phase.id, now, habit.calendar)


def run(habit: Habit, arrivals: Sequence[tuple[Cast, datetime]]) -> list[Track]:
    """Files each application at its moment (in order) and follows every case to its end."""
    first = arrivals[0][1] if arrivals else datetime(2000, 1, 1, tzinfo=UTC)
    running = Run(habit, Desks(habit.profile.staff, first))
    for cast, at in arrivals:
        while running.coming and running.coming[0].at <= at:
            running.next()
        running.file(cast, at)
    while running.coming:
        running.next()
    return running.tracks
