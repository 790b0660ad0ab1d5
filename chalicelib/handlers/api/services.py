"""What is offered: services, and all that a caller needs to apply for one. Public."""

from datetime import date

from chalice import Blueprint
from pydantic import Field, JsonValue

from chalicelib.domain.ids import ServiceCode
from chalicelib.domain.money import Money
from chalicelib.domain.services import fees
from chalicelib.domain.services.forms import Group
from chalicelib.domain.services.language import (
    Appeal,
    FieldTexts,
    LegalGround,
    ServiceModel,
    Silence,
    Text,
)
from chalicelib.handlers.api.call import Call
from chalicelib.handlers.api.models import Said, TermView
from chalicelib.handlers.api.operations import operation
from chalicelib.ports.services import Published

bp = Blueprint(__name__)
# Services change with a publication; a caller that is a minute late harms nobody.
PUBLIC = "public, max-age=60"


class ServiceItem(Said):
    """A service in the list."""

    code: ServiceCode
    register_number: str
    title: Text
    summary: Text
    status: str
    link: str


class ServiceList(Said):
    """A page of services."""

    items: tuple[ServiceItem, ...]
    next: str | None


class FormView(Said):
    """The form: the JSON Schema (2020-12) of `answers`, and how each field is asked."""

    schema_: dict[str, JsonValue] = Field(alias="schema")
    groups: tuple[Group, ...]
    texts: dict[str, FieldTexts]


class FeeView(Said):
    """What one tier with one way of delivery costs and how long it takes, `valid_to` included."""

    tier: str
    delivery: str
    amount: Money
    term: TermView
    valid_from: date
    valid_to: date | None
    valid_today: bool


class PhaseView(Said):
    """A phase as anybody may know it, with the term of its own where it has one."""

    id: str
    kind: str
    title: Text
    term: TermView | None


class DeliveryView(Said):
    """A way to get the result; `code` is the national nomenclature's."""

    id: str
    code: str
    title: Text


class ServiceView(Said):
    """A service."""

    code: ServiceCode
    version: int
    register_number: str
    title: Text
    summary: Text
    what_you_get: Text
    who_may_apply: Text
    what_you_need: tuple[Text, ...]
    legal_grounds: tuple[LegalGround, ...]
    assurance: str
    status: str
    closed_because: Text | None
    form: FormView
    fees: tuple[FeeView, ...]
    phases: tuple[PhaseView, ...]
    term_begins: str
    deliveries: tuple[DeliveryView, ...]
    appeal: Appeal
    silence: Silence


@operation(bp, "GET", "/services", ServiceList, cache=PUBLIC)
def list_services(call: Call) -> ServiceList:
    """All services, by code."""
    found = call.ports.services.all_current()
    return ServiceList(items=tuple(_item(call, one.model) for one in found), next=None)


def _item(call: Call, model: ServiceModel) -> ServiceItem:
    return ServiceItem(
        code=model.service,
        register_number=model.register_number,
        title=model.title,
        summary=model.summary,
        status=model.status,
        link=call.link(f"/services/{model.service}"),
    )


@operation(bp, "GET", "/services/{code}", ServiceView, problems=(404,), cache=PUBLIC)
def show_service(call: Call, code: str) -> ServiceView:
    """A service with its form, fees, terms and ways of delivery."""
    published = call.ports.services.current(ServiceCode(code))
    return _view(published, call.ports.calendar.local_date(call.now))


def _view(published: Published, today: date) -> ServiceView:
    model = published.model
    own = model.model_dump(
        include={*ServiceView.model_fields} - {"form", "fees", "phases", "deliveries", "code"}
    )
    return ServiceView(
        **own,
        code=model.service,
        version=published.version,
        form=FormView(
            schema=model.form.json_schema, groups=model.form.groups, texts=dict(model.form.texts)
        ),
        fees=_fees(model, today),
        phases=tuple(
            PhaseView(
                id=phase.id,
                kind=phase.kind,
                title=phase.title,
                term=TermView.of(phase.term) if phase.term else None,
            )
            for phase in model.phases
        ),
        term_begins=model.arrival,
        deliveries=tuple(
            DeliveryView(id=one.id, code=one.code, title=one.title) for one in model.deliveries
        ),
    )


def _fees(model: ServiceModel, today: date) -> tuple[FeeView, ...]:
    return tuple(
        FeeView(
            tier=fee.tier,
            delivery=fee.delivery,
            amount=fee.amount,
            term=TermView.of(fee.term),
            valid_from=fee.valid_from,
            valid_to=fee.valid_to,
            valid_today=fees.holds(fee, today),
        )
        for fee in model.fees
    )
