"""Who is in charge of tasks: by rule, by order, for the absent; and what nobody attends to."""

from collections.abc import Sequence
from datetime import date, datetime

from chalicelib.domain.access import Principal, require
from chalicelib.domain.cases import assigning
from chalicelib.domain.cases.events import Event, PhaseOpened
from chalicelib.domain.cases.evolve import evolve_all
from chalicelib.domain.cases.state import Case
from chalicelib.domain.ids import CaseNumber, PhaseId, SubjectId
from chalicelib.domain.journal import SYSTEM
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.staff.choosing import able
from chalicelib.domain.staff.members import Member, Staff
from chalicelib.domain.values import Value
from chalicelib.ports import Ports
from chalicelib.usecases.changing import change, model_of
from chalicelib.usecases.following import open_cases
from chalicelib.usecases.staffing import staff_of


class Attendance(Value):
    """What a check found: so many tasks of absent people were passed on, these wait for nobody."""

    passed_on: int
    unattended: tuple[CaseNumber, ...]


def given(
    ports: Ports, case: Case, model: ServiceModel, opened: Sequence[Event], now: datetime
) -> list[Event]:
    """To whom the rule of a phase that just opened gives its task. Raises Busy."""
    phases = [model.phase(one.phase) for one in opened if isinstance(one, PhaseOpened)]
    if not phases or phases[-1].assign == "queue":
        return []
    case = evolve_all(case, opened, now)
    least = phases[-1].assign == "least-loaded"
    load = ports.lists.load_of(case.unit_in_charge) if least else {}
    day = ports.calendar.local_date(now)
    return assigning.given_by_rule(case, model, staff_of(ports), day, load)


def addressed(ports: Ports, case: Case, events: Sequence[Event], now: datetime) -> list[Event]:
    """What the clock did, with the escalations naming to whom they go. Raises Busy."""
    if not assigning.escalates(events):
        return list(events)
    return assigning.addressed(events, case, staff_of(ports), ports.calendar.local_date(now))


def assign(
    ports: Ports,
    principal: Principal,
    number: CaseNumber,
    phase: PhaseId | None,
    to: SubjectId,
    now: datetime,
) -> Case:
    """The head gives a task to somebody. Raises Forbidden, NotFound, NotPossible, Invalid, Busy."""
    require(principal, "head-of-unit")
    case, staff = ports.cases.find(number), staff_of(ports)
    day = ports.calendar.local_date(now)
    return change(
        ports,
        case.id,
        principal.actor,
        now,
        lambda c, m: assigning.assign(c, m, phase, to, principal, staff, day),
    )


def takers(ports: Ports, case: Case, now: datetime) -> tuple[Member, ...]:
    """Who could take the task of the case today. Raises Busy."""
    task = assigning.task_of(case, model_of(ports, case))
    if task is None:
        return ()
    day = ports.calendar.local_date(now)
    return able(staff_of(ports), assigning.post_of(case, task[1]), day)


def attend(ports: Ports, now: datetime) -> Attendance | None:
    """Once a local day, and after every change of an absence: the tasks of the absent are passed
    on, and what nobody can take is counted. None when it was done already. Raises Busy."""
    day, before = ports.calendar.local_date(now), ports.staff.last_check()
    if before.day == day:
        return None
    staff = staff_of(ports)
    passed_on, unattended = 0, list[CaseNumber]()
    for case in open_cases(ports, now):
        passed_on += _pass_on(ports, case, staff, day, now)
        if assigning.is_unattended(case, model_of(ports, case), staff, day):
            unattended.append(case.number)
    ports.staff.put_check(day, over=before)  # False: an absence was announced meanwhile
    return Attendance(passed_on=passed_on, unattended=tuple(unattended))


def _pass_on(ports: Ports, case: Case, staff: Staff, day: date, now: datetime) -> bool:
    if not assigning.passed_on(case, model_of(ports, case), staff, day):
        return False
    change(ports, case.id, SYSTEM, now, lambda c, m: assigning.passed_on(c, m, staff, day))
    return True


def unattended(ports: Ports, principal: Principal, now: datetime) -> list[Case]:
    """Open tasks that nobody who is present could take, for the exception desk: of the head's
    unit, for administrators all. Raises Forbidden, Busy."""
    require(principal, "head-of-unit", "administrator")
    staff, day = staff_of(ports), ports.calendar.local_date(now)
    return [
        case
        for case in open_cases(ports, now)
        if (principal.has("administrator") or case.unit_in_charge == principal.unit)
        and assigning.is_unattended(case, model_of(ports, case), staff, day)
    ]
