"""Filing an application."""

from datetime import datetime

from pydantic import JsonValue

from chalicelib.domain import deadlines
from chalicelib.domain.access import Principal
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.term import arrive
from chalicelib.domain.errors import Fault, Invalid, NotPossible
from chalicelib.domain.ids import CaseNumber
from chalicelib.domain.services.conditions import Facts
from chalicelib.domain.services.entitlement import fee_after_exemptions
from chalicelib.domain.services.facts import filed_facts
from chalicelib.domain.services.language import Fee, Language, ServiceModel
from chalicelib.domain.values import Value


class Application(Value):
    """What the applicant asks for, and in which capacity; checked against the form before."""

    language: Language
    tier: str
    delivery: str
    channel: str
    capacity: str = "self"
    answers: dict[str, JsonValue]

    @property
    def facts(self) -> Facts:
        """What the model's conditions look at."""
        return filed_facts(
            self.answers,
            tier=self.tier,
            delivery=self.delivery,
            channel=self.channel,
            capacity=self.capacity,
        )


def file(
    number: CaseNumber,
    application: Application,
    applicant: Principal,
    model: ServiceModel,
    model_version: int,
    now: datetime,
    calendar: Calendar,
) -> list[e.Event]:
    """What filing means. Raises NotPossible for a closed service, Invalid for a wrong choice."""
    if model.status != "open":
        raise NotPossible("service-closed", service=model.service)
    fee = _fee(application, model, now, calendar)
    amount, exemption = fee_after_exemptions(model, fee, application.facts)
    deadline = deadlines.due(now, fee.term, calendar)
    filed = e.ApplicationFiled(
        number=number,
        service=model.service,
        model_version=model_version,
        channel=application.channel,
        language=application.language,
        applicant=applicant.subject,
        unit=model.unit,
        tier=application.tier,
        delivery=application.delivery,
        capacity=application.capacity,
        fee=amount,
        exemption=exemption.id if exemption else None,
        deadline=deadline,
        private={
            "person": {"name": applicant.name, "egn": applicant.egn},
            "answers": dict(application.answers),
        },
    )
    arrives = model.arrival == "filed" or amount.amount == 0
    return [filed, arrive(model, deadline, calendar)] if arrives else [filed]


def _fee(application: Application, model: ServiceModel, now: datetime, calendar: Calendar) -> Fee:
    if application.channel not in model.channels:
        raise Invalid([Fault(field="channel", code="not-offered")])
    if application.capacity not in model.applicants:
        raise Invalid([Fault(field="capacity", code="not-offered")])
    return model.fee(application.tier, application.delivery, calendar.local_date(now))
