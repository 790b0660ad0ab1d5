"""The notifications on their way: functions of the state."""

from infra.local.simulators.epay.model import Attempt, Delivery, Faults, Payment, State
from infra.local.simulators.epay.schedule import wait_after

_FINISHED_MAX = 500


def enqueue(state: State, line: str, invoice: str, faults: Faults, due: float) -> None:
    """One delivery, or as many as are ordered; `due` is seconds since 1970."""
    for _ in range(1 + faults.duplicate):
        state.last_id += 1
        state.deliveries.append(
            Delivery(
                id=state.last_id,
                invoice=invoice,
                line=line,
                due=due,
                state="dropped" if faults.drop else "held" if faults.hold else "waiting",
                tamper=faults.tamper,
                tampered=faults.tampered if faults.tamper else 0,
                amount=faults.amount,
            )
        )
    finished = [d.id for d in state.deliveries if d.state in ("done", "given-up")]
    old = set(finished[:-_FINISHED_MAX])
    state.deliveries = [d for d in state.deliveries if d.id not in old]


def faults_of(state: State, payment: Payment) -> Faults:
    """What was ordered for this payment, else for the next one, else for all."""
    if payment.faults:
        return payment.faults
    if state.coming:
        return state.coming.pop(0)
    return state.standing or Faults()


def untried(state: State, invoice: str) -> bool:
    """Whether a notification of this invoice still has its first attempt before it."""
    return any(
        d.invoice == invoice and d.state == "waiting" and not d.attempts for d in state.deliveries
    )


def recorded(state: State, delivery: int, attempt: Attempt, now: float, speed: float) -> None:
    """The delivery after an attempt: done, given up, or due again by the published schedule."""
    kept = next(d for d in state.deliveries if d.id == delivery)
    kept.attempts += 1
    kept.started = kept.started or now
    wait = wait_after(kept.attempts, (now - kept.started) * speed)
    if attempt.settled:
        kept.state = "done"
    elif wait is None:
        kept.state = "given-up"
    else:
        kept.due = now + wait / speed
