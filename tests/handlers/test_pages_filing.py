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
