"""Walks executions as a compiled machine would, with the use cases called directly.

For tests of use cases; tests/stepfunctions runs the compiled machines themselves.
"""

from itertools import count

from chalicelib.domain.cases.routing import AGAIN, Reply
from chalicelib.domain.errors import Superseded, TryAgain, ZagoraError
from chalicelib.domain.ids import CaseId, PhaseId
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.routes import following as phase_after
from chalicelib.usecases import following, issuing, running, walking
from chalicelib.usecases.walking import Step
from tests.models import permanent_address
from tests.world import World

RETRIES = 3
FUNCTIONS = {
    "automatic": running.run_phase,
    "register": running.run_phase,
    "document": issuing.issue_document,
    "delivery": walking.deliver_result,
}


class Walker:
    """`stands` says where each execution waits: name -> (token, phase, at the desk)."""

    def __init__(self, world: World, model: ServiceModel | None = None) -> None:
        self.world = world
        self.model = model or permanent_address()
        self.stands: dict[str, tuple[str, PhaseId, bool]] = {}
        self.ended: set[str] = set()
        self._tokens = count(1)

    def settle(self, case: CaseId) -> None:
        """What the stream and the executions do until everybody waits."""
        for _ in range(30):
            before = self.world.cases.load(case), dict(self.stands), set(self.ended)
            following.follow(self.world, case, self.world.now)
            self._advance()
            if before == (self.world.cases.load(case), self.stands, self.ended):
                return
        raise AssertionError("the case never comes to rest")

    def time_out(self, case: CaseId) -> None:
        """Every wait of the case ends: the clocks run."""
        for name, (_, phase, _) in list(self.stands.items()):
            if name.startswith(case):
                step = self._step(name, phase)
                del self.stands[name]
                self._tick(name, step)
        self.settle(case)

    def _advance(self) -> None:
        for name, (_, reply) in self.world.executions.started.items():
            if name not in self.stands and name not in self.ended:
                self._enter(name, reply.phase)
        for name, (token, _, _) in list(self.stands.items()):
            woken = self.world.executions.woken.get(token)
            if woken is not None:
                del self.stands[name]
                self._route(name, woken)

    def _enter(self, name: str, phase: PhaseId) -> None:
        planned = self.model.phase(phase)
        if planned.waits:
            self._wait(name, phase, desk=False)
            return
        function = FUNCTIONS[planned.kind]
        for _ in range(RETRIES):
            try:
                reply = function(self.world, self._step(name, phase), self.world.now)
            except Superseded:
                self.ended.add(name)
                return
            except TryAgain:
                continue
            except ZagoraError:
                break
            self._route(name, reply)
            return
        self._wait(name, phase, desk=True)

    def _wait(self, name: str, phase: PhaseId, *, desk: bool) -> None:
        token = f"token-{next(self._tokens)}"
        step = self._step(name, phase).model_copy(update={"token": token, "desk": desk})
        self.stands[name] = (token, phase, desk)
        try:
            walking.open_phase(self.world, step, self.world.now)
        except Superseded:
            del self.stands[name]
            self.ended.add(name)

    def _tick(self, name: str, step: Step) -> None:
        try:
            self._route(name, walking.run_clock(self.world, step, self.world.now))
        except Superseded:
            self.ended.add(name)

    def _route(self, name: str, reply: Reply) -> None:
        if reply.outcome is None or reply.outcome == AGAIN:
            self._enter(name, reply.phase)
        elif (after := phase_after(self.model, reply.phase, reply.outcome)) is not None:
            self._enter(name, after)
        else:
            self.ended.add(name)

    @staticmethod
    def _step(name: str, phase: PhaseId) -> Step:
        case, generation = name.rsplit("-", 1)
        return Step(case=CaseId(case), generation=int(generation), phase=phase)
