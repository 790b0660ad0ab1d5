"""What may happen to a case, decided by pure functions."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.access import Principal
from chalicelib.domain.cases import automatic, deciding, paying, phases
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.cases.evolve import begin, evolve_all
from chalicelib.domain.cases.filing import Application, file
from chalicelib.domain.cases.planning import LONGEST_WAIT, wait_seconds, wake_at
from chalicelib.domain.cases.routing import reply, resume_phase
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    NotPossible,
    Superseded,
)
from chalicelib.domain.ids import CaseId, Invoice, PhaseId
from chalicelib.domain.money import Money
from chalicelib.domain.payments import Notice
from tests.builders import number_of
from tests.models import calendar, permanent_address
from tests.world import MONDAY, citizen, official

MODEL = permanent_address()
CAL = calendar()
PAYMENT, EXAMINATION, ISSUING, DELIVERY = map(
    PhaseId, ("payment", "examination", "issuing", "delivery")
)
INVOICE = Invoice("2600000001")
CLERK, CHIEF = official(), official("head-of-unit", "Петя")
APPROVE = Decision(phase=EXAMINATION, outcome="approve")


def filed(tier: str = "regular", now: datetime = MONDAY) -> Case:
    application = Application(
        language="bg", tier=tier, delivery="portal", channel="portal", answers={}
    )
    events = file(number_of(1), application, citizen(), MODEL, 1, now, CAL)
    first = events[0]
    assert isinstance(first, e.ApplicationFiled)
    return evolve_all(begin(CaseId("c"), first, now), events[1:], now)


def opened(case: Case, phase: PhaseId, now: datetime = MONDAY) -> Case:
    return evolve_all(case, phases.open_phase(case, MODEL, phase, now, CAL), now)


def paying_case() -> Case:
    case = opened(filed(), PAYMENT)
    return evolve_all(case, paying.start_payment(case, "epay", INVOICE, MONDAY), MONDAY)


def notice(status: str = "paid", amount: int | None = None, invoice: str = INVOICE) -> Notice:
    return Notice.model_validate(
        {
            "operator": "epay",
            "invoice": invoice,
            "status": status,
            "reference": "036257",
            "amount": None if amount is None else Money(amount=amount),
        }
    )


def told(case: Case, *notices: Notice) -> Case:
    for one in notices:
        case = evolve_all(case, paying.settle(case, one, MODEL, MONDAY, CAL), MONDAY)
    return case


def examined() -> Case:
    case = opened(told(paying_case(), notice()), EXAMINATION)
    return evolve_all(case, deciding.claim(case, MODEL, EXAMINATION, CLERK), MONDAY)


# Filing


def test_filing_says_what_is_owed_and_when_it_would_be_due() -> None:
    case = filed()
    assert (case.order.amount, case.order.status) == (Money(amount=256), "due")
    assert case.due is not None
    assert case.due.provisional
    assert case.arrived_at is None
    assert case.due.deadline.date.isoformat() == "2026-11-25"


def test_a_closed_service_takes_no_applications() -> None:
    why = {"bg": "ремонт", "en": "repairs"}
    closed = MODEL.model_validate({**MODEL.model_dump(), "status": "closed", "closed_because": why})
    application = Application(
        language="bg", tier="regular", delivery="portal", channel="portal", answers={}
    )
    with pytest.raises(NotPossible, match="service-closed"):
        file(number_of(1), application, citizen(), closed, 1, MONDAY, CAL)


@pytest.mark.parametrize(
    ("tier", "delivery", "channel", "field"),
    [
        ("slow", "portal", "portal", "tier"),
        ("regular", "pigeon", "portal", "delivery"),
        ("regular", "portal", "telepathy", "channel"),
    ],
)
def test_what_is_not_offered_is_refused(tier: str, delivery: str, channel: str, field: str) -> None:
    application = Application(
        language="bg", tier=tier, delivery=delivery, channel=channel, answers={}
    )
    with pytest.raises(Invalid) as found:
        file(number_of(1), application, citizen(), MODEL, 1, MONDAY, CAL)
    assert [fault.field for fault in found.value.faults] == [field]


# Phases


def test_a_phase_opens_once() -> None:
    case = opened(filed(), PAYMENT)
    assert phases.open_phase(case, MODEL, PAYMENT, MONDAY, CAL) == []


@pytest.mark.parametrize("phase", ["examination", "issuing", "delivery"])
def test_no_phase_is_jumped_to(phase: str) -> None:
    for case in (filed(), opened(filed(), PAYMENT)):
        with pytest.raises(Superseded):
            phases.open_phase(case, MODEL, PhaseId(phase), MONDAY, CAL)


def test_an_old_execution_cannot_go_back() -> None:
    case = opened(told(paying_case(), notice()), EXAMINATION)
    with pytest.raises(Superseded):
        phases.open_phase(case, MODEL, PAYMENT, MONDAY, CAL)


def test_an_unpaid_case_is_closed_after_seven_days() -> None:
    case = opened(filed(), PAYMENT)
    assert case.phase is not None
    moments = {planned.kind: planned.at for planned in case.phase.milestones}
    assert moments["expiry"] == datetime(2026, 11, 30, 21, 59, 59, tzinfo=UTC)
    early = moments["expiry"] - timedelta(seconds=1)
    reminded = evolve_all(case, phases.tick(case, MODEL, early), early)
    assert reminded.is_open
    closed = evolve_all(reminded, phases.tick(reminded, MODEL, moments["expiry"]), early)
    assert (closed.closed_as, closed.order.status) == ("unpaid", "expired")
    assert phases.tick(closed, MODEL, moments["expiry"]) == []


def test_a_milestone_happens_once() -> None:
    case = opened(filed(), PAYMENT)
    reminder = datetime(2026, 11, 29, tzinfo=UTC)
    once = phases.tick(case, MODEL, reminder)
    assert [event.kind for event in once] == ["milestone-reached"]
    assert phases.tick(evolve_all(case, once, reminder), MODEL, reminder) == []


def test_a_late_task_is_escalated_to_the_head() -> None:
    case = examined()
    late = datetime(2026, 11, 26, tzinfo=UTC)
    events = phases.tick(case, MODEL, late)
    reached = [event for event in events if isinstance(event, e.MilestoneReached)]
    assert [(r.milestone, r.to) for r in reached] == [
        ("reminder", "registrar"),
        ("escalation", "head-of-unit"),
    ]
    after = evolve_all(case, events, late)
    assert after.phase is not None
    assert after.phase.escalated
    assert after.is_open


def test_the_fast_tier_is_examined_in_one_working_day() -> None:
    def due(tier: str) -> str:
        case = opened(filed(tier), PAYMENT)
        case = evolve_all(case, phases.end_phase(case, MODEL, PAYMENT, "paid"), MONDAY)
        case = opened(case, EXAMINATION)
        assert case.phase is not None
        return str(case.phase.due_at)

    assert due("fast").startswith("2026-11-24")
    assert due("regular").startswith("2026-11-25")


# Paying


def test_a_payment_arrives_the_application_and_ends_the_phase() -> None:
    case = told(paying_case(), notice())
    assert case.order.status == "paid"
    assert case.phase is not None
    assert case.phase.outcome == "paid"
    assert case.arrived_at == MONDAY
    assert case.due is not None
    assert not case.due.provisional


@pytest.mark.parametrize(
    ("notices", "status", "credited", "received", "remark"),
    [
        ([notice(), notice()], "paid", 256, 256, "twice is once"),
        ([notice("denied")], "denied", 0, 0, "refused"),
        ([notice("denied"), notice()], "paid", 256, 256, "money after a refusal is money"),
        ([notice("expired"), notice()], "paid", 256, 256, "money after expiry is money"),
        ([notice(), notice("denied")], "paid", 256, 256, "a late refusal changes nothing"),
        ([notice(), notice("expired")], "paid", 256, 256, "a late expiry changes nothing"),
        ([notice(amount=256)], "paid", 256, 256, "the right sum"),
        ([notice(amount=255)], "mismatched", 0, 255, "one cent short"),
        ([notice(amount=25600)], "mismatched", 0, 25600, "a hundred times too much"),
        ([notice(amount=255), notice()], "mismatched", 0, 255, "a person decides, no notice"),
    ],
)
def test_what_an_operator_says(
    notices: list[Notice], status: str, credited: int, received: int, remark: str
) -> None:
    case = told(paying_case(), *notices)
    attempt = case.order.attempt(INVOICE)
    assert attempt is not None
    assert attempt.status == status, remark
    assert case.order.credited.amount == credited, remark
    assert case.order.received.amount == received, remark
    assert (case.order.status == "paid") == (credited == 256), remark


def test_a_second_real_payment_is_kept_as_overpaid() -> None:
    case = paying_case()
    second = Invoice("2600000002")
    case = evolve_all(case, paying.start_payment(case, "epay", second, MONDAY), MONDAY)
    case = told(case, notice(), notice(invoice=second))
    assert [a.status for a in case.order.attempts] == ["paid", "overpaid"]
    assert (case.order.credited.amount, case.order.received.amount) == (256, 512)


def test_money_for_a_closed_case_is_kept_for_a_person() -> None:
    case = paying_case()
    late = MONDAY + timedelta(days=9)
    closed = evolve_all(case, phases.tick(case, MODEL, late), late)
    paid = told(closed, notice())
    assert paid.order.attempts[0].status == "overpaid"
    assert paid.closed_as == "unpaid"


def test_a_notice_of_another_operator_is_not_ours() -> None:
    foreign = notice().model_copy(update={"operator": "ebg"})
    with pytest.raises(NotPossible):
        paying.settle(paying_case(), foreign, MODEL, MONDAY, CAL)


def test_nothing_is_paid_twice() -> None:
    case = told(paying_case(), notice())
    with pytest.raises(NotPossible, match="nothing-owed"):
        paying.start_payment(case, "epay", Invoice("3"), MONDAY)


def test_an_attempt_never_outlives_the_phase() -> None:
    case = opened(filed(), PAYMENT)
    late = datetime(2026, 11, 30, 12, tzinfo=UTC)
    started = paying.start_payment(case, "epay", INVOICE, late)[0]
    assert isinstance(started, e.PaymentStarted)
    assert started.expires_at == datetime(2026, 11, 30, 21, 59, 59, tzinfo=UTC)


# Deciding


@pytest.mark.parametrize(
    ("who", "error", "remark"),
    [
        (citizen(), Forbidden, "a citizen"),
        (official("administrator", "Ася"), Forbidden, "an administrator runs the system only"),
        (official("registrar", "Ана", unit="taxes"), NotFound, "another unit"),
        (official("registrar", "Ана"), Conflict, "somebody else's task"),
        (CHIEF, Conflict, "the head must take it over first"),
    ],
)
def test_who_may_not_decide(who: Principal, error: type[Exception], remark: str) -> None:
    with pytest.raises(error):
        deciding.decide(examined(), MODEL, APPROVE, who, MONDAY)


def test_the_person_in_charge_decides() -> None:
    case = examined()
    after = evolve_all(case, deciding.decide(case, MODEL, APPROVE, CLERK, MONDAY), MONDAY)
    assert after.phase is not None
    assert (after.phase.outcome, after.result) == ("approve", "approve")


def test_a_task_that_nobody_took_is_not_decided() -> None:
    case = opened(told(paying_case(), notice()), EXAMINATION)
    with pytest.raises(Conflict, match="not-claimed"):
        deciding.decide(case, MODEL, APPROVE, CLERK, MONDAY)


def test_what_is_decided_stays_decided() -> None:
    case = examined()
    after = evolve_all(case, deciding.decide(case, MODEL, APPROVE, CLERK, MONDAY), MONDAY)
    with pytest.raises(NotPossible):
        deciding.decide(after, MODEL, APPROVE, CLERK, MONDAY)


@pytest.mark.parametrize(
    ("outcome", "facts", "grounds", "faults"),
    [
        ("refuse", "", "", ["facts", "grounds"]),
        ("refuse", "  \n", "чл. 1", ["facts"]),
        ("refuse", "x" * 5001, "чл. 1", ["facts"]),
        ("shrug", "", "", ["outcome"]),
    ],
)
def test_a_refusal_says_why(outcome: str, facts: str, grounds: str, faults: list[str]) -> None:
    decision = Decision(phase=EXAMINATION, outcome=outcome, facts=facts, grounds=grounds)
    with pytest.raises(Invalid) as found:
        deciding.decide(examined(), MODEL, decision, CLERK, MONDAY)
    assert [fault.field for fault in found.value.faults] == faults


def test_grounds_are_private_to_the_case() -> None:
    decision = Decision(phase=EXAMINATION, outcome="refuse", facts="Факт", grounds="Основание")
    ended = deciding.decide(examined(), MODEL, decision, CLERK, MONDAY)[0]
    assert ended.private == {"facts": "Факт", "grounds": "Основание"}
    assert "Факт" not in ended.model_dump_json()


def test_taking_and_giving_back() -> None:
    case = examined()
    assert deciding.claim(case, MODEL, EXAMINATION, CLERK) == []
    with pytest.raises(Conflict):
        deciding.claim(case, MODEL, EXAMINATION, CHIEF)
    with pytest.raises(Conflict):
        deciding.release(case, MODEL, EXAMINATION, official("registrar", "Ана"))
    released = evolve_all(case, deciding.release(case, MODEL, EXAMINATION, CHIEF), MONDAY)
    assert released.phase is not None
    assert released.phase.assignee is None
    assert deciding.release(released, MODEL, EXAMINATION, CLERK) == []


# Automatic phases


def issuing_case() -> Case:
    case = examined()
    case = evolve_all(case, deciding.decide(case, MODEL, APPROVE, CLERK, MONDAY), MONDAY)
    return opened(case, ISSUING)


def test_trouble_is_seen_counted_and_forgotten() -> None:
    case = issuing_case()
    for _ in range(2):
        case = evolve_all(case, automatic.fail(case, ISSUING, "uscrasp", "down"), MONDAY)
    assert case.trouble is not None
    assert (case.trouble.times, case.trouble.state) == (2, "retrying")
    case = evolve_all(case, automatic.obtain(case, MODEL, ISSUING, "permanent-address", {}), MONDAY)
    assert case.trouble is None
    assert automatic.obtain(case, MODEL, ISSUING, "permanent-address", {}) == []


def test_the_exception_desk_waits_for_a_person() -> None:
    case = issuing_case()
    case = evolve_all(case, automatic.fail(case, ISSUING, "uscrasp", "down"), MONDAY)
    case = evolve_all(case, automatic.to_desk(case, MODEL, ISSUING), MONDAY)
    assert case.trouble is not None
    assert case.trouble.state == "desk"
    assert automatic.to_desk(case, MODEL, ISSUING) == []
    assert reply(case, MODEL, 1, MONDAY, CAL).outcome is None
    case = evolve_all(case, deciding.order_retry(case, CHIEF), MONDAY)
    assert reply(case, MODEL, 1, MONDAY, CAL).outcome == "again"
    begun = automatic.begin(case, MODEL, ISSUING, MONDAY, CAL)
    assert [event.kind for event in begun] == ["phase-resumed"]
    assert reply(evolve_all(case, begun, MONDAY), MODEL, 1, MONDAY, CAL).outcome is None


@pytest.mark.parametrize(
    ("who", "error"),
    [
        (citizen(), Forbidden),
        (CLERK, Forbidden),
        (official("head-of-unit", "Х", unit="taxes"), NotFound),
    ],
)
def test_who_may_not_send_round_again(who: Principal, error: type[Exception]) -> None:
    case = issuing_case()
    case = evolve_all(case, automatic.to_desk(case, MODEL, ISSUING), MONDAY)
    with pytest.raises(error):
        deciding.order_retry(case, who)
    assert deciding.order_retry(case, official("administrator", "Ася"))


# Waiting


def test_an_execution_sleeps_until_the_next_milestone() -> None:
    case = opened(filed(), PAYMENT)
    first = case.planned[0]
    assert wait_seconds(case, MODEL, MONDAY, CAL) == (first.at - MONDAY).total_seconds()
    assert wait_seconds(case, MODEL, first.at + timedelta(days=1), CAL) == 1
    assert wake_at(case, MONDAY) == first.at


def test_a_wake_up_says_how_long_the_next_phase_waits() -> None:
    case = told(paying_case(), notice())
    answer = reply(case, MODEL, 3, MONDAY, CAL)
    assert (answer.outcome, answer.generation) == ("paid", 3)
    assert 0 < answer.wait <= LONGEST_WAIT.total_seconds()
    assert resume_phase(case, MODEL) == PAYMENT


def test_every_open_case_must_move_by_some_moment() -> None:
    for case in (filed(), paying_case(), told(paying_case(), notice()), examined(), issuing_case()):
        assert MONDAY < wake_at(case, MONDAY) <= MONDAY + LONGEST_WAIT
