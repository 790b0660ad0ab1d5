"""What officials do: claim, release, decide, send round again."""

from datetime import datetime

from chalicelib.domain.access import Principal
from chalicelib.domain.cases import deciding
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.cases.state import Case
from chalicelib.domain.ids import CaseNumber, PhaseId
from chalicelib.ports import Ports
from chalicelib.usecases.changing import Decide, change


def _act(
    ports: Ports, principal: Principal, number: CaseNumber, now: datetime, decide: Decide
) -> Case:
    case = ports.cases.find(number)
    return change(ports, case.id, principal.actor, now, decide)


def claim(
    ports: Ports, principal: Principal, number: CaseNumber, phase: PhaseId, now: datetime
) -> Case:
    """Takes the task of a phase. Raises Forbidden, NotFound, NotPossible, Conflict."""
    return _act(ports, principal, number, now, lambda c, m: deciding.claim(c, m, phase, principal))


def release(
    ports: Ports, principal: Principal, number: CaseNumber, phase: PhaseId, now: datetime
) -> Case:
    """Gives the task back. Raises Forbidden, NotFound, NotPossible, Conflict."""
    return _act(
        ports, principal, number, now, lambda c, m: deciding.release(c, m, phase, principal)
    )


def decide(
    ports: Ports, principal: Principal, number: CaseNumber, decision: Decision, now: datetime
) -> Case:
    """Decides. Raises Forbidden, NotFound, NotPossible, Conflict, Invalid."""
    return _act(
        ports, principal, number, now, lambda c, m: deciding.decide(c, m, decision, principal)
    )


def order_retry(ports: Ports, principal: Principal, number: CaseNumber, now: datetime) -> Case:
    """Sends a case from the exception desk round again. Raises Forbidden, NotPossible."""
    return _act(ports, principal, number, now, lambda c, m: deciding.order_retry(c, principal))
