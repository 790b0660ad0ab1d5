"""Every service is applied for in the portal, and put right there, as a browser without JavaScript
sends it."""

from typing import Any

import pytest

from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.ids import CaseNumber
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.signin import Claims
from chalicelib.usecases import decisions, payments, viewing
from chalicelib.web.slots import PREFIX, written
from tests.every_word import full
from tests.models import published
from tests.notices import epay_body
from tests.portal import Portal, hidden, opened
from tests.repeating import repeating
from tests.stepfunctions.applications import APPLICANT, SERVICES, answers_of, model
from tests.walker import Walker
from tests.world import citizen, official

WHO = Claims(sub="sub-0", name=APPLICANT.names, egn=APPLICANT.egn)


def answers(portal: Portal, number: str) -> Any:
    case = portal.world.cases.find(CaseNumber(number))
    unit = official(unit=case.unit)
    now = portal.world.now
    return viewing.office_case(portal.world, unit, case.number, "проверка", now).answers


def apply(portal: Portal, service: ServiceModel, given: dict[str, Any]) -> str:
    """The new case's number."""
    at = f"/bg/services/{service.service}/apply"
    page = portal.get(at)
    form = {**hidden(page), **written(service.form, given), "tier": service.fees[0].tier}
    check = portal.post(at, {**form, "action": "check"}, at, 200).body.decode()
    assert "Проверете" in check
    answer = portal.browser.post(at, {**hidden(check), "action": "submit"})
    assert answer.status_code == 303, answer.body
    return str(answer.headers["Location"]).split("/")[3]


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_applied_for(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(monkeypatch) as portal:
        if service != "permanent-address":
            portal.world.services.publish(published(model(service)), after=0)
        portal.as_(WHO)
        given = {k: v for k, v in answers_of(service).items() if v is not None}
        number = apply(portal, model(service), given)
        kept = answers(portal, number)
        assert {name: kept[name] for name in given if name != "names"} == {
            name: value for name, value in given.items() if name != "names"
        }
        assert portal.get(f"/bg/cases/{number}/receipt")


def test_a_list_is_put_right_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    data = full() | {"eligibility": [], "exemptions": []}
    form = repeating().model_dump(mode="json", exclude_none=True)["form"]
    service = ServiceModel.model_validate(data | {"form": form})
    heir = {"heir_name": "Анна", "heir_born": "1980-05-01"}
    with opened(monkeypatch) as portal:
        portal.world.services.publish(published(service, version=2), after=1)
        portal.as_(WHO)
        given: dict[str, Any] = {"purpose": "bank", "truth": True, "heirs": [heir]}
        number = apply(portal, service, given)
        case = portal.world.cases.find(CaseNumber(number))
        walker = Walker(portal.world, service)
        walker.settle(case.id)
        _pay_and_send_back(portal, walker, case.number)

        at = f"/bg/cases/{number}/correction"
        page = portal.get(at)
        assert 'value="Анна"' in page
        form_now = {**hidden(page), **written(service.form, given), "note": "Още един"}
        more = portal.post(at, {**form_now, "action": "add.heirs"}, at, 200).body.decode()
        assert 'id="heirs-1"' in more
        assert "Още един</textarea>" in more
        second = {
            f"{PREFIX}heirs-1-heir_name": "Боян",
            f"{PREFIX}heirs-1-heir_born": "1981-01-02",
        }
        sent = {**hidden(more), **written(service.form, given), **second, "note": "Още един"}
        assert portal.browser.post(at, {**sent, "rows.heirs": "2"}).status_code == 303
        assert [one["heir_name"] for one in answers(portal, number)["heirs"]] == ["Анна", "Боян"]


def _pay_and_send_back(portal: Portal, walker: Walker, number: CaseNumber) -> None:
    world, clerk = portal.world, official()
    case = world.cases.find(number)
    who = citizen().model_copy(update={"subject": case.applicant})
    _, invoice, _ = payments.begin_payment(world, who, number, "epay", "bg", world.now)
    body = epay_body(f"INVOICE={invoice}:STATUS=PAID", paid=True)
    payments.receive_notification(world, "epay", body, world.now)
    walker.settle(case.id)
    decisions.claim(world, clerk, number, None, world.now)
    decision = Decision(outcome="correct", facts="Липсва наследник", grounds="чл. 30")
    decisions.decide(world, clerk, number, decision, world.now)
    walker.settle(case.id)


def _dearer() -> ServiceModel:
    """The same service for two euro more."""
    data = full() | {"eligibility": [], "exemptions": []}
    for fee in data["fees"]:
        fee["amount"] = {**fee["amount"], "amount": fee["amount"]["amount"] + 200}
    return ServiceModel.model_validate(data)


def _cheaper() -> ServiceModel:
    return ServiceModel.model_validate(full() | {"eligibility": [], "exemptions": []})


def test_who_began_under_an_older_version_reads_what_is_new_before_it_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = "/en/services/permanent-address/apply"
    with opened(monkeypatch) as portal:
        services = portal.world.services
        services.publish(published(_cheaper(), version=2), after=1)
        portal.as_(WHO)
        page = portal.get(at)
        given: dict[str, Any] = {"purpose": "bank", "truth": True, "email": "me@example.org"}
        form = {**hidden(page), **written(_cheaper().form, given)}
        form["tier"] = _cheaper().fees[0].tier
        check = portal.post(at, {**form, "action": "check"}, at, 200).body.decode()
        assert "changed while" not in check

        services.publish(published(_dearer(), version=3), after=2)
        told = portal.post(at, {**hidden(check), "action": "submit"}, at, 422).body.decode()
        assert "changed while you were filling in" in told
        assert "to €" in told or "€" in told
        assert "me@example.org" in told  # nothing that they typed is lost

        sent = portal.browser.post(at, {**hidden(told), "action": "submit"})
        assert sent.status_code == 303
        number = CaseNumber(str(sent.headers["Location"]).split("/")[3])
        case = portal.world.cases.find(number)
        assert case.model_version == 3
        assert case.order.amount == _dearer().fees[0].amount


def test_a_change_that_does_not_concern_applicants_stops_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = "/en/services/permanent-address/apply"
    with opened(monkeypatch) as portal:
        portal.as_(WHO)
        page = portal.get(at)
        portal.world.services.publish(published(version=2), after=1)
        form = {**hidden(page), "tier": "regular", "answer.purpose": "bank", "answer.truth": "true"}
        assert portal.browser.post(at, {**form, "action": "submit"}).status_code == 303


def test_the_same_again_is_answered_as_before_although_the_service_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They pressed twice, and between the two the fee rose: there is one case, at the old fee."""
    at = "/en/services/permanent-address/apply"
    with opened(monkeypatch) as portal:
        services = portal.world.services
        services.publish(published(_cheaper(), version=2), after=1)
        portal.as_(WHO)
        form = {**hidden(portal.get(at)), "answer.purpose": "bank", "answer.truth": "true"}
        form |= {"tier": _cheaper().fees[0].tier, "action": "submit"}
        first = portal.browser.post(at, form)
        services.publish(published(_dearer(), version=3), after=2)
        told = portal.browser.post(at, form)
        again = portal.browser.post(at, {**hidden(told.body.decode()), "action": "submit"})
        assert first.headers["Location"] == again.headers["Location"]


@pytest.mark.parametrize("version", ["99", "-1", "0", "x", "９", "1" * 40])
def test_a_version_that_never_was_loses_nothing(
    version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = "/en/services/permanent-address/apply"
    with opened(monkeypatch) as portal:
        portal.as_(WHO)
        form = {"answer.purpose": "bank", "answer.truth": "true", "tier": "regular"}
        form |= {"version": version, "action": "submit", "answer.email": "me@example.org"}
        answer = portal.browser.post(at, {**hidden(portal.get(at)), **form})
        assert answer.status_code in {303, 422}
        if answer.status_code == 422:
            assert "me@example.org" in answer.body.decode()
