"""What applicants do with a case that is under way: put it right, withdraw it."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field, JsonValue

from chalicelib.domain.access import Principal, require, require_own
from chalicelib.domain.cases import applying
from chalicelib.domain.cases.events import Event
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Invalid, NotPossible
from chalicelib.domain.ids import CaseNumber
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.values import Value
from chalicelib.ports import Ports
from chalicelib.usecases.changing import change, model_of
from chalicelib.usecases.papers import papers_of


class Correction(Value):
    """What the applicant changes. `answers` may be all of them: only what differs is kept."""

    answers: dict[str, JsonValue] = Field(default_factory=dict)
    note: str = ""


def withdraw(
    ports: Ports, principal: Principal, number: CaseNumber, note: str, now: datetime
) -> Case:
    """Ends the case at the applicant's wish. Raises Forbidden, NotFound, NotPossible, Invalid."""
    case = _own(ports, principal, number)
    return change(
        ports, case.id, principal.actor, now, lambda c, m: applying.withdraw(c, m, principal, note)
    )


def correct(
    ports: Ports, principal: Principal, number: CaseNumber, correction: Correction, now: datetime
) -> Case:
    """Puts the application right. Raises Forbidden, NotFound, NotPossible (none is asked for),
    Invalid with every fault of the answers as they would be then."""
    case = _own(ports, principal, number)
    model = model_of(ports, case)
    if applying.awaits_correction(case, model) is None:
        raise NotPossible("no-correction-asked", case=case.number)
    papers = papers_of(ports, case)
    sent = {k: v for k, v in correction.answers.items() if k in model.form.answered}
    faults = ports.forms.faults(model.form.json_schema, papers.answers | sent)
    if faults:
        raise Invalid(faults)
    changed = {name: value for name, value in sent.items() if papers.answers.get(name) != value}

    def decide(case: Case, model: ServiceModel) -> Sequence[Event]:
        return applying.correct(case, model, principal, changed, correction.note)

    return change(ports, case.id, principal.actor, now, decide)


def answers_of(ports: Ports, principal: Principal, number: CaseNumber) -> dict[str, JsonValue]:
    """The answers as they stand, for the form to begin with. Raises Forbidden, NotFound."""
    return papers_of(ports, _own(ports, principal, number)).answers


def _own(ports: Ports, principal: Principal, number: CaseNumber) -> Case:
    require(principal, "citizen")
    case = ports.cases.find(number)
    require_own(principal, case.applicant)
    return case
