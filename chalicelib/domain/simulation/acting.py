"""What people do in a phase: one act for each kind of phase that waits for somebody."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from chalicelib.domain.access import Principal
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import applying, consulting, deciding, heading, paying
from chalicelib.domain.cases.events import Event
from chalicelib.domain.cases.evolve import evolve_all
from chalicelib.domain.cases.state import Case
from chalicelib.domain.ids import Invoice, SubjectId
from chalicelib.domain.payments import Notice
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.words import PhaseKind

APPLICANT = Principal(
    subject=SubjectId("simulated-applicant"),
    name="simulated",
    roles=frozenset({"citizen"}),
    egn="0000000000",
)
_OPERATOR = "simulated"
_WORDS = "…"


class Moment(NamedTuple):
    """When somebody acts, in which phase, over which days."""

    model: ServiceModel
    phase: Phase
    now: datetime
    calendar: Calendar


Act = Callable[[Case, Moment, str], Sequence[Event]]


def official(unit: str, role: str | None, phase: str) -> Principal:
    """Somebody of a unit; somebody else in every phase (four eyes)."""
    return Principal.model_validate(
        {
            "subject": f"simulated-{unit}-{role}-{phase}",
            "name": "simulated",
            "roles": {role or "registrar"},
            "unit": unit,
        }
    )


def _pay(case: Case, at: Moment, outcome: str) -> list[Event]:
    invoice = Invoice(f"{len(case.order.attempts) + 1:010d}")
    started = paying.start_payment(case, _OPERATOR, invoice, at.now)
    after = evolve_all(case, started, at.now)
    notice = Notice(operator=_OPERATOR, invoice=invoice, status="paid", paid_at=at.now)
    return [*started, *paying.settle(after, notice, at.model, at.now, at.calendar)]


def _decide(case: Case, at: Moment, outcome: str) -> list[Event]:
    who = official(case.unit_in_charge, at.phase.role, at.phase.id)
    claimed = deciding.claim(case, at.model, at.phase.id, who)
    decision = deciding.Decision(
        phase=at.phase.id,
        outcome=outcome,
        facts=_WORDS,
        grounds=_WORDS,
        checked=tuple(item.id for item in at.phase.checklist),
        seen=at.phase.documents,
    )
    after = evolve_all(case, claimed, at.now)
    return [*claimed, *deciding.decide(after, at.model, decision, who, at.now)]


def _correct(case: Case, at: Moment, outcome: str) -> list[Event]:
    return applying.correct(case, at.model, APPLICANT, {}, _WORDS)


ACTS: Mapping[PhaseKind, Act] = {
    "payment": _pay,
    "human": _decide,
    "joint": _decide,
    "outside": _decide,
    "correction": _correct,
}


def give_opinion(case: Case, name: str, phase: Phase) -> list[Event]:
    """A unit agrees."""
    asked = next(opinion for opinion in phase.opinions if opinion.id == name)
    opinion = consulting.Opinion(phase=phase.id, opinion=name, says="agrees")
    return consulting.give_opinion(case, opinion, official(asked.unit, asked.role, phase.id))


def withdraw(case: Case, model: ServiceModel) -> list[Event]:
    """The applicant wants nothing any more; nothing where it is too late for that."""
    return applying.withdraw(case, model, APPLICANT, "") if may_withdraw(case, model) else []


def may_withdraw(case: Case, model: ServiceModel) -> bool:
    """Whether the applicant may withdraw now."""
    return applying.may_withdraw(case, model)


def extend(case: Case, at: Moment) -> list[Event]:
    """The head of the unit extends the term; nothing where it cannot be."""
    if not heading.may_extend(case, at.model, at.now, at.calendar):
        return []
    head = official(case.unit, "head-of-unit", at.phase.id)
    return heading.extend(case, at.model, head, _WORDS, at.now, at.calendar)


def chosen_by_people(phase: Phase) -> tuple[str, ...]:
    """The outcomes that somebody can choose; the others come by time."""
    if phase.kind == "payment":
        return ("paid",)
    if phase.kind == "correction":
        return (applying.corrected(phase),)
    expiring = {milestone.outcome for milestone in phase.milestones}
    by_choice = tuple(str(name) for name in phase.outcomes if name not in expiring)
    return by_choice or tuple(map(str, phase.outcomes))
