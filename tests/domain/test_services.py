"""The service-model language: what it refuses, what its checks find, which fee holds."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import rfc8785
from pydantic import ValidationError

from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.money import Money
from chalicelib.domain.services.checks import findings
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.surroundings import Surroundings
from chalicelib.domain.services.words import Term
from tests.models import permanent_address

Json = dict[str, Any]
Change = Callable[[Json], object]
AROUND = Surroundings(templates=frozenset({"certificate-permanent-address", "refusal"}))
NEXT_YEAR = date(2027, 1, 1)


def changed(change: Change) -> ServiceModel:
    data = deepcopy(permanent_address().model_dump(mode="json"))
    change(data)
    return ServiceModel.model_validate(data)


def found(change: Change) -> list[str]:
    return [str(finding) for finding in findings(changed(change), AROUND)]


def phase(data: Json, name: str) -> Json:
    one: Json = next(p for p in data["phases"] if p["id"] == name)
    return one


def fields(data: Json) -> Json:
    one: Json = data["form"]["json_schema"]["properties"]
    return one


def test_the_repositorys_models_have_nothing_wrong() -> None:
    assert findings(permanent_address(), AROUND) == ()


def test_a_model_survives_the_table() -> None:
    model = permanent_address()
    stored = rfc8785.dumps(model.model_dump(mode="json"))
    assert ServiceModel.model_validate_json(stored) == model


@pytest.mark.parametrize(
    ("change", "word", "remark"),
    [
        (lambda d: d["title"].pop("en"), "title", "a language is missing"),
        (lambda d: d["title"].update(en="  "), "title", "a language is blank"),
        (lambda d: d.update(colour="red"), "colour", "an unknown word"),
        (lambda d: d.pop("appeal"), "appeal", "something is missing"),
        (lambda d: d.update(status="closed"), "closed_because", "closed, and nobody knows why"),
        (lambda d: d.update(closed_because=d["title"]), "closed_because", "open, with a reason"),
        (lambda d: d.update(service="Адрес"), "service", "not a code"),
        (lambda d: phase(d, "payment").update(kind="magic"), "kind", "an unknown kind"),
        (lambda d: phase(d, "payment").update(term="2 fortnights"), "term", "an unknown unit"),
        (lambda d: phase(d, "payment").update(outcomes={}), "outcomes", "no way out"),
        (
            lambda d: phase(d, "payment")["outcomes"]["paid"].update(close="issued"),
            "paid",
            "both next and close",
        ),
        (
            lambda d: phase(d, "payment")["outcomes"]["paid"].update(next=None),
            "paid",
            "neither next nor close",
        ),
        (
            lambda d: phase(d, "payment")["milestones"][0].update(before=None),
            "milestones",
            "neither at nor before",
        ),
        (
            lambda d: phase(d, "payment")["milestones"][1].update(outcome=None),
            "milestones",
            "an expiry to nowhere",
        ),
        (
            lambda d: phase(d, "examination")["milestones"][1].update(to=None),
            "milestones",
            "an escalation to nobody",
        ),
        (lambda d: d["fees"][0].update(amount="2.5 USD"), "amount", "a foreign currency"),
        (lambda d: d["fees"][0].update(amount="2.567 EUR"), "amount", "a part of a cent"),
    ],
)
def test_the_language_refuses(change: Change, word: str, remark: str) -> None:
    with pytest.raises(ValidationError, match=word):
        changed(change)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (
            lambda d: phase(d, "payment")["outcomes"]["paid"].update(next="examinaton"),
            "no phase 'examinaton'; did you mean 'examination'?",
        ),
        (lambda d: d.update(first="baking"), "no phase 'baking'; there is delivery"),
        (
            lambda d: phase(d, "examination")["outcomes"].pop("refuse"),
            "no case ever comes to 'refusing'",
        ),
        (
            lambda d: phase(d, "delivery")["outcomes"]["delivered"].update(
                close=None, next="issuing"
            ),
            "a case that comes to 'issuing' never ends",
        ),
        (lambda d: d["phases"].append(phase(d, "issuing")), "a second phase 'issuing'"),
        (lambda d: phase(d, "payment").update(id="start"), "'start' is taken"),
        (lambda d: phase(d, "examination").update(role=None), "nobody is in charge"),
        (lambda d: phase(d, "examination").update(unit=None), "nobody is in charge"),
        (lambda d: phase(d, "examination").update(term=None), "may take for ever"),
        (lambda d: phase(d, "examination").update(term=None), "the phase needs a term"),
        (
            lambda d: phase(d, "payment")["milestones"][1].update(outcome="unpayed"),
            "no outcome 'unpayed'; did you mean 'unpaid'?",
        ),
        (lambda d: phase(d, "payment")["milestones"].pop(), "waits for money for ever"),
        (
            lambda d: phase(d, "issuing").update(milestones=phase(d, "payment")["milestones"]),
            "runs by itself",
        ),
        (lambda d: phase(d, "issuing").update(template="refusel"), "did you mean 'refusal'?"),
        (lambda d: phase(d, "issuing").update(template=None), "makes no document"),
        (
            lambda d: phase(d, "delivery").update(template="refusal"),
            "only a phase of kind document",
        ),
        (lambda d: phase(d, "issuing").update(evidence=["income"]), "no evidence 'income'"),
        (lambda d: phase(d, "examination").update(terms={"express": "1 hour"}), "tier 'express'"),
        (lambda d: d["evidence"][0].update(ask="income"), "no register answers 'uscrasp/income'"),
        (lambda d: d["results"].pop(), "'refusal' is not among the results"),
        (lambda d: d["results"][0].update(template="poem"), "no phase makes the result"),
        (lambda d: d["title"].update(en="Удостоверение"), "Bulgarian in the English text"),
        (lambda d: d["fees"].append(d["fees"][0]), "two fees hold on the same day"),
        (
            lambda d: d["fees"][0].update(valid_to="2026-06-30"),
            "no fee after this day",
        ),
        (
            lambda d: d["fees"][0].update(valid_to="2025-06-30"),
            "the fee ends before it begins",
        ),
        (
            lambda d: (
                d["fees"].append(d["fees"][0] | {"valid_from": "2027-02-01"}),
                d["fees"][0].update(valid_to="2026-12-31"),
            ),
            "days without a fee before this one; begin on 2027-01-01",
        ),
        (lambda d: d.update(phases=d["phases"][1:], first="examination"), "a fee, and no phase"),
        (lambda d: d.update(phases=d["phases"][1:], first="examination"), "nothing is ever paid"),
        (lambda d: d["form"]["texts"].pop("email"), "the field 'email' has no texts"),
        (lambda d: fields(d).pop("email"), "no field 'email'"),
        (lambda d: d["form"]["groups"].pop(), "the field 'truth' is never asked"),
        (lambda d: d["form"]["groups"][0]["fields"].append("email"), "'email' is asked twice"),
        (
            lambda d: d["form"]["texts"]["purpose"]["options"].pop("bank"),
            "the choice 'bank' has no text",
        ),
        (lambda d: fields(d)["purpose"]["enum"].pop(), "no choice 'other'"),
        (
            lambda d: d["form"]["texts"]["purpose_other"]["when"].update(field="email"),
            "'purpose_other' depends on 'email', which is not asked before it",
        ),
        (
            lambda d: d["form"]["texts"]["purpose_other"]["when"].update(equals="others"),
            "'purpose' is never that; did you mean 'other'?",
        ),
        (
            lambda d: d["form"]["json_schema"]["required"].append("purpose_other"),
            "always required, but only sometimes asked",
        ),
        (lambda d: d["form"]["json_schema"]["required"].append("iban"), "no field 'iban'"),
        (
            lambda d: d["form"]["json_schema"].update(additionalProperties=True),
            "fields that nobody knows",
        ),
    ],
)
def test_the_checks_find(change: Change, finding: str) -> None:
    assert any(finding in said for said in found(change)), found(change)


def test_every_fault_is_found_at_once() -> None:
    def spoil(data: Json) -> None:
        phase(data, "examination").update(role=None)
        data["title"]["en"] = "Удостоверение"
        data["fees"].append(data["fees"][0])

    assert len(found(spoil)) == 3


@pytest.mark.parametrize(
    ("tier", "on", "amount", "remark"),
    [
        ("regular", date(2026, 1, 1), 256, "the first day"),
        ("regular", date(2026, 12, 31), 256, "the last day of the old fee"),
        ("regular", NEXT_YEAR, 300, "the first day of the new one"),
        ("fast", NEXT_YEAR, 512, "another tier has its own dates"),
    ],
)
def test_the_fee_of_the_day(tier: str, on: date, amount: int, remark: str) -> None:
    def raise_fee(data: Json) -> None:
        new = data["fees"][0] | {"valid_from": "2027-01-01", "amount": "3.00 EUR"}
        data["fees"][0]["valid_to"] = "2026-12-31"
        data["fees"].append(new)

    assert changed(raise_fee).fee(tier, "portal", on).amount == Money(amount=amount), remark


@pytest.mark.parametrize(
    ("tier", "delivery", "on", "code"),
    [
        ("express", "portal", NEXT_YEAR, "unknown-tier"),
        ("regular", "pigeon", NEXT_YEAR, "no-such-delivery-for-tier"),
        ("regular", "portal", date(2025, 12, 31), "no-fee-on-date"),
    ],
)
def test_a_fee_that_there_is_not(tier: str, delivery: str, on: date, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        permanent_address().fee(tier, delivery, on)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_phases_and_evidence_by_name() -> None:
    model = permanent_address()
    assert model.phase("issuing").kind == "document"
    assert model.source("permanent-address").source == "uscrasp"
    with pytest.raises(NotFound):
        model.phase("baking")
    with pytest.raises(NotFound):
        model.source("income")


@pytest.mark.parametrize(
    ("tier", "words"), [("regular", "2 working-days"), ("fast", "1 working-day")]
)
def test_a_tier_may_have_its_own_term(tier: str, words: str) -> None:
    term = permanent_address().phase("examination").term_for(tier)
    assert term == Term.model_validate(words)


def test_the_form_is_asked_in_the_order_of_its_groups() -> None:
    order = permanent_address().form.order
    assert order == ("names", "purpose", "purpose_other", "email", "phone", "truth")


def test_three_fees_that_follow_each_other_are_well() -> None:
    def follow(data: Json) -> None:
        fees = data["fees"]
        fees[0]["valid_to"] = "2026-12-31"
        fees.append(fees[0] | {"valid_from": "2027-01-01", "valid_to": "2027-12-31"})
        fees.append(fees[0] | {"valid_from": "2028-01-01", "valid_to": None})

    assert found(follow) == []
