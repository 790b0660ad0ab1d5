"""Conditions as data, and the ways that the language itself reserves."""

from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.domain.services.conditions import Rule, facts_of, judge
from chalicelib.domain.services.routes import (
    SILENCE,
    WITHDRAWN,
    can_be_withdrawn,
    can_fall_silent,
    closing,
    following,
)
from tests.models import permanent_address

FACTS: dict[str, Any] = {"tier": "fast", "area": 12, "truth": True, "note": ""}
FAST = {"fact": "tier", "equals": "fast"}
SLOW = {"fact": "tier", "equals": "regular"}


@pytest.mark.parametrize(
    ("rule", "holds", "remark"),
    [
        (FAST, True, "equal"),
        (SLOW, False, "another"),
        ({"fact": "truth", "equals": True}, True, "a boolean"),
        ({"fact": "area", "equals": True}, False, "a number is no boolean"),
        ({"fact": "tier", "one_of": ["fast", "express"]}, True, "one of several"),
        ({"fact": "area", "one_of": ["12"]}, False, "a number is no word"),
        ({"fact": "area", "at_least": 12}, True, "the bound counts"),
        ({"fact": "area", "at_most": 11}, False, "above"),
        ({"fact": "area", "at_least": 13, "at_most": 20}, False, "below"),
        ({"fact": "truth", "at_least": 0}, False, "a boolean is no number"),
        ({"fact": "note", "present": True}, False, "empty is not there"),
        ({"fact": "missing", "present": False}, True, "not there"),
        ({"all": [FAST, SLOW]}, False, "one is missing"),
        ({"any": [FAST, SLOW]}, True, "one is enough"),
        ({"none": [SLOW]}, True, "none holds"),
    ],
)
def test_a_condition_holds_or_not(rule: dict[str, Any], holds: bool, remark: str) -> None:
    assert judge(Rule.model_validate(rule), FACTS).holds is holds, remark


def test_what_decided_is_said() -> None:
    because = {"bg": "Бърза услуга", "en": "Fast service"}
    rule = Rule.model_validate({"any": [{**FAST, "because": because}, SLOW], "because": because})
    assert [text.en for text in judge(rule, FACTS).because] == ["Fast service", "Fast service"]
    assert facts_of(rule) == {"tier"}


@pytest.mark.parametrize(
    "rule", [{}, {"fact": "tier"}, {**FAST, "present": True}, {**FAST, "all": [SLOW]}]
)
def test_a_condition_says_one_thing(rule: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="a condition has"):
        Rule.model_validate(rule)


def test_conditions_cannot_be_bottomless() -> None:
    rule: dict[str, Any] = FAST
    for _ in range(5):
        rule = {"all": [rule]}
    with pytest.raises(ValidationError, match="deep"):
        Rule.model_validate(rule)


def test_silence_and_withdrawal_have_their_ways() -> None:
    data = permanent_address().model_dump(mode="json")
    data["silence"]["next"] = "refusing"
    data["withdrawal"] = {"ground": {"bg": "АПК", "en": "APC"}}
    model = type(permanent_address()).model_validate(data)
    assert following(model, "examination", SILENCE) == "refusing"
    assert following(model, "examination", WITHDRAWN) is None
    assert following(model, "examination", "approve") == "issuing"
    assert closing(model, "examination", SILENCE) is None
    assert closing(model, "examination", WITHDRAWN) == "withdrawn"
    assert closing(model, "delivery", "delivered") == "issued"
    examination, payment = model.phase("examination"), model.phase("payment")
    assert can_be_withdrawn(model, examination)
    assert can_fall_silent(model, examination)
    assert not can_fall_silent(model, payment)
    assert not can_be_withdrawn(permanent_address(), examination)
