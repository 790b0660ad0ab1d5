"""Joint phases: several units say what they think, at the same time."""

from datetime import datetime

from chalicelib.domain.access import Principal, require_office
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.phases import current
from chalicelib.domain.cases.state import Asked, Case, Official, PhaseState, View
from chalicelib.domain.errors import Conflict, Fault, Forbidden, Invalid, NotFound, NotPossible
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.values import Value

LONGEST_OPINION = 5000


class Opinion(Value):
    """What a unit says. `text` may hold personal data; an objection says why."""

    phase: PhaseId | None = None
    opinion: str
    says: View
    text: str = ""


def give_opinion(case: Case, opinion: Opinion, principal: Principal) -> list[e.Event]:
    """A unit answers. Raises Forbidden (role), NotFound (another unit, no such opinion),
    NotPossible (the phase is over), Conflict (it has been given), Invalid."""
    require_office(principal, case.units)
    if case.phase is None:
        raise NotPossible(case=case.number)
    state = current(case, opinion.phase or case.phase.id)
    asked = _asked(state, opinion.opinion)
    require_office(principal, {asked.unit})
    if not principal.has("head-of-unit", asked.role):
        raise Forbidden(needs=asked.role)
    if asked.says is not None:
        raise Conflict("opinion-given", official=asked.by.name if asked.by else "")
    _require_words(opinion)
    given = e.OpinionGiven(
        phase=state.id,
        opinion=asked.id,
        says=opinion.says,
        by=Official(subject=principal.subject, name=principal.name),
        private={"opinion": opinion.text} if opinion.text.strip() else {},
    )
    return [given]


def missing(state: PhaseState, now: datetime) -> tuple[Asked, ...]:
    """The opinions still waited for. A unit whose silence agrees has agreed once it is late."""
    late = state.due_at is not None and state.due_at <= now
    return tuple(
        asked
        for asked in state.opinions
        if asked.says is None and not (late and asked.silence == "agrees")
    )


def require_opinions(state: PhaseState, now: datetime) -> None:
    """Raises Conflict while opinions are missing; an objection is reason enough to go on."""
    if any(asked.says == "objects" for asked in state.opinions):
        return
    waited_for = missing(state, now)
    if waited_for:
        units = ", ".join(dict.fromkeys(asked.unit for asked in waited_for))
        raise Conflict("opinions-missing", units=units)


def _asked(state: PhaseState, opinion: str) -> Asked:
    for asked in state.opinions:
        if asked.id == opinion:
            return asked
    raise NotFound(what="opinion")


def _require_words(opinion: Opinion) -> None:
    if opinion.says == "objects" and not opinion.text.strip():
        raise Invalid([Fault(field="text", code="required")])
    if len(opinion.text) > LONGEST_OPINION:
        limit = {"limit": LONGEST_OPINION}
        raise Invalid([Fault(field="text", code="too-long", facts=limit)])
