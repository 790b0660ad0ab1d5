"""What Step Functions can carry: the phases of a definition, the history of an execution."""

from collections.abc import Iterator

from chalicelib.domain.services import flow
from chalicelib.domain.services.bounds import at_most_days
from chalicelib.domain.services.findings import Finding
from chalicelib.domain.services.language import Phase, ServiceModel

MOST_PHASES = 200
# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html, standard workflows.
MOST_EVENTS = 25_000
# Events of a wait that ends by its time-out, of the clock after it and of the choice; of a wait
# that ends by an outcome; of a task that runs by itself; of each time that a task is tried again.
_WAKE_UP, _OUTCOME, _RUN, _RETRY = 13, 8, 7, 3
# How often that is, when a register or the table is away for a while.
_TRIES = {"waits": 8, "runs": 12}
_LONGEST_WAIT = 30  # days
# How often a case may be sent back to a phase before anybody wonders.
_ROUNDS = 20
# Months in which nobody comes to the exception desk.
_DESK_WAITS = 2


def size_findings(model: ServiceModel) -> Iterator[Finding]:
    """More phases than people can read, or than a machine can have; too long a history."""
    if len(model.phases) > MOST_PHASES:
        what = f"{len(model.phases)} phases, and at most {MOST_PHASES} are possible"
        yield Finding(place=("phases",), what=what, hint="split the service")
        return
    events = history(model)
    if events > MOST_EVENTS:
        longest = max(model.phases, key=_once)
        what = f"an execution may come to {events:,} events, and has room for {MOST_EVENTS:,}"
        hint = f"shorten '{longest.id}', which has the most"
        yield Finding(place=("phases", model.phases.index(longest)), what=what, hint=hint)


def history(model: ServiceModel) -> int:
    """Events in the history of an execution that goes through every phase with trouble."""
    again = {name for circle in flow.circles(flow.graph(model)) for name in circle}
    rounds = {True: _ROUNDS, False: 1}
    return 4 + sum(_once(phase) * rounds[str(phase.id) in again] for phase in model.phases)


def _once(phase: Phase) -> int:
    if not phase.waits:
        # One bout of trouble, and the exception desk.
        return 2 * _RUN + _TRIES["runs"] * _RETRY + _DESK_WAITS * _WAKE_UP + _OUTCOME
    terms = [term for term in (phase.term, *phase.terms.values()) if term is not None]
    terms += [m.at for m in phase.milestones if m.at is not None]
    days = max(map(at_most_days, terms), default=_LONGEST_WAIT)
    wake_ups = len(phase.milestones) + 1 + -(-days // _LONGEST_WAIT)
    return wake_ups * _WAKE_UP + _OUTCOME + _TRIES["waits"] * _RETRY
