"""A document phase that is run again, twice at once, or against a register that errs."""

import pytest

from chalicelib.adapters.documents.memory import MemoryDocumentStore
from chalicelib.adapters.population.demo import DemoPopulation
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.cases.routing import Reply
from chalicelib.domain.errors import NotPossible, RegisterUnavailable, Superseded
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.population import CallContext, PopulationRecord
from chalicelib.ports.cases import Execution
from chalicelib.usecases import decisions, following, issuing, walking
from chalicelib.usecases.walking import Step
from tests.builders import a_case, a_change, in_phase
from tests.meanwhile import before
from tests.usecases.test_story import CLERK, EXAMINATION, Story
from tests.world import World, citizen

ISSUING = PhaseId("issuing")


class Asked(DemoPopulation):
    """The register, which says how often it was asked; `about` is whom it answers for instead."""

    def __init__(self, about: str | None = None) -> None:
        super().__init__()
        self.times, self.about = 0, about

    def permanent_address(self, egn: str, context: CallContext) -> PopulationRecord:
        self.times += 1
        return super().permanent_address(self.about or egn, context)


@pytest.fixture
def story() -> Story:
    """Approved; the execution is about to issue the document."""
    story = Story()
    story.file()
    story.pay()
    decisions.claim(story.world, CLERK, story.number, EXAMINATION, story.world.now)
    approval = Decision(phase=EXAMINATION, outcome="approve")
    decisions.decide(story.world, CLERK, story.number, approval, story.world.now)
    return story


def issue(story: Story) -> Reply:
    step = Step(case=story.case.id, generation=1, phase=ISSUING)
    return issuing.issue_document(story.world, step, story.world.now)


def events(story: Story) -> list[str]:
    return [entry.event for entry in story.world.cases.journal(story.case.id)]


def test_a_step_that_is_repeated_only_answers_again(story: Story) -> None:
    first, case, kinds = issue(story), story.case, events(story)
    register = story.world.population = Asked()
    story.world.documents = MemoryDocumentStore()  # forgets: nothing may be put there again

    assert issue(story) == first
    assert first.outcome == "issued"
    assert (story.case, events(story), register.times) == (case, kinds, 0)


def test_of_two_runs_at_once_the_slower_answers_what_the_faster_did(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    faster: list[Reply] = []

    def a_minute_ago() -> None:
        """With another time in it, so that the two documents differ."""
        story.world.pass_time(minutes=-1)
        faster.append(issue(story))
        story.world.pass_time(minutes=1)

    before(monkeypatch, story.world.documents, "put", a_minute_ago)
    answer = issue(story)

    assert (answer.phase, answer.outcome) == (ISSUING, "issued")
    assert answer.outcome == faster[0].outcome
    (document,) = story.case.documents
    assert document.issued_at < story.world.now, "the one that is on the record stays"
    assert story.world.documents.get(document.key).startswith(b"%PDF")
    assert events(story).count("document-issued") == 1
    assert "trouble-met" not in events(story), "losing to one's own twin is no trouble"


def test_the_slower_answers_though_the_case_has_gone_on_meanwhile(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_the_end() -> None:
        issue(story)
        delivery = Step(case=story.case.id, generation=1, phase=PhaseId("delivery"))
        walking.deliver_result(story.world, delivery, story.world.now)

    before(monkeypatch, story.world.documents, "put", to_the_end)
    answer = issue(story)
    assert story.case.closed_as == "issued"
    assert (answer.phase, answer.outcome) == ("delivery", "delivered"), "where the case stands"
    assert len(story.case.documents) == 1
    assert "trouble-met" not in events(story)


def test_a_run_that_was_superseded_writes_nothing(story: Story) -> None:
    following.restart(story.world, story.case, 1, story.world.now)
    before_it = story.case
    with pytest.raises(Superseded):
        issue(story)
    assert story.case == before_it


def test_what_cannot_be_done_is_put_on_the_record_and_raised(story: Story) -> None:
    story.world.cases.erase(story.case.id)
    with pytest.raises(NotPossible, match="personal-data-erased"):
        issue(story)
    assert story.case.trouble is not None
    assert (story.case.trouble.source, story.case.trouble.code) == (
        "zagora",
        "personal-data-erased",
    )


def test_no_document_is_made_from_what_the_register_says_of_somebody_else(story: Story) -> None:
    story.world.population = Asked(about=citizen(1).egn)
    with pytest.raises(RegisterUnavailable, match="register-answered-for-another"):
        issue(story)

    assert story.case.documents == ()
    assert story.case.evidence == ()
    assert "evidence-obtained" not in events(story), "another person's data is kept nowhere"
    trouble = story.case.trouble
    assert trouble is not None
    assert (trouble.source, trouble.code, trouble.state) == (
        "uscrasp",
        "register-answered-for-another",
        "retrying",
    )

    story.world.population = DemoPopulation()
    assert issue(story).outcome == "issued"
    assert story.case.trouble is None


def test_once_the_phase_has_ended_no_look_up_is_announced_any_more() -> None:
    """Even where the record lacks the evidence: a look-up on record would never be made."""
    world, case = World(), in_phase(a_case(), ISSUING, outcome="issued")
    world.cases.save(a_change(case))
    stored = world.cases.load(case.id)
    world.cases.put_execution(Execution(case=case.id, generation=1, at=world.now), over=0)
    answer = issuing.issue_document(
        world, Step(case=case.id, generation=1, phase=ISSUING), world.now
    )
    assert answer.outcome == "issued"
    assert world.cases.load(case.id) == stored
