"""What officials do: claim, release, decide, give opinions, extend, reopen, send round again."""

from datetime import datetime

from chalicelib.domain.access import OFFICIALS, Principal, Role, require
from chalicelib.domain.cases import consulting, deciding, heading
from chalicelib.domain.cases.consulting import Opinion
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotPossible
from chalicelib.domain.ids import CaseNumber, PhaseId
from chalicelib.ports import Ports
from chalicelib.ports.cases import Taken
from chalicelib.usecases import idempotency
from chalicelib.usecases.changing import NOTHING, Beside, Decide, change

_HEADS: frozenset[Role] = frozenset({"head-of-unit"})


def _act(
    ports: Ports,
    principal: Principal,
    number: CaseNumber,
    now: datetime,
    decide: Decide,
    *,
    roles: frozenset[Role] = OFFICIALS,
) -> Case:
    # Before the case is looked for: the wrong role must not learn which numbers exist.
    require(principal, *roles)
    case = ports.cases.find(number)
    return change(ports, case.id, principal.actor, now, decide)


def claim(
    ports: Ports, principal: Principal, number: CaseNumber, phase: PhaseId | None, now: datetime
) -> Case:
    """Takes the task of a phase. Raises Forbidden, NotFound, NotPossible, Conflict."""
    return _act(ports, principal, number, now, lambda c, m: deciding.claim(c, m, phase, principal))


def release(
    ports: Ports, principal: Principal, number: CaseNumber, phase: PhaseId | None, now: datetime
) -> Case:
    """Gives the task back. Raises Forbidden, NotFound, NotPossible, Conflict."""
    return _act(
        ports, principal, number, now, lambda c, m: deciding.release(c, m, phase, principal)
    )


def decide(
    ports: Ports,
    principal: Principal,
    number: CaseNumber,
    decision: Decision,
    now: datetime,
    *,
    key: str | None = None,
) -> Case:
    """Decides; with the same `key` once. Raises Forbidden, NotFound, NotPossible, Conflict,
    Invalid, KeyReused.
    """
    require(principal, *OFFICIALS)
    case = ports.cases.find(number)
    request = {"case": number, **decision.model_dump(mode="json")}
    asked = idempotency.asked(key, "decision", request) if key else None
    if idempotency.remembered(ports, principal, asked):
        return case
    remembered = idempotency.record(principal, asked, case.id, decision.outcome, now)
    try:
        return change(
            ports,
            case.id,
            principal.actor,
            now,
            lambda c, m: deciding.decide(c, m, decision, principal, now),
            Beside(remembered=remembered) if remembered else NOTHING,
        )
    except (Taken, NotPossible):  # perhaps its own twin was faster
        if not idempotency.remembered(ports, principal, asked):
            raise
        return ports.cases.load(case.id)


def give_opinion(
    ports: Ports, principal: Principal, number: CaseNumber, opinion: Opinion, now: datetime
) -> Case:
    """A unit answers what a joint phase asks it. Raises Forbidden, NotFound, NotPossible,
    Conflict, Invalid."""
    return _act(
        ports, principal, number, now, lambda c, m: consulting.give_opinion(c, opinion, principal)
    )


def extend_term(
    ports: Ports, principal: Principal, number: CaseNumber, reason: str, now: datetime
) -> Case:
    """Extends the term of a case. Raises Forbidden, NotFound, NotPossible, Invalid."""
    return _act(
        ports,
        principal,
        number,
        now,
        lambda c, m: heading.extend(c, m, principal, reason, now, ports.calendar),
        roles=_HEADS,
    )


def reopen(
    ports: Ports,
    principal: Principal,
    number: CaseNumber,
    phase: PhaseId,
    reason: str,
    now: datetime,
) -> Case:
    """Takes a closed case up again. Raises Forbidden, NotFound, NotPossible, Invalid."""
    return _act(
        ports,
        principal,
        number,
        now,
        lambda c, m: heading.reopen(c, m, principal, phase, reason, now, ports.calendar),
        roles=_HEADS,
    )


def order_retry(ports: Ports, principal: Principal, number: CaseNumber, now: datetime) -> Case:
    """Sends a case from the exception desk round again. Raises Forbidden, NotFound, NotPossible."""
    return _act(
        ports,
        principal,
        number,
        now,
        lambda c, m: deciding.order_retry(c, principal),
        roles=frozenset({"head-of-unit", "administrator"}),
    )
