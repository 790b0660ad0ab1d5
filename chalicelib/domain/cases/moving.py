"""Moving a running case to another version of its service: whether it may, and what it changes."""

from datetime import date, datetime
from typing import Literal

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.movable import Reason, speaks_against, stays_because
from chalicelib.domain.cases.replanning import (
    as_it_is,
    favours,
    recount,
    replan,
    restored,
    warnings,
)
from chalicelib.domain.cases.state import Case, Planned, Replanned
from chalicelib.domain.deadlines import Deadline
from chalicelib.domain.errors import NotPossible
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.values import Value

Answer = Literal["stays", "can-move", "must-not"]


class Verdict(Value):
    """`promised` and `counted` are due dates (local days); `deadline` is there only when the
    counted one takes the promise's place."""

    answer: Answer
    reason: Reason
    promised: date | None = None
    counted: date | None = None
    deadline: Deadline | None = None
    milestones: tuple[Planned, ...] | None = None
    plan: Replanned | None = None


class Before(Value):
    """How a case stood before it was moved: what undoing brings back."""

    version: int
    phase: PhaseId | None = None
    opened_at: datetime | None = None
    outcome: str | None = None
    plan: Replanned | None = None


class Target(Value):
    """The version to which cases move."""

    version: int
    model: ServiceModel


class Order(Value):
    """In which batch a case is moved, and by whose order."""

    batch: str
    by: str


def judge(case: Case, old: ServiceModel, to: Target, now: datetime, calendar: Calendar) -> Verdict:
    """Whether the case can go on under the other version, and with which due date."""
    promised = case.due.deadline.date if case.due else None
    stays = next(stays_because(case, old, to.version), None)
    if stays is not None:
        return Verdict(answer="stays", reason=stays, promised=promised)
    against = next(speaks_against(case, old, to.model, calendar), None)
    if against is not None:
        return Verdict(answer="must-not", reason=against, promised=promised)
    return _counted(case, to.model, now, calendar)


def before(case: Case) -> Before:
    """What a move may change, as it is now."""
    state = case.phase
    if state is None:
        return Before(version=case.model_version)
    return Before(
        version=case.model_version,
        phase=state.id,
        opened_at=state.opened_at,
        outcome=state.outcome,
        plan=as_it_is(state),
    )


def judge_back(
    case: Case, current: ServiceModel, to: Target, was: Before, now: datetime, calendar: Calendar
) -> Verdict:
    """Whether a move can be undone: only while the case stands where it stood. The open phase
    gets its old times back; a better due date that the move promised is a promise, and stays."""
    verdict = judge(case, current, to, now, calendar)
    stood = before(case).model_copy(update={"version": was.version, "plan": was.plan})
    if verdict.answer == "can-move" and stood != was:
        return Verdict(answer="must-not", reason="went-on", promised=verdict.promised)
    if verdict.answer != "can-move" or case.phase is None or was.plan is None:
        return verdict
    return verdict.model_copy(update={"plan": restored(case.phase, was.plan)})


def move(case: Case, verdict: Verdict, to: int, order: Order, execution: int) -> list[e.Event]:
    """The move; nothing for a case that stays. Raises NotPossible where it must not."""
    if verdict.answer == "must-not":
        raise NotPossible("must-not-move", case=case.number, reason=verdict.reason)
    if verdict.answer == "stays":
        return []
    moved = e.CaseMoved(
        from_version=case.model_version,
        to_version=to,
        batch=order.batch,
        ordered_by=order.by,
        reason=verdict.reason,
        promised=verdict.promised,
        counted=verdict.counted,
        deadline=verdict.deadline,
        milestones=verdict.milestones,
        plan=verdict.plan,
        execution=execution,
    )
    return [moved]


def _counted(case: Case, model: ServiceModel, now: datetime, calendar: Calendar) -> Verdict:
    due = case.due
    if due is None:
        plan = replan(case, model, due, calendar, now)
        return Verdict(answer="can-move", reason="no-due", plan=plan)
    term = model.fee(case.tier, case.delivery, calendar.local_date(case.filed_at)).term
    counted = recount(case, due, term, calendar)
    gains = favours(case, due, counted, now, calendar)
    deadline = counted if gains else due.deadline
    return Verdict(
        answer="can-move",
        reason="due-earlier" if gains else "due-kept",
        promised=due.deadline.date,
        counted=counted.date,
        deadline=counted if gains else None,
        milestones=warnings(case, model, deadline, now, calendar),
        plan=replan(case, model, due.model_copy(update={"deadline": deadline}), calendar, now),
    )
