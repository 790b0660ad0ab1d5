"""What officials do: their worklist, claiming and releasing, deciding, the exception desk."""

from typing import Annotated, Literal

from chalice import Blueprint
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from chalicelib.domain.access import OFFICIALS
from chalicelib.domain.cases.consulting import Opinion
from chalicelib.domain.cases.deciding import LONGEST_TEXT, Decision
from chalicelib.domain.cases.state import Case
from chalicelib.domain.ids import CaseNumber, PhaseId, ServiceCode, SubjectId
from chalicelib.domain.services.language import Text
from chalicelib.handlers.api.call import Call
from chalicelib.handlers.api.case_views import (
    Acted,
    CaseItem,
    CaseList,
    PhaseNow,
    TroubleView,
    trouble_of,
)
from chalicelib.handlers.api.models import DeadlineView, Links, Number, Said
from chalicelib.handlers.api.operations import DESK, HEADS, operation
from chalicelib.handlers.metrics import count
from chalicelib.usecases import assigning, decisions, viewing
from chalicelib.usecases.changing import model_of

bp = Blueprint(__name__)


def _readable(text: str) -> str:
    """Text without characters that nobody sees and that turn what others read."""
    if any(not (c.isprintable() or c in "\n\r\t") for c in text):
        raise PydanticCustomError("characters", "unprintable characters")
    return text


Prose = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_readable)]
Phase = Annotated[PhaseId, Field(max_length=40)]
Code = Annotated[str, Field(max_length=40)]
Subject = Annotated[SubjectId, Field(max_length=64)]


class Task(Said):
    """An open task of the unit. `late`: its due moment has passed."""

    number: Number
    service: ServiceCode
    title: Text
    tier: str
    phase: PhaseNow
    deadline: DeadlineView | None
    late: bool
    escalated: bool
    links: Links

    @classmethod
    def of(cls, call: Call, case: Case) -> "Task | None":
        """A case that waits for an official."""
        model = model_of(call.ports, case)
        phase = PhaseNow.of(case, model)
        if phase is None or case.phase is None:
            return None
        return cls(
            number=case.number,
            service=case.service,
            title=model.title,
            tier=case.tier,
            phase=phase,
            deadline=DeadlineView.of(case, call.language),
            late=phase.due_at is not None and phase.due_at < call.now,
            escalated=case.phase.escalated,
            links=Links.of(call, case.number),
        )


class Worklist(Said):
    """A page of tasks."""

    items: tuple[Task, ...]
    next: str | None


class Assignment(Said):
    """To take the task, to give it back, or, for the head of the unit, to `assign` it to an
    `official` (as `GET /staff` names them). `phase` guards against acting on another phase than
    the one that was seen; without it the current one is meant."""

    action: Literal["claim", "release", "assign"]
    phase: Phase | None = None
    official: Subject | None = None


class NewDecision(Said):
    """How the phase ends; the model's outcome says what is required: facts, grounds, every item of
    the checklist in `checked`, every document of the phase in `seen`."""

    outcome: Annotated[str, Field(max_length=40, examples=["approve"])]
    facts: Prose = ""
    grounds: Prose = ""
    checked: Annotated[tuple[Code, ...], Field(max_length=50)] = ()
    seen: Annotated[tuple[Code, ...], Field(max_length=50)] = ()
    phase: Phase | None = None


class NewOpinion(Said):
    """What one's unit thinks; an objection says why."""

    opinion: Code
    says: Literal["agrees", "objects"]
    text: Prose = ""
    phase: Phase | None = None


class NewExtension(Said):
    """Why the term is not enough: the applicant is told."""

    reason: Prose


class NewReopening(Said):
    """Why the case is taken up again, and in which phase it goes on."""

    phase: Phase
    reason: Prose


class Assigned(Said):
    """Who has the task now."""

    number: Number
    phase: PhaseId | None
    assignee: str | None
    links: Links


class Decided(Said):
    """What was decided."""

    number: Number
    outcome: str
    links: Links


class Retried(Said):
    """The case was sent round again."""

    number: Number
    trouble: TroubleView | None
    links: Links


