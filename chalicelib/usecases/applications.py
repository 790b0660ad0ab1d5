"""Applying for a service."""

from datetime import datetime

from pydantic import Field, JsonValue, TypeAdapter

from chalicelib.domain.access import Principal, require
from chalicelib.domain.cases.events import ApplicationFiled, Event
from chalicelib.domain.cases.evolve import begin, evolve_all
from chalicelib.domain.cases.filing import Application, file
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Fault, Invalid
from chalicelib.domain.ids import CHANCE_BYTES, CaseId, ServiceCode, case_number, new
from chalicelib.domain.services.conditions import Facts
from chalicelib.domain.services.entitlement import ineligible
from chalicelib.domain.services.language import Eligibility, Language
from chalicelib.domain.values import Value
from chalicelib.ports import Ports
from chalicelib.ports.cases import Taken
from chalicelib.usecases import idempotency
from chalicelib.usecases.changing import Beside, write
from chalicelib.usecases.idempotency import Asked
from chalicelib.usecases.outdating import changed_since

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class Filing(Value):
    """An application as it comes in, unchecked. `version` of the service is what the applicant
    read; without it they agree to what is current."""

    service: ServiceCode = Field(max_length=64)
    version: int | None = Field(default=None, ge=1)
    tier: str = Field(max_length=32)
    delivery: str = Field(max_length=32)
    language: Language = "bg"
    channel: str = Field(default="portal", max_length=32)
    capacity: str = Field(default="self", max_length=32)
    answers: dict[str, JsonValue] = Field(default_factory=dict)

    @property
    def facts(self) -> Facts:
        """What the model's conditions look at."""
        return self.application.facts

    @property
    def application(self) -> Application:
        """What is asked for."""
        return Application.model_validate(self.model_dump(exclude={"service", "version"}))


def check(ports: Ports, filing: Filing) -> None:
    """Raises NotFound for an unknown service, Invalid with every fault of the answers; if there is
    none, with every rule of eligibility that they do not meet; and with whatever has changed since
    the applicant read about the service."""
    current = ports.services.current(filing.service)
    model = current.model
    faults = ports.forms.faults(model.form.json_schema, filing.answers)
    refused = faults or tuple(map(_ineligible, ineligible(model, filing.facts)))
    refused = (*refused, *changed_since(ports, filing.version, current))
    if refused:
        raise Invalid(refused)


def _ineligible(rule: Eligibility) -> Fault:
    """What is said in each language; the page picks its own."""
    reason, ground = rule.otherwise, rule.ground
    facts = {"reason_bg": reason.bg, "reason_en": reason.en}
    facts |= {"ground_bg": ground.bg, "ground_en": ground.en}
    return Fault(field="", code="ineligible", facts=dict(facts))


def file_application(
    ports: Ports, principal: Principal, filing: Filing, key: str, now: datetime
) -> Case:
    """Opens a case. The same `key` gives the same case again, however often it is asked.

    Raises Forbidden (no citizen), NotFound (no such service), NotPossible (closed), Invalid,
    KeyReused (the key came before with something else).
    """
    require(principal, "citizen")
    asked = idempotency.asked(
        key, "application", filing.model_dump(mode="json", exclude={"version"})
    )
    return _remembered(ports, principal, asked) or _file(ports, principal, filing, asked, now)


def as_filed(ports: Ports, case: Case) -> Case:
    """The case as it stood when it was filed, whatever has happened since: read off its journal.

    For answering the same to who asks the same again.
    """
    if case.version == 1:
        return case
    first = [entry for entry in ports.cases.journal(case.id) if entry.version == 1]
    events = [_EVENT.validate_python({"kind": e.event, **e.data}) for e in first]
    if not events or not isinstance(events[0], ApplicationFiled):
        raise TypeError("a journal begins with the filing")
    return evolve_all(begin(case.id, events[0], first[0].at), events[1:], first[0].at)


def filled(ports: Ports, principal: Principal, filing: Filing) -> Filing:
    """The filing with what sign-in knows for certain: whatever was sent instead is ignored."""
    form = ports.services.current(filing.service).model.form
    certain: dict[str, JsonValue] = {
        name: principal.name
        for name, texts in form.texts.items()
        if texts.prefill == "names" and form.properties.get(name, {}).get("readOnly")
    }
    return filing.model_copy(update={"answers": {**filing.answers, **certain}})


def _remembered(ports: Ports, principal: Principal, asked: Asked) -> Case | None:
    before = idempotency.remembered(ports, principal, asked)
    return ports.cases.load(before.case) if before else None


def _file(ports: Ports, principal: Principal, filing: Filing, asked: Asked, now: datetime) -> Case:
    if principal.egn is None:
        raise Invalid([Fault(field="egn", code="required")])
    published = ports.services.current(filing.service)
    filing = filled(ports, principal, filing)
    check(ports, filing)
    year = ports.calendar.local_date(now).year
    code = ports.administration.code
    number = case_number(code, year, ports.cases.next_in(f"cases-{code}-{year}"))
    events = file(
        number,
        filing.application,
        principal,
        published.model,
        published.version,
        now,
        ports.calendar,
    )
    case_id = CaseId(new(now, ports.chance(CHANCE_BYTES)))
    remembered = idempotency.record(principal, asked, case_id, number, now)
    filed = events[0]
    if not isinstance(filed, ApplicationFiled):
        raise TypeError("an application begins with its filing")
    try:
        return write(
            ports,
            begin(case_id, filed, now),
            events,
            principal.actor,
            now,
            Beside(remembered=remembered),
        )
    except Taken:
        twin = _remembered(ports, principal, asked)
        if twin is None:
            raise
        return twin
