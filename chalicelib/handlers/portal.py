"""The portal: finding a service and applying for it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from chalice import Blueprint, Response
from pydantic import JsonValue

from chalicelib.domain.access import Principal, require
from chalicelib.domain.errors import Fault, Invalid, NotFound, NotPossible
from chalicelib.domain.ids import ServiceCode
from chalicelib.domain.services.language import ServiceModel
from chalicelib.handlers import problems
from chalicelib.handlers.http import page
from chalicelib.handlers.visit import Visit
from chalicelib.ports.services import Published
from chalicelib.usecases import applications as filing
from chalicelib.usecases import signin
from chalicelib.usecases.applications import Filing
from chalicelib.usecases.outdating import about_changes
from chalicelib.web import forms
from chalicelib.web.i18n import N_, say
from chalicelib.web.pages.common import AccessibilityPage, NotSignedInPage, PrivacyPage
from chalicelib.web.pages.portal import HomePage, ServicesPage
from chalicelib.web.presenting import applications, services

bp = Blueprint(__name__)

_AT_HOME = 6
_LONGEST_QUERY = 100
_LONGEST_CODE = 32
_LONGEST_VERSION = 6
_VERSION = re.compile(r"[^0-9]+", re.ASCII)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
# The day of the last check by people; machines check with every change.
_CHECKED_ON = date(2026, 11, 23)
_WHY_SIGN_IN = N_("To apply for “%(service)s” you have to sign in.")


@page(bp, "/")
def home(visit: Visit) -> Response:
    """The first page."""
    models = _models(visit)[:_AT_HOME]
    today = _today(visit)
    cards = tuple(services.card(model, visit.language, today) for model in models)
    return visit.show(HomePage(services=cards))


@page(bp, "/services")
def list_services(visit: Visit) -> Response:
    """All services, or those that `q` finds."""
    query = " ".join(visit.query("q")[:_LONGEST_QUERY].split())
    models = services.found(_models(visit), query)
    cards = tuple(services.card(model, visit.language, _today(visit)) for model in models)
    return visit.show(ServicesPage(query=query, services=cards))


@page(bp, "/services/{code}")
def show_service(visit: Visit, code: str) -> Response:
    """What to know before applying."""
    return visit.show(services.page(_published(visit, code).model, visit.language, _today(visit)))


@page(bp, "/services/{code}/apply")
def begin_application(visit: Visit, code: str) -> Response:
    """The empty form, with what sign-in knows."""
    published = _open(visit, code)
    model = published.model
    if visit.somebody is None:
        why = say(visit.language, _WHY_SIGN_IN, service=model.title.in_(visit.language))
        path = f"/{visit.language}/signin?next=/services/{model.service}/apply"
        return visit.show(NotSignedInPage(continue_path=path, why=why))
    require(visit.principal, "citizen")
    typed = forms.typed(model.form, _known(visit.principal))
    return _form(visit, published, {**typed, "token": signin.new_secret(visit.ports)})


@page(bp, "/services/{code}/apply", method="POST")
def continue_application(visit: Visit, code: str) -> Response:
    """`check` shows the answers once more, `change` the form again, `submit` files; `add` and
    `remove` change how many things a repeating group asks for."""
    published, principal = _open(visit, code), visit.principal
    require(principal, "citizen")
    model = published.model
    posted, action = _posted(visit, model), visit.form.get("action", "")
    if action == "change":
        return _form(visit, published, posted)
    if changed := forms.after_button(model.form, posted, action):
        return _form(visit, published, changed)
    posted = forms.compacted(model.form, posted)
    answers = forms.answers(model.form, posted, _known(principal))
    request = _filing(visit, model, posted, answers)
    try:
        _check(visit, model, request)
        if action != "submit":
            return _check_page(visit, published, posted, answers)
        case = filing.file_application(visit.ports, principal, request, posted["token"], visit.now)
    except Invalid as wrong:
        return _refused(visit, published, posted, answers, wrong.faults)
    return visit.go(f"/cases/{case.number}/receipt")


def _refused(
    visit: Visit,
    published: Published,
    posted: dict[str, str],
    answers: dict[str, JsonValue],
    faults: tuple[Fault, ...],
) -> Response:
    """What is wrong. Where only the service has changed, their answers once more with the news."""
    now_read = {**posted, "version": str(published.version)}
    if len(about_changes(faults)) == len(faults):
        return _check_page(visit, published, now_read, answers, faults)
    return _form(visit, published, now_read, faults)


@page(bp, "/accessibility")
def show_accessibility(visit: Visit) -> Response:
    """The accessibility statement."""
    return visit.show(AccessibilityPage(checked_on=_CHECKED_ON))


@page(bp, "/privacy")
def show_privacy(visit: Visit) -> Response:
    """What is done with personal data."""
    return visit.show(PrivacyPage())


@page(bp, "/{proxy+}")
def show_missing(visit: Visit) -> Response:
    """Every address that nothing else answers."""
    missing = NotFound(what="page")
    if visit.path.startswith("/api/"):
        return problems.answer(missing, visit.language)
    raise missing


def _models(visit: Visit) -> list[ServiceModel]:
    return [published.model for published in visit.ports.services.all_current()]


def _published(visit: Visit, code: str) -> Published:
    return visit.ports.services.current(ServiceCode(code[: _LONGEST_CODE * 2]))


def _open(visit: Visit, code: str) -> Published:
    published = _published(visit, code)
    if published.model.status != "open":
        raise NotPossible("service-closed", service=published.model.service)
    return published


def _today(visit: Visit) -> date:
    return visit.ports.calendar.local_date(visit.now)


def _known(principal: Principal) -> dict[str, str]:
    return {"names": principal.name}


def _posted(visit: Visit, model: ServiceModel) -> dict[str, str]:
    """The form's own fields and no others: they travel on in hidden fields."""
    form = visit.form
    token = form.get("token", "")
    return {
        **forms.own(model.form, form),
        **forms.fixed(model.form, _known(visit.principal)),
        "tier": form.get("tier", "")[:_LONGEST_CODE],
        "capacity": form.get("capacity", "")[:_LONGEST_CODE] or model.applicants[0],
        "delivery": form.get("delivery", "")[:_LONGEST_CODE] or model.deliveries[0].id,
        "version": _VERSION.sub("", form.get("version", ""))[:_LONGEST_VERSION],
        "token": token if _TOKEN.fullmatch(token) else signin.new_secret(visit.ports),
    }


