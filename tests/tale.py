"""A case of any model, told with use cases and twins, from its filing on."""

from datetime import timedelta
from typing import Any

from chalicelib.domain.access import Principal
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.cases.state import Case
from chalicelib.domain.ids import CaseNumber
from chalicelib.domain.services.language import ServiceModel
from chalicelib.usecases import applications, decisions, payments
from chalicelib.usecases.applications import Filing
from tests.every_word import full
from tests.models import published
from tests.notices import epay_body
from tests.walker import Walker
from tests.world import World, citizen, official

ANSWERS = {"purpose": "bank", "truth": True}
CLERK = official()
HEAD = official("head-of-unit", "Петя")


class Tale:
    """The world with one case in it, of a model that tests have spoiled or left as it is."""

    def __init__(self, data: dict[str, Any] | None = None) -> None:
        self.world = World()
        self.model = ServiceModel.model_validate(data or full())
        self.world.services.publish(published(self.model, version=2), after=1)
        self.walker = Walker(self.world, self.model)
        self.number = CaseNumber("")

    @property
    def case(self) -> Case:
        return self.world.cases.find(self.number)

    @property
    def stands(self) -> str:
        """The phase, or how the case ended."""
        case = self.case
        return case.closed_as or (str(case.phase.id) if case.phase else "")

    def events(self) -> list[str]:
        return [entry.event for entry in self.world.cases.journal(self.case.id)]

    def last(self, event: str) -> dict[str, Any]:
        """What the newest entry of that kind says."""
        entries = self.world.cases.journal(self.case.id)
        return next(entry.data for entry in reversed(entries) if entry.event == event)

    def file(self, **answers: object) -> Case:
        filing = Filing.model_validate(
            {
                "service": self.model.service,
                "tier": "regular",
                "delivery": "portal",
                "answers": {**ANSWERS, **answers},
            }
        )
        case = applications.file_application(
            self.world, citizen(), filing, f"key-{len(self.number)}", self.world.now
        )
        self.number = case.number
        self.settle()
        return self.case

    def pay(self) -> Case:
        _, invoice, _ = payments.begin_payment(
            self.world, citizen(), self.number, "epay", "bg", self.world.now
        )
        body = epay_body(f"INVOICE={invoice}:STATUS=PAID", paid=True)
        payments.receive_notification(self.world, "epay", body, self.world.now)
        self.settle()
        return self.case

    def decide(self, outcome: str, who: Principal = CLERK, **more: Any) -> Case:
        """Claims and decides the open phase, with everything that an outcome may require."""
        phase = self.case.phase
        assert phase is not None
        decisions.claim(self.world, who, self.number, phase.id, self.world.now)
        decision = Decision(
            phase=phase.id, outcome=outcome, facts="Така е", grounds="чл. 1", **more
        )
        decisions.decide(self.world, who, self.number, decision, self.world.now)
        self.settle()
        return self.case

    def pass_time(self, **by: float) -> Case:
        """Time passes, and the clocks of the executions run out."""
        self.world.now += timedelta(**by)
        self.walker.time_out(self.case.id)
        return self.case

    def settle(self) -> None:
        self.walker.settle(self.case.id)
