"""Who may apply and who pays less: given an application, expected rules and fees."""

from typing import Any

import pytest

from chalicelib.domain.money import Money
from chalicelib.domain.services.entitlement import fee_after_exemptions, ineligible
from chalicelib.domain.services.facts import filed_facts
from chalicelib.domain.services.language import ServiceModel
from tests.models import permanent_address

TEXT = {"bg": "Текст", "en": "Text"}


def model(percents: dict[str, int], amount: str = "2.56 EUR") -> ServiceModel:
    """Exemptions of so many percent by purpose; nobody abroad may apply."""
    data = permanent_address().model_dump(mode="json")
    data["exemptions"] = [
        {
            "id": f"for-{purpose}-{percent}",
            "title": TEXT,
            "ground": TEXT,
            "percent": percent,
            "when": {"fact": "purpose", "one_of": [purpose, "court"]},
        }
        for purpose, percent in percents.items()
    ]
    rule = {"none": [{"fact": "purpose", "equals": "abroad"}]}
    data["eligibility"] = [{"id": "here", "when": rule, "otherwise": TEXT, "ground": TEXT}]
    data["fees"][0]["amount"] = amount
    return ServiceModel.model_validate(data)


def facts(purpose: str) -> Any:
    return filed_facts({"purpose": purpose}, tier="regular", delivery="portal", channel="portal")


@pytest.mark.parametrize(
    ("percents", "amount", "purpose", "left", "why", "remark"),
    [
        ({}, "2.56 EUR", "bank", 256, None, "no exemptions"),
        ({"school": 50}, "2.56 EUR", "bank", 256, None, "does not hold"),
        ({"school": 50}, "2.56 EUR", "school", 128, "for-school-50", "half"),
        ({"school": 50}, "2.55 EUR", "school", 127, "for-school-50", "half a cent is waived"),
        ({"school": 99}, "0.01 EUR", "school", 0, "for-school-99", "next to nothing is nothing"),
        ({"school": 100}, "2.56 EUR", "school", 0, "for-school-100", "free"),
        ({"bank": 10, "school": 80}, "1.00 EUR", "court", 20, "for-school-80", "the larger"),
        ({"school": 80, "bank": 10}, "1.00 EUR", "court", 20, "for-school-80", "in any order"),
        ({"school": 50}, "0.00 EUR", "school", 0, None, "free anyway"),
    ],
)
def test_the_fee_after_exemptions(
    percents: dict[str, int], amount: str, purpose: str, left: int, why: str | None, remark: str
) -> None:
    service = model(percents, amount)
    paid, exemption = fee_after_exemptions(service, service.fees[0], facts(purpose))
    assert (paid, exemption and exemption.id) == (Money(amount=left), why), remark


@pytest.mark.parametrize(("purpose", "rules"), [("bank", []), ("abroad", ["here"])])
def test_who_may_not_apply(purpose: str, rules: list[str]) -> None:
    assert [rule.id for rule in ineligible(model({}), facts(purpose))] == rules