@operation(bp, "GET", "/worklist", Worklist, roles=OFFICIALS, query=("cursor",), problems=(422,))
def show_worklist(call: Call) -> Worklist:
    """The open tasks of one's unit, what is due first on top. Names no citizens."""
    page = viewing.worklist(call.ports, call.principal, call.query("cursor"))
    tasks = (Task.of(call, case) for case in page.cases)
    return Worklist(items=tuple(task for task in tasks if task), next=page.next)


@operation(
    bp, "POST", "/cases/{number}/assignments", Assigned, body=Assignment, roles=OFFICIALS,
    problems=(404, 409),
)  # fmt: skip
def assign(call: Call, number: str) -> Assigned:
    """Claims, releases or assigns the task of the current phase. Repeating it is harmless."""
    case = _assigned(call, CaseNumber(number), call.body(Assignment))
    assignee = case.phase.assignee if case.phase else None
    return Assigned(
        number=case.number,
        phase=case.phase.id if case.phase else None,
        assignee=assignee.name if assignee else None,
        links=Links.of(call, case.number),
    )


def _assigned(call: Call, number: CaseNumber, wanted: Assignment) -> Case:
    if wanted.action == "assign":
        to = wanted.official or SubjectId("")
        return assigning.assign(call.ports, call.principal, number, wanted.phase, to, call.now)
    act = decisions.claim if wanted.action == "claim" else decisions.release
    return act(call.ports, call.principal, number, wanted.phase, call.now)


@operation(
    bp, "POST", "/cases/{number}/decisions", Decided, body=NewDecision, key="optional",
    roles=OFFICIALS, problems=(404, 409),
)  # fmt: skip
def decide(call: Call, number: str) -> Decided:
    """Decides the phase that one has claimed."""
    key, wanted = call.given_key, call.body(NewDecision)
    decision = Decision.model_validate(wanted.model_dump())
    number_ = CaseNumber(number)
    case = decisions.decide(call.ports, call.principal, number_, decision, call.now, key=key)
    count("Decisions", service_code=case.service, outcome=wanted.outcome)
    return Decided(number=case.number, outcome=wanted.outcome, links=Links.of(call, case.number))


@operation(
    bp, "POST", "/cases/{number}/opinions", Acted, body=NewOpinion, roles=OFFICIALS,
    problems=(404, 409),
)  # fmt: skip
def give_opinion(call: Call, number: str) -> Acted:
    """Gives the opinion of one's unit, which a joint phase asks for."""
    opinion = Opinion.model_validate(call.body(NewOpinion).model_dump())
    number_ = CaseNumber(number)
    case = decisions.give_opinion(call.ports, call.principal, number_, opinion, call.now)
    return Acted.of(call, case)


@operation(
    bp, "POST", "/cases/{number}/extensions", Acted, body=NewExtension, roles=HEADS,
    problems=(404, 409),
)  # fmt: skip
def extend_term(call: Call, number: str) -> Acted:
    """Extends the term of the case, as far as its model allows."""
    reason = call.body(NewExtension).reason
    number_ = CaseNumber(number)
    return Acted.of(
        call, decisions.extend_term(call.ports, call.principal, number_, reason, call.now)
    )


@operation(
    bp, "POST", "/cases/{number}/reopenings", Acted, body=NewReopening, roles=HEADS,
    problems=(404, 409),
)  # fmt: skip
def reopen(call: Call, number: str) -> Acted:
    """Takes a closed case up again under a new term."""
    wanted = call.body(NewReopening)
    case = decisions.reopen(
        call.ports, call.principal, CaseNumber(number), wanted.phase, wanted.reason, call.now
    )
    return Acted.of(call, case)


@operation(bp, "GET", "/exceptions", CaseList, roles=DESK)
def list_exceptions(call: Call) -> CaseList:
    """The exception desk: cases whose automatic phase does not get on."""
    found = viewing.stuck_cases(call.ports, call.principal, call.now)
    return CaseList(items=tuple(CaseItem.of(call, case) for case in found), next=None)


@operation(bp, "POST", "/cases/{number}/retries", Retried, roles=DESK, problems=(404, 409))
def order_retry(call: Call, number: str) -> Retried:
    """Sends a case from the exception desk round again."""
    case = decisions.order_retry(call.ports, call.principal, CaseNumber(number), call.now)
    return Retried(number=case.number, trouble=trouble_of(case), links=Links.of(call, case.number))