def _filing(
    visit: Visit, model: ServiceModel, posted: Mapping[str, str], answers: dict[str, JsonValue]
) -> Filing:
    return Filing(
        service=model.service,
        version=int(posted["version"] or 0) or None,
        tier=posted["tier"],
        delivery=posted["delivery"],
        language=visit.language,
        capacity=posted["capacity"],
        answers=answers,
    )


def _check(visit: Visit, model: ServiceModel, request: Filing) -> None:
    """Raises Invalid with every fault, those of the term among them."""
    faults = list[Fault]()
    for check in (
        lambda: filing.check(visit.ports, request),
        lambda: model.fee(request.tier, request.delivery, _today(visit)),
    ):
        try:
            check()
        except Invalid as wrong:
            faults += wrong.faults
    if faults:
        raise Invalid(faults)


def _check_page(
    visit: Visit,
    published: Published,
    posted: Mapping[str, str],
    answers: dict[str, JsonValue],
    faults: tuple[Fault, ...] = (),
) -> Response:
    today = _today(visit)
    content = applications.check_page(
        published.model, visit.language, today, answers, posted, faults
    )
    return visit.show(content, status=422 if faults else 200, switch_form="application")


def _form(
    visit: Visit, published: Published, typed: Mapping[str, str], faults: tuple[Fault, ...] = ()
) -> Response:
    read = int(typed.get("version") or published.version)
    today = _today(visit)
    content = applications.form_page(published.model, visit.language, today, typed, read, faults)
    unasked = tuple(fault for fault in faults if fault not in about_changes(faults))
    if unasked and not content.errors:  # nothing that the form asks: say it all the same
        content = replace(content, errors=applications.unasked(unasked, visit.language))
    return visit.show(content, status=422 if faults else 200, switch_form="application")
