"""A case of any service on a journey: somebody does at each phase what ends it as the journey says.

The use cases run on twins in memory, the compiled machine on one of two interpreters. Nothing of
a service is named here: a model that is added to the folder travels as the others do.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from pydantic import JsonValue

from chalicelib.domain.access import Principal, Role
from chalicelib.domain.cases.consulting import Opinion
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.cases.routing import Reply
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.population import CallContext
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.routes import SILENCE, WITHDRAWN, following
from chalicelib.ports.registers import Registers
from chalicelib.usecases import (
    applications,
    applying,
    decisions,
    issuing,
    payments,
    running,
    walking,
)
from chalicelib.usecases import following as stream
from chalicelib.usecases.applications import Filing
from chalicelib.usecases.applying import Correction
from chalicelib.usecases.walking import Step
from tests.models import published
from tests.notices import epay_body
from tests.outcomes import Journey, Way
from tests.world import World

Json = dict[str, Any]
Function = Callable[[Json], Any]
_A_MOMENT = timedelta(seconds=1)


class Machine(Protocol):
    """An interpreter with the machine of one service in it. It is the port of executions, too."""

    def start(self, machine: str, name: str, reply: Reply) -> None: ...
    def wake(self, token: str, reply: Reply) -> bool: ...
    def rest(self) -> None:
        """Until the execution sleeps or has ended."""
        ...

    def pass_time(self, world: World, until: datetime) -> None:
        """It is later, and what sleeps until then wakes."""
        ...

    @property
    def path(self) -> list[str]:
        """The states that the execution went through."""
        ...


class Paper:
    """Renders no PDF, but what would be in it."""

    def render(self, template: str, data: Mapping[str, object], language: str) -> bytes:
        """The template's name and its data, readable."""
        said = json.dumps(data, default=str, sort_keys=True, ensure_ascii=False)
        return f"{template} {language} {said}".encode()


class Wax:
    """Seals what is no PDF."""

    def seal(self, pdf: bytes, *, reason: str, at: datetime) -> bytes:
        """The content with a line of its own."""
        return pdf + f"\nsealed for {reason} at {at.isoformat()}".encode()


class Stamp:
    """Signs the same claims always alike, as ES256 does not."""

    def sign(self, claims: Mapping[str, object]) -> str:
        """What is claimed."""
        return json.dumps(claims, default=str, sort_keys=True)


class Told:
    """Registers that answer as the way says."""

    def __init__(self, registers: Registers, model: ServiceModel, way: Way) -> None:
        self._registers = registers
        self._model = model
        self._way = way

    def ask(
        self, source: str, ask: str, about: Mapping[str, str], context: CallContext
    ) -> dict[str, JsonValue]:
        """See the port."""
        changes = self._way.registers
        names = [one.id for one in self._model.evidence if (one.source, one.ask) == (source, ask)]
        if any(name in changes for name in names):
            raise NotFound(source=source)
        answer = self._registers.ask(source, ask, about, context)
        return answer | {
            what.removeprefix(f"{name}."): value
            for name in names
            for what, value in changes.items()
            if what.startswith(f"{name}.")
        }


