"""A decision that is sent twice at once is made once, and answered twice."""

import pytest

from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import KeyReused, NotPossible
from chalicelib.domain.ids import CaseNumber
from chalicelib.usecases import applications, decisions
from tests.meanwhile import before
from tests.usecases.test_story import CLERK, EXAMINATION, Story, filing
from tests.world import citizen

APPROVAL = Decision(phase=EXAMINATION, outcome="approve")
REFUSAL = Decision(phase=EXAMINATION, outcome="refuse", facts="f", grounds="g")


@pytest.fixture
def story() -> Story:
    """Paid and claimed: the decision is the next thing."""
    story = Story()
    story.file()
    story.pay()
    decisions.claim(story.world, CLERK, story.number, EXAMINATION, story.world.now)
    return story


def decide(
    story: Story, key: str | None, decision: Decision = APPROVAL, number: CaseNumber | None = None
) -> Case:
    return decisions.decide(
        story.world, CLERK, number or story.number, decision, story.world.now, key=key
    )


def outcomes(story: Story) -> list[object]:
    journal = story.world.cases.journal(story.case.id)
    ended = [entry.data for entry in journal if entry.event == "phase-ended"]
    return [data["outcome"] for data in ended if data["phase"] == EXAMINATION]


@pytest.mark.parametrize("call", ["load", "save"])
def test_the_slower_of_two_twins_gets_the_answer_of_the_faster(
    story: Story, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    twin: list[Case] = []
    before(monkeypatch, story.world.cases, call, lambda: twin.append(decide(story, "key")))
    assert decide(story, "key") == twin[0]
    assert outcomes(story) == ["approve"]


@pytest.mark.parametrize("keys", [("a", "b"), (None, None)], ids=repr)
def test_another_request_is_no_twin_and_is_told_that_it_came_late(
    story: Story, monkeypatch: pytest.MonkeyPatch, keys: tuple[str | None, str | None]
) -> None:
    first, second = keys
    before(monkeypatch, story.world.cases, "save", lambda: decide(story, first, REFUSAL))
    with pytest.raises(NotPossible):
        decide(story, second)
    assert outcomes(story) == ["refuse"]


def test_a_key_that_went_to_another_case_at_the_same_moment_decides_nothing_here(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Story()
    other.world, other.walker = story.world, story.walker
    other.number = _second_case(story)
    other.pay()
    decisions.claim(story.world, CLERK, other.number, EXAMINATION, story.world.now)
    before(
        monkeypatch, story.world.cases, "save", lambda: decide(story, "key", number=other.number)
    )
    with pytest.raises(KeyReused):
        decide(story, "key")
    assert (outcomes(story), outcomes(other)) == ([], ["approve"])


def _second_case(story: Story) -> CaseNumber:
    case = applications.file_application(
        story.world, citizen(), filing(), "second", story.world.now
    )
    story.walker.settle(case.id)
    return case.number
