"""Applying for a service."""

import hashlib
from datetime import datetime, timedelta

import rfc8785
from pydantic import Field, JsonValue

from chalicelib.domain.access import Principal, require
from chalicelib.domain.cases.events import ApplicationFiled
from chalicelib.domain.cases.evolve import begin
from chalicelib.domain.cases.filing import Application, file
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Fault, Invalid, KeyReused
from chalicelib.domain.ids import CHANCE_BYTES, CaseId, ServiceCode, case_number, new
from chalicelib.domain.services.language import Language
from chalicelib.domain.values import Value
from chalicelib.ports import Ports
from chalicelib.ports.cases import Remembered, Taken
from chalicelib.usecases.changing import Beside, write

# How long the same key gets the same answer.
REMEMBERED_FOR = timedelta(days=7)


class Filing(Value):
    """An application as it comes in, unchecked."""

    service: ServiceCode = Field(max_length=64)
    tier: str = Field(max_length=32)
    delivery: str = Field(max_length=32)
    language: Language = "bg"
    channel: str = Field(default="portal", max_length=32)
    answers: dict[str, JsonValue] = Field(default_factory=dict)


def check(ports: Ports, filing: Filing) -> None:
    """Raises NotFound for an unknown service, Invalid with every fault of the answers."""
    model = ports.services.current(filing.service).model
    faults = ports.forms.faults(model.form.json_schema, filing.answers)
    if faults:
        raise Invalid(faults)


def file_application(
    ports: Ports, principal: Principal, filing: Filing, key: str, now: datetime
) -> Case:
    """Opens a case. The same `key` gives the same case again, however often it is asked.

    Raises Forbidden (no citizen), NotFound (no such service), NotPossible (closed), Invalid,
    KeyReused (the key came before with something else).
    """
    require(principal, "citizen")
    digest = hashlib.sha256(rfc8785.dumps(filing.model_dump(mode="json"))).hexdigest()
    return _remembered(ports, principal, key, digest) or _file(
        ports, principal, filing, key, digest, now
    )


def filled(ports: Ports, principal: Principal, filing: Filing) -> Filing:
    """The filing with what sign-in knows for certain: whatever was sent instead is ignored."""
    form = ports.services.current(filing.service).model.form
    certain: dict[str, JsonValue] = {
        name: principal.name
        for name, texts in form.texts.items()
        if texts.prefill == "names" and form.properties.get(name, {}).get("readOnly")
    }
    return filing.model_copy(update={"answers": {**filing.answers, **certain}})


def _remembered(ports: Ports, principal: Principal, key: str, digest: str) -> Case | None:
    before = ports.records.remembered(principal.subject, key)
    if before is None:
        return None
    if before.digest != digest:
        raise KeyReused(key=key)
    return ports.cases.load(before.case)


def _file(
    ports: Ports, principal: Principal, filing: Filing, key: str, digest: str, now: datetime
) -> Case:
    if principal.egn is None:
        raise Invalid([Fault(field="egn", code="required")])
    published = ports.services.current(filing.service)
    filing = filled(ports, principal, filing)
    check(ports, filing)
    application = Application.model_validate(filing.model_dump(exclude={"service"}))
    year = ports.calendar.local_date(now).year
    code = ports.administration.code
    number = case_number(code, year, ports.cases.next_in(f"cases-{code}-{year}"))
    events = file(
        number, application, principal, published.model, published.version, now, ports.calendar
    )
    case_id = CaseId(new(now, ports.chance(CHANCE_BYTES)))
    remembered = Remembered(
        subject=principal.subject,
        key=key,
        digest=digest,
        case=case_id,
        result=number,
        expires=now + REMEMBERED_FOR,
    )
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
        twin = _remembered(ports, principal, key, digest)
        if twin is None:
            raise
        return twin
