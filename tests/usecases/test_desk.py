"""What a machine cannot mend comes to a person's desk: no case goes round for ever, unseen."""

from collections.abc import Iterator

import pytest

from chalicelib.usecases import decisions
from tests.ground.invariants import check_invariants
from tests.ground.story import Story, ended_right, pay, submit
from tests.ground.town import A_WHILE, Ground, Town, ground, official

CHIEF = official("Ана", "head-of-unit")


@pytest.fixture(scope="module")
def grounds() -> Iterator[Ground]:
    with ground() as made:
        yield made


@pytest.fixture
def story(grounds: Ground) -> Iterator[Story]:
    """Paid and claimed: the decision is the next thing."""
    with grounds.town() as town:
        story = Story(town)
        submit(story)
        pay(story)
        assert story.number
        town.claim(story.number)
        yield story


def decide_and_wait(story: Story, days: int = 3) -> None:
    assert story.number
    story.town.decide(story.number)
    story.town.settle()
    for _ in range(days * 24):
        story.town.wait(hours=1)


def test_a_register_that_is_down_is_tried_again_visibly_and_the_case_goes_on(story: Story) -> None:
    story.town.ports.register.down = True
    decide_and_wait(story, days=1)
    trouble = story.case.trouble
    assert trouble is not None
    assert (trouble.source, trouble.state, trouble.code) == (
        "uscrasp",
        "retrying",
        "register-unavailable",
    )
    asked = len(story.town.ports.register.asked)
    assert 10 < asked < 50, "often enough to go on soon, seldom enough to be no burden"

    story.town.ports.register.down = False
    decide_and_wait_on(story.town)

    ended_right(story, "issued")
    check_invariants(story.town)


def test_what_stays_broken_waits_for_a_person_who_sends_it_round_again(story: Story) -> None:
    story.town.ports.register.down = True
    decide_and_wait(story, days=4)
    assert story.case.trouble is not None
    assert story.case.trouble.state == "desk"
    check_invariants(story.town)

    story.town.ports.register.down = False
    decisions.order_retry(story.town.ports, CHIEF, story.case.number, story.town.now)
    story.town.settle()

    ended_right(story, "issued")
    check_invariants(story.town)


def test_erased_data_before_the_document_is_a_persons_business(story: Story) -> None:
    assert story.number
    story.town.decide(story.number)
    story.town.ports.cases.erase(story.case.id)
    story.town.settle()
    for _ in range(3):
        story.town.now += A_WHILE
        story.town.sweep()

    trouble = story.case.trouble
    assert trouble is not None
    assert (trouble.state, trouble.code) == ("desk", "personal-data-erased")
    check_invariants(story.town)


def decide_and_wait_on(town: Town) -> None:
    for _ in range(6):
        town.wait(hours=1)