class Trip:
    """The world with one case on its way. `applicant` is known to the registers."""

    def __init__(
        self, model: ServiceModel, journey: Journey, applicant: Principal, answers: Json
    ) -> None:
        self.world = World()
        self.model = model
        self.journey = journey
        self._applicant = applicant
        self._answers = answers
        self.world.services.publish(*self._published())
        self.world.__dict__["registers"] = Told(self.world.registers, model, journey.way)
        self.world.__dict__ |= {"renderer": Paper(), "seal": Wax(), "attestation": Stamp()}

    def _published(self) -> tuple[Any, int]:
        known = [one.model.service for one in self.world.services.all_current()]
        before = known.count(self.model.service)
        return published(self.model, version=before + 1), before

    @property
    def functions(self) -> dict[str, Function]:
        """What the machine calls: JSON in, JSON out."""
        return {
            "open_phase": lambda event: walking.open_phase(*self._asked(event)),
            "clock": lambda event: _json(walking.run_clock(*self._asked(event))),
            "run_phase": lambda event: _json(running.run_phase(*self._asked(event))),
            "issue_document": lambda event: _json(issuing.issue_document(*self._asked(event))),
            "deliver_result": lambda event: _json(walking.deliver_result(*self._asked(event))),
        }

    def _asked(self, event: Json) -> tuple[World, Step, datetime]:
        return self.world, Step.model_validate(json.loads(json.dumps(event))), self.world.now

    @property
    def case(self) -> Case:
        """The only one there is."""
        return self.world.cases.find(self.number)

    @property
    def record(self) -> list[Json]:
        """The whole journal."""
        entries = self.world.cases.journal(self.case.id)
        return [entry.model_dump(mode="json") for entry in entries]

    @property
    def travelled(self) -> tuple[tuple[str, str], ...]:
        """The phases that ended, and how."""
        ended = [e for e in self.world.cases.journal(self.case.id) if e.event == "phase-ended"]
        return tuple((str(e.data["phase"]), str(e.data["outcome"])) for e in ended)

    def goes_by_time(self, reply: Reply) -> bool:
        """Whether what the machine sleeps in next ends because nobody does anything."""
        phase = reply.phase
        if reply.outcome is not None:
            phase = following(self.model, phase, reply.outcome) or phase
        done = len(self.travelled)
        steps = self.journey.steps[done : done + 1]
        return any(name == phase and self._is_time(name, outcome) for name, outcome in steps)

    def _is_time(self, phase: str, outcome: str) -> bool:
        planned = self.model.phase(phase)
        return outcome == SILENCE or any(m.outcome == outcome for m in planned.milestones)

    def travel(self, machine: Machine, stopping: "Callable[[Trip], None] | None" = None) -> None:
        """From the filing to the end; `stopping` looks round wherever somebody is waited for."""
        self.world.__dict__["executions"] = machine
        way = self.journey.way
        filing = Filing.model_validate(
            {
                "service": self.model.service,
                "tier": way.tier,
                "delivery": "portal",
                "answers": self._answers,
            }
        )
        filed = applications.file_application(
            self.world, self._applicant, filing, "key", self.world.now
        )
        self.number = filed.number
        self._settle(machine)
        while self.case.is_open:
            before = self.travelled
            phase, outcome = self.journey.steps[len(before)]
            stands = self.case.phase
            assert stands is not None
            assert stands.id == phase, f"in {stands.id} after {before}"
            if stopping:
                stopping(self)
            self._act(machine, self.model.phase(phase), outcome)
            self._settle(machine)
            assert self.travelled != before, f"nothing ended {phase} by {outcome}"

    def _settle(self, machine: Machine) -> None:
        """The stream and the machine, until everybody waits."""
        for _ in range(3):
            stream.follow(self.world, self.case.id, self.world.now)
            machine.rest()

    def _act(self, machine: Machine, phase: Phase, outcome: str) -> None:
        """Somebody does what ends the phase so, or nobody does anything for long enough."""
        now, number = self.world.now, self.number
        if self._is_time(phase.id, outcome):
            machine.pass_time(self.world, self._moment(outcome))
        elif outcome == WITHDRAWN:
            applying.withdraw(self.world, self._applicant, number, "Не ми трябва", now)
        elif phase.kind == "payment":
            self._pay()
        elif phase.kind == "correction":
            said = Correction(answers=self._answers, note="Поправено")
            applying.correct(self.world, self._applicant, number, said, now)
        else:
            self._decide(phase, outcome)

    def _moment(self, outcome: str) -> datetime:
        """Just after what is planned."""
        planned = [m.at for m in self.case.planned if outcome in (m.outcome, m.kind)]
        return max(planned) + _A_MOMENT

    def _pay(self) -> None:
        _, invoice, _ = payments.begin_payment(
            self.world, self._applicant, self.number, "epay", "bg", self.world.now
        )
        body = epay_body(f"INVOICE={invoice}:STATUS=PAID", paid=True)
        payments.receive_notification(self.world, "epay", body, self.world.now)

    def _decide(self, phase: Phase, outcome: str) -> None:
        """With everything that an outcome may require, by somebody of the phase's own; whoever
        is asked for an opinion agrees before."""
        for asked in phase.opinions:
            who = _official(asked.unit, asked.role, asked.id)
            opinion = Opinion(phase=phase.id, opinion=asked.id, says="agrees", text="Съгласни.")
            decisions.give_opinion(self.world, who, self.number, opinion, self.world.now)
        assert phase.role is not None
        who = _official(phase.unit, phase.role, phase.id)
        decisions.claim(self.world, who, self.number, phase.id, self.world.now)
        decision = Decision(
            phase=phase.id,
            outcome=outcome,
            facts="Така е",
            grounds="чл. 1",
            checked=tuple(item.id for item in phase.checklist),
            seen=phase.documents,
        )
        decisions.decide(self.world, who, self.number, decision, self.world.now)


def _official(unit: str | None, role: Role, what: str) -> Principal:
    return Principal(
        subject=SubjectId(f"{role}-of-{what}"),
        name=f"Служител {what}",
        roles=frozenset({role}),
        unit=unit,
    )


def _json(reply: Reply) -> Json:
    return reply.model_dump(mode="json")
