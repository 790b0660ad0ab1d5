"""The machine interface takes lists as the schema says, tells what is wrong in which one, and
counts who may apply, in which capacity, and who pays less."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api import OWNER, Answered, Api, opened
from tests.models import published
from tests.repeating import repeating

HEIR = {"heir_name": "Анна", "heir_born": "1980-05-01"}
ANSWERS = {"purpose": "bank", "truth": True, "heirs": [HEIR]}


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    with opened(monkeypatch) as api:
        model = repeating().model_copy(update={"applicants": ("self", "mandate")})
        api.world.services.publish(published(model, version=2), after=1)
        yield api


def filed(api: Api, *, key: str = "filing", capacity: str = "self", **answers: Any) -> Answered:
    return api.file(key, answers={**ANSWERS, **answers}, capacity=capacity)


def test_a_list_is_taken_as_it_is(api: Api) -> None:
    number = filed(api, heirs=[HEIR, {**HEIR, "heir_name": "Боян"}]).json["number"]
    case = api.get(f"/cases/{number}", OWNER).json
    assert [heir["heir_name"] for heir in case["answers"]["heirs"]] == ["Анна", "Боян"]
    assert case["capacity"] == "self"


@pytest.mark.parametrize(
    ("heirs", "field", "code"),
    [
        ([], "answers.heirs", "too-few"),
        ([HEIR] * 4, "answers.heirs", "too-many"),
        ([HEIR, {"heir_name": "Боян"}], "answers.heirs.1.heir_born", "required"),
    ],
)
def test_a_fault_says_in_which_one_it_is(api: Api, heirs: Any, field: str, code: str) -> None:
    answer = filed(api, heirs=heirs)
    assert (answer.status, answer.faults.get(field)) == (422, code)


def test_who_may_not_apply_is_told_why(api: Api) -> None:
    answer = filed(api, purpose="abroad")
    assert answer.status == 422
    assert list(answer.faults.values()) == ["ineligible"]


def test_who_is_exempt_pays_less_and_sees_why(api: Api) -> None:
    whole = filed(api).json
    half = filed(api, key="school", purpose="school").json
    assert (whole["exemption"], half["exemption"]) == (None, "school")
    assert half["fee"]["amount"] == whole["fee"]["amount"] // 2


def test_one_applies_in_a_capacity_that_the_service_knows(api: Api) -> None:
    number = filed(api, capacity="mandate").json["number"]
    assert api.get(f"/cases/{number}", OWNER).json["capacity"] == "mandate"
    refused = filed(api, key="other", capacity="business")
    assert (refused.status, refused.faults) == (422, {"capacity": "not-offered"})
