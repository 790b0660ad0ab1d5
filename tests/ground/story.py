"""One case's story, from application to result, in steps that can be repeated and interrupted.

A step does one thing that somebody does, and lets everything follow from it. Each may be run again:
whoever asked, asks again, and what the record says was done is not done twice.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Conflict, NotPossible
from chalicelib.domain.ids import CaseNumber, Invoice
from tests.ground.town import Town


@dataclass
class Story:
    """A town, and how far its one case has come."""

    town: Town
    number: CaseNumber | None = None
    invoice: Invoice | None = None

    @property
    def case(self) -> Case:
        """The one case."""
        assert self.number
        return self.town.case(self.number)


Step = Callable[[Story], None]


def submit(story: Story) -> None:
    """The application, by the portal."""
    story.number = story.town.submit().number
    story.town.settle()


def pay(story: Story) -> None:
    """The payment, and the operator's callback."""
    assert story.number
    story.invoice = story.invoice or story.town.start_payment(story.number)
    story.town.notify(story.invoice)
    story.town.settle()


def decide(story: Story, outcome: str = "approve") -> None:
    """Claims and decides, unless the record says that it was done (as the page would)."""
    assert story.number
    with suppress(Conflict, NotPossible):
        story.town.claim(story.number)
        story.town.decide(story.number, outcome)
    story.town.settle()


def refuse(story: Story) -> None:
    """The same, with the other outcome."""
    decide(story, "refuse")


def go_to_the_end(story: Story, decision: Step = decide) -> None:
    """The steps that are still to be done, as the record says."""
    for step in (submit, pay, decision):
        if story.number is None or story.case.is_open:
            step(story)


def ended_right(story: Story, closed_as: str) -> None:
    """One case, closed so, paid once, with one document, and nothing that still walks it."""
    assert len(story.town.case_ids()) == 1, "one application is one case"
    case = story.case
    assert case.closed_as == closed_as, f"ended as {case.closed_as} in {case.phase}"
    assert case.order.credited == case.order.amount == case.order.received
    assert len(case.documents) == 1
    live = [x for x in story.town.machines.executions.values() if x.status == "RUNNING"]
    assert not live, f"still walking a closed case: {live}"
