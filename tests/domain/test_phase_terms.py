"""An official's phase is never due after its case."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import deadlines
from chalicelib.domain.cases.evolve import evolve_all
from chalicelib.domain.cases.milestones import bound, plan
from chalicelib.domain.cases.phases import opening
from chalicelib.domain.cases.state import Case, Due
from chalicelib.domain.deadlines import Clock, Stop
from chalicelib.domain.deadlines.clock import stands
from chalicelib.domain.services.language import Milestone, Phase, ServiceModel, Term, Text
from tests.builders import MONDAY, a_case, a_deadline
from tests.models import calendar, permanent_address
from tests.stepfunctions.applications import APPLICATIONS, model

FRIDAY = MONDAY + timedelta(days=4)
CLOCK = Clock(start=MONDAY, term=Term(amount=4, unit="working-days"))
STANDING = CLOCK.model_copy(
    update={"stops": (Stop(kind="suspension", at=MONDAY, ground=Text(bg="Чака", en="Waits")),)}
)
EXAMINATION = permanent_address().phase("examination")
PAYMENT = permanent_address().phase("payment")


def due(provisional: bool = False) -> Due:
    return Due(deadline=a_deadline(FRIDAY), provisional=provisional)


def paper(issued_at: datetime) -> Any:
    return SimpleNamespace(issued_at=issued_at)


@pytest.mark.parametrize(
    ("phase", "promised", "changes", "opened", "latest", "remark"),
    [
        (EXAMINATION, due(), {}, MONDAY, FRIDAY, "the clock runs"),
        (PAYMENT, due(), {}, MONDAY, None, "payers have all of their time"),
        (EXAMINATION, None, {}, MONDAY, None, "nothing was promised"),
        (EXAMINATION, due(provisional=True), {}, MONDAY, None, "it has not arrived"),
        (EXAMINATION, due(), {"clock": None}, MONDAY, None, "no clock"),
        (EXAMINATION, due(), {"clock": STANDING}, MONDAY, None, "the clock stands still"),
        (EXAMINATION, due(), {}, FRIDAY, None, "late already: a time of its own"),
        (EXAMINATION, due(), {"documents": (paper(MONDAY),)}, MONDAY, None, "it was answered"),
        (
            EXAMINATION,
            due(),
            {"documents": (paper(MONDAY - timedelta(days=1)),)},
            MONDAY,
            FRIDAY,
            "answered before it was reopened",
        ),
    ],
)
def test_what_bounds_a_phase(
    phase: Phase,
    promised: Due | None,
    changes: dict[str, Any],
    opened: datetime,
    latest: datetime | None,
    remark: str,
) -> None:
    case = a_case(**{"clock": CLOCK, "due": promised, **changes})
    assert bound(case, phase, opened, promised) == latest, remark


def test_reminders_come_before_the_earlier_end_and_an_expiry_keeps_its_time() -> None:
    days = Term(amount=9, unit="working-days")
    ahead = Term(amount=1, unit="working-days")
    phase = PAYMENT.model_copy(
        update={
            "term": days,
            "terms": {},
            "milestones": (
                Milestone(kind="reminder", before=ahead, to="registrar"),
                Milestone(kind="expiry", before=Term(amount=0, unit="hours"), outcome="unpaid"),
            ),
        }
    )
    own = deadlines.due(MONDAY, days, calendar()).due
    ends, (reminder, expiry) = plan(phase, "regular", MONDAY, calendar(), FRIDAY)
    assert ends == FRIDAY
    assert reminder.at == deadlines.before(FRIDAY, ahead, calendar())
    assert expiry.at == own


def running(made: ServiceModel, filed: datetime) -> Case:
    """A case of the service whose term runs since it was filed."""
    fee = made.fees[0]
    deadline = deadlines.due(filed, fee.term, calendar())
    return a_case(
        service=made.service,
        tier=fee.tier,
        filed_at=filed,
        arrived_at=filed,
        clock=Clock(start=filed, term=fee.term),
        due=Due(deadline=deadline, provisional=False),
    )


@given(
    service=st.sampled_from(sorted(APPLICATIONS)),
    day=st.integers(0, 1100),
    later=st.integers(0, 120),
    pick=st.integers(0, 30),
)
def test_no_official_is_given_longer_than_the_case_has(
    service: str, day: int, later: int, pick: int
) -> None:
    made = model(service)
    phases = [one for one in made.phases if one.kind in {"human", "joint"}]
    phase = phases[pick % len(phases)]
    filed = datetime(2025, 1, 1, 8, tzinfo=UTC) + timedelta(days=day)
    now = filed + timedelta(days=later)
    case = running(made, filed)
    after = evolve_all(case, opening(case, phase, made, now, calendar()), now)
    assert after.due is not None
    assert after.clock is not None
    assert after.phase is not None
    if stands(after.clock) or after.phase.due_at is None:
        return
    promised = after.due.deadline.due
    assert after.phase.due_at <= promised or promised <= now


@pytest.mark.parametrize(
    ("service", "phase"),
    [("building-permit", "decision"), ("heirs", "preparation"), ("public-information", "decision")],
)
def test_the_cap_is_needed(service: str, phase: str) -> None:
    """A phase that opens on the day before the case is due has that day and no more."""
    made = model(service)
    case = running(made, MONDAY)
    assert case.due is not None
    now = case.due.deadline.due - timedelta(hours=20)
    after = evolve_all(case, opening(case, made.phase(phase), made, now, calendar()), now)
    assert after.phase is not None
    assert after.phase.due_at == case.due.deadline.due
