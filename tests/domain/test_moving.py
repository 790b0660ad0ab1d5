"""Which running cases may move to another version, with which due date, and back again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import deadlines
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import moving
from chalicelib.domain.cases.evolve import evolve_all
from chalicelib.domain.cases.moving import Target
from chalicelib.domain.cases.phases import open_phase
from chalicelib.domain.cases.reconsidering import reconsider
from chalicelib.domain.cases.state import Case, Due
from chalicelib.domain.errors import NotPossible
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.language import ServiceModel, Term, Text
from tests.builders import MONDAY, a_case
from tests.models import calendar, permanent_address

OLD = permanent_address()
ORDER = moving.Order(batch="batch", by="Мария")
LATER = MONDAY + timedelta(hours=3)


def varied(**changes: Any) -> ServiceModel:
    return OLD.model_copy(update=changes)


def phase_varied(id_: str, **changes: Any) -> ServiceModel:
    phases = [p.model_copy(update=changes) if p.id == id_ else p for p in OLD.phases]
    return varied(phases=tuple(phases))


def without(id_: str) -> ServiceModel:
    return varied(phases=tuple(phase for phase in OLD.phases if phase.id != id_))


def term(words: str) -> ServiceModel:
    new = Term.model_validate(words)
    return varied(fees=tuple(fee.model_copy(update={"term": new}) for fee in OLD.fees))


def asking_more() -> ServiceModel:
    schema = {**OLD.form.json_schema, "required": ["names", "purpose", "truth", "height"]}
    return varied(form=OLD.form.model_copy(update={"json_schema": schema}))


def running(phase: str = "examination", opened: datetime = MONDAY) -> Case:
    deadline = deadlines.due(MONDAY, OLD.fees[0].term, calendar())
    case = a_case(due=Due(deadline=deadline, provisional=False), arrived_at=MONDAY)
    if phase != OLD.first:
        return opened_in(case, phase, opened)
    events = open_phase(case, OLD, PhaseId(phase), opened, calendar())
    return evolve_all(case, events, opened)


def opened_in(case: Case, phase: str, at: datetime) -> Case:
    model = varied(first=phase)
    return evolve_all(case, open_phase(case, model, PhaseId(phase), at, calendar()), at)


def ended(case: Case, outcome: str) -> Case:
    assert case.phase is not None
    return case.model_copy(update={"phase": case.phase.model_copy(update={"outcome": outcome})})


@pytest.mark.parametrize(
    ("case", "new", "answer", "reason"),
    [
        (running(), OLD, "can-move", "due-kept"),
        (running("payment"), OLD, "can-move", "due-kept"),
        (running(), term("1 working-day"), "can-move", "due-earlier"),
        (running(), term("9 working-days"), "can-move", "due-kept"),
        (running().model_copy(update={"due": None}), OLD, "can-move", "no-due"),
        (running().model_copy(update={"closed_as": "issued"}), OLD, "stays", "closed"),
        (running().model_copy(update={"model_version": 2}), OLD, "stays", "already-there"),
        (
            ended(running(), "approve").model_copy(update={"result": "approve"}),
            OLD,
            "stays",
            "decided",
        ),
        (running().model_copy(update={"result": "correct"}), OLD, "can-move", "due-kept"),
        (running().model_copy(update={"resume_at": "examination"}), OLD, "stays", "runs-by-itself"),
        (
            running("payment"),
            phase_varied("payment", outcomes={"paid": OLD.phases[0].outcomes["paid"]}),
            "must-not",
            "outcome-gone",
        ),
        (running("issuing"), OLD, "stays", "runs-by-itself"),
        (running(), varied(service="another"), "must-not", "another-service"),
        (running(), varied(unit="another"), "must-not", "another-unit"),
        (running(), without("examination"), "must-not", "no-such-phase"),
        (running(), without("refusing"), "can-move", "due-kept"),
        (
            running(),
            phase_varied("examination", kind="outside"),
            "must-not",
            "phase-of-another-kind",
        ),
        (
            ended(running(), "approve"),
            phase_varied("examination", outcomes={"refuse": OLD.phases[1].outcomes["refuse"]}),
            "must-not",
            "outcome-gone",
        ),
        (running(), varied(fees=OLD.fees[1:]), "must-not", "tier-gone"),
        (running(), asking_more(), "must-not", "new-question"),
    ],
)
def test_verdicts(case: Case, new: ServiceModel, answer: str, reason: str) -> None:
    verdict = moving.judge(case, OLD, Target(version=2, model=new), LATER, calendar())
    assert (verdict.answer, verdict.reason) == (answer, reason)


def moved(case: Case, new: ServiceModel, now: datetime = LATER) -> Case:
    verdict = moving.judge(case, OLD, Target(version=2, model=new), now, calendar())
    return evolve_all(case, moving.move(case, verdict, 2, ORDER, 1), now)


def back(case: Case, new: ServiceModel, was: moving.Before, now: datetime = LATER) -> Case:
    to = Target(version=1, model=OLD)
    verdict = moving.judge_back(case, new, to, was, now, calendar())
    return evolve_all(case, moving.move(case, verdict, 1, ORDER, 2), now)


def test_what_must_not_move_is_refused() -> None:
    with pytest.raises(NotPossible):
        moved(running(), without("examination"))


def test_a_better_due_date_takes_the_promises_place_and_a_worse_one_does_not() -> None:
    case = running()
    assert case.due is not None
    better, worse = moved(case, term("1 working-day")).due, moved(case, term("9 working-days")).due
    assert better is not None
    assert better.deadline.due < case.due.deadline.due
    assert worse == case.due


def test_a_due_date_that_has_passed_favours_nobody() -> None:
    late = MONDAY + timedelta(days=1, hours=20)  # after the end of one working day, within two
    assert moved(running(), term("1 working-day"), late).due == running().due


def test_the_citizen_keeps_the_time_to_pay() -> None:
    shorter, longer = ("3 calendar-days", "20 calendar-days")
    case = running("payment")
    fewer = moved(case, phase_varied("payment", term=Term.model_validate(shorter)))
    more = moved(case, phase_varied("payment", term=Term.model_validate(longer)))
    assert case.phase is not None
    assert fewer.phase == case.phase
    assert more.phase is not None
    assert more.phase.due_at is not None
    assert case.phase.due_at is not None
    assert more.phase.due_at > case.phase.due_at


def test_officials_get_the_new_versions_term() -> None:
    case = moved(
        running(), phase_varied("examination", terms={}, term=Term.model_validate("1 week"))
    )
    assert case.phase is not None
    assert case.phase.due_at is not None
    assert case.phase.due_at.date().isoformat() == "2026-11-30"


NEW = [
    OLD,
    term("1 working-day"),
    term("30 calendar-days"),
    phase_varied("examination", term=Term.model_validate("5 working-days"), terms={}),
    phase_varied("payment", term=Term.model_validate("20 calendar-days")),
    phase_varied("payment", milestones=OLD.phases[0].milestones[1:]),
]


@given(
    new=st.sampled_from(NEW),
    phase=st.sampled_from(["payment", "examination"]),
    hours=st.integers(0, 200),
)
def test_moving_there_and_back_restores_all_but_a_better_promise(
    new: ServiceModel, phase: str, hours: int
) -> None:
    case, now = running(phase), MONDAY + timedelta(hours=hours)
    was = moving.before(case)

    there = moved(case, new, now)
    again = back(there, new, was, now)

    assert again.model_version == case.model_version
    assert again.phase == case.phase
    assert case.due is not None
    assert there.due is not None
    assert again.due == there.due
    if there.due.deadline != case.due.deadline:
        assert now < there.due.deadline.due < case.due.deadline.due


def other_calendar(*days: str, working: tuple[str, ...] = ()) -> Calendar:
    known = calendar()
    closed = Text(bg="Ден на траур", en="A day of mourning")
    off = {datetime.fromisoformat(day).date(): closed for day in days}
    declared = frozenset(datetime.fromisoformat(day).date() for day in working)
    changes = {"version": "new", "days_off": off, "declared_working": declared}
    return known.model_copy(update=changes)


@pytest.mark.parametrize(
    ("new", "told", "gains"),
    [
        (other_calendar("2026-11-25"), True, False),
        (other_calendar("2026-12-25"), False, False),
        (calendar(), False, False),
    ],
    ids=["a day off comes in between", "a day that does not matter", "the same"],
)
def test_a_changed_calendar_keeps_what_was_promised(new: Calendar, told: bool, gains: bool) -> None:
    case = running()
    events = reconsider(case, OLD, LATER, new)
    assert bool(events) is told
    after = evolve_all(case, events, LATER)
    assert case.due is not None
    assert after.due is not None
    assert (after.due.deadline != case.due.deadline) is gains
    assert reconsider(after, OLD, LATER, new) == [], "it is said once"


def test_a_calendar_that_favours_the_citizen_counts() -> None:
    thursday = datetime(2026, 11, 26, 8, tzinfo=UTC)
    deadline = deadlines.due(thursday, Term.model_validate("2 working-days"), calendar())
    case = a_case(due=Due(deadline=deadline, provisional=False), arrived_at=thursday)
    new = other_calendar(working=("2026-11-28",))  # a Saturday

    (event,) = reconsider(case, OLD, thursday, new)
    after = evolve_all(case, [event], thursday)

    assert after.due is not None
    assert after.due.deadline.date.isoformat() == "2026-11-28"
    assert after.due.deadline.calendar == "new"
    assert (event.kind, deadline.date.isoformat()) == ("due-reconsidered", "2026-11-30")
