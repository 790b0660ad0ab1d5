"""Each invariant can be broken, and says so."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest

from chalicelib.adapters.table import Row
from chalicelib.domain import access
from chalicelib.domain.ids import CaseNumber, Invoice
from chalicelib.domain.money import Money
from tests.ground.invariants import check_invariants
from tests.ground.story import Story, decide, ended_right, go_to_the_end, pay, refuse, submit
from tests.ground.town import Ground, ground


@pytest.fixture(scope="module")
def grounds() -> Iterator[Ground]:
    with ground() as made:
        yield made


@pytest.fixture
def story(grounds: Ground) -> Iterator[Story]:
    """A story told to its end."""
    with grounds.town() as town:
        told = Story(town)
        go_to_the_end(told)
        yield told


def row(story: Story, sk: str = "CASE") -> Row:
    return Row.get(f"CASE#{story.case.id}", sk, consistent_read=True)


def rewrite(story: Story, sk: str, old: str, new: str) -> None:
    """Somebody edits the table by hand."""
    edited = row(story, sk)
    assert edited.body
    assert old in edited.body
    edited.body = edited.body.replace(old, new)
    edited.save()


def paid_out_of_thin_air(story: Story) -> None:
    story.town.ledger.clear()


def paid_less_than_entered(story: Story) -> None:
    assert story.invoice
    story.town.ledger[story.invoice] = Money(amount=1)


def an_application_is_lost(story: Story) -> None:
    story.town.acknowledged["other"] = CaseNumber("SZ-2026-000009-9")


def a_notice_is_lost(story: Story) -> None:
    story.town.answered.append((Invoice("77"), "paid", "accepted"))


def the_record_says_something_else(story: Story) -> None:
    rewrite(story, "CASE", '"tier":"regular"', '"tier":"express"')


def the_version_jumps_back(story: Story) -> None:
    rewrite(story, "CASE", f'"version":{story.case.version},', '"version":1,')


def another_document_lies_there(story: Story) -> None:
    document = story.case.documents[0]
    key, bucket = document.key, story.town.ports.settings.documents_bucket
    story.town.ports._client("s3").put_object(Bucket=bucket, Key=key, Body=b"another")


def nobody_can_look_the_document_up(story: Story) -> None:
    Row(f"DOCUMENT#{story.case.documents[0].id}", "DOCUMENT").delete()


def the_register_was_never_asked(story: Story) -> None:
    story.town.ports.register.asked.clear()


def a_closed_case_is_swept_for_ever(story: Story) -> None:
    again = row(story)
    again.open_pk, again.open_sk = "OPEN#00", "2026"
    again.save()


def a_record_was_given_up(story: Story) -> None:
    story.town.poison.append({})


def a_line_of_the_journal_is_edited(story: Story) -> None:
    rewrite(story, "JOURNAL#00000002", '"seq":2', '"seq":2 ')


def a_line_of_the_journal_is_forged(story: Story) -> None:
    rewrite(story, "JOURNAL#00000001", '"channel":"portal"', '"channel":"counter"')


def the_end_of_the_journal_is_cut_off(story: Story) -> None:
    row(story, f"JOURNAL#{story.case.head.seq:08d}").delete()


BREACHES: list[tuple[Callable[[Story], None], str]] = [
    (paid_out_of_thin_air, "I1"),
    (paid_less_than_entered, "I1"),
    (an_application_is_lost, "I2"),
    (a_notice_is_lost, "I2"),
    (the_record_says_something_else, "I3"),
    (the_version_jumps_back, "I3"),
    (another_document_lies_there, "I4"),
    (nobody_can_look_the_document_up, "I4"),
    (the_register_was_never_asked, "I4"),
    (a_closed_case_is_swept_for_ever, "I5"),
    (a_record_was_given_up, "I5"),
    (a_line_of_the_journal_is_edited, "I7"),
    (a_line_of_the_journal_is_forged, "I7"),
    (the_end_of_the_journal_is_cut_off, "I3|I7"),
]


@pytest.mark.parametrize(("breach", "number"), BREACHES)
def test_a_breach_is_found(story: Story, breach: Callable[[Story], None], number: str) -> None:
    check_invariants(story.town)
    breach(story)

    with pytest.raises((AssertionError, pytest.fail.Exception), match=rf"^({number}):"):
        check_invariants(story.town)


@pytest.mark.parametrize("name", ["is_applicant", "serves"])
def test_an_open_door_is_found(story: Story, name: str) -> None:
    def everybody(*_: Any) -> bool:
        return True

    opened = mock.patch.object(access, name, everybody)
    with opened, pytest.raises(pytest.fail.Exception, match=r"^I6:"):
        check_invariants(story.town)


@pytest.mark.parametrize(("end", "closed_as"), [(decide, "issued"), (refuse, "refused")])
def test_the_story_undisturbed(
    grounds: Ground, end: Callable[[Story], None], closed_as: str
) -> None:
    with grounds.town() as town:
        story = Story(town)
        for step in (submit, pay, end):
            step(story)
            check_invariants(town)
        ended_right(story, closed_as)
        assert [x.status for x in town.machines.executions.values()] == ["SUCCEEDED"]


def test_a_story_without_payment_ends_unpaid(grounds: Ground) -> None:
    with grounds.town() as town:
        story = Story(town)
        submit(story)
        town.wait(days=6)
        assert story.case.is_open
        town.wait(days=2)
        assert story.case.closed_as == "unpaid"
        check_invariants(town)


def test_a_town_goes_back_to_its_snapshot(grounds: Ground) -> None:
    with grounds.town() as town:
        story = Story(town)
        submit(story)
        restore, before = town.snapshot(), story.case
        for _ in range(2):
            pay(story)
            story.invoice = None
            assert story.case != before
            restore()
            assert story.case == before
            check_invariants(town)
