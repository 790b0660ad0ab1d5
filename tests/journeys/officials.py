"""The people of the administration at their work, for a case of any service, through the API."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.services.language import Phase, ServiceModel
from infra.local.caller import Caller, Json
from tests.journeys import calling
from tests.journeys.calling import ok
from tests.journeys.stack import Stack, until
from tests.papers import text
from tests.stepfunctions.applications import APPLICATIONS, model

SAID = {"facts": "Проверено е и отговаря.", "grounds": "Чл. 1 от наредбата."}


class Procedure:
    """One case from its filing on, with whoever is needed next. Times are the application's."""

    def __init__(self, stack: Stack, leaving: ExitStack, service: str, **answers: object) -> None:
        self.stack = stack
        self.model: ServiceModel = model(service)
        self._leaving, self._callers = leaving, dict[str, Caller]()
        self.citizen = self._caller("citizen1")
        self.number = self._file(answers)

    def _caller(self, username: str) -> Caller:
        if username not in self._callers:
            caller = self._leaving.enter_context(Caller(self.stack.endpoints, username))
            self._callers[username] = caller
        return self._callers[username]

    def official(self, unit: str, role: str) -> Caller:
        """Somebody of the unit."""
        found = (p for p in self.stack.endpoints["people"] if p.get("unit") == unit)
        return self._caller(next(p["username"] for p in found if p["role"] == role))

    def _file(self, changes: dict[str, object]) -> str:
        """As a citizen does: of somebody signed in the names are known."""
        answers = {**APPLICATIONS[self.model.service], **changes}
        del answers["names"]
        body = {
            "service": self.model.service,
            "tier": "regular",
            "delivery": "portal",
            "language": "bg",
            "answers": {name: value for name, value in answers.items() if value is not None},
        }
        return str(ok(self.citizen.post("/cases", body, calling.key()), 201)["number"])

    def pay(self) -> None:
        """At the simulated operator."""
        started = calling.checkout(self.citizen, self.number)
        payer = calling.payer(self.citizen)
        payer.press(payer.arrive(started), "pay")

    @property
    def case(self) -> Json:
        """As the applicant sees it."""
        return calling.see(self.citizen, self.number)

    @property
    def due(self) -> str:
        """By which day it must be decided."""
        return str(self.case["deadline"]["date"])

    @property
    def phase_due(self) -> str:
        """The minute after which its phase is late, local time."""
        due = datetime.fromisoformat(self.case["phase"]["due_at"]) + timedelta(minutes=1)
        return f"{due.astimezone(ZoneInfo('Europe/Sofia')):%Y-%m-%d %H:%M}"

    @property
    def journal(self) -> list[Json]:
        """What has happened."""
        found: list[Json] = ok(self.citizen.get(f"/cases/{self.number}/journal"))["entries"]
        return found

    def events(self) -> list[str]:
        """Their kinds; of milestones which one."""
        return [str(one["data"].get("milestone") or one["event"]) for one in self.journal]

    def comes_to(self, phase: str) -> Phase:
        """Waits for the case to be there."""
        calling.await_phase(self.citizen, self.number, phase)
        return self.model.phase(phase)

    def happens(self, event: str, times: int = 1) -> None:
        """Waits until the journal has it so often."""
        until(lambda: self.events().count(event) >= times, f"{self.number}: {event}")

    def decide(self, phase: str, outcome: str, **texts: str) -> None:
        """Whoever leads the phase takes the task, looks at everything, and decides."""
        planned = self.comes_to(phase)
        who = self._in_charge(self.official(str(planned.unit), str(planned.role)))
        calling.claim(who, self.number)
        decision = {
            "outcome": outcome,
            **SAID,
            **texts,
            "checked": [one.id for one in planned.checklist],
            "seen": list(planned.documents),
        }
        ok(who.post(f"/cases/{self.number}/decisions", decision, calling.key()))

    def _in_charge(self, someone: Caller) -> Caller:
        """Whoever has the task; someone of the unit where it waits for anybody."""
        name = ok(someone.get(f"/cases/{self.number}"))["phase"]["assignee"]
        found = (p["username"] for p in self.stack.endpoints["people"] if p["name"] == name)
        return self._caller(next(found)) if name else someone

    def opine(self, phase: str, objecting: str = "") -> None:
        """Every unit that is asked says what it thinks."""
        for asked in self.comes_to(phase).opinions:
            says = "objects" if asked.id == objecting else "agrees"
            opinion = {"opinion": asked.id, "says": says, "text": SAID["facts"]}
            who = self.official(asked.unit, asked.role)
            ok(who.post(f"/cases/{self.number}/opinions", opinion))

    def extend(self, reason: str) -> None:
        """The head of the unit extends the term of the case."""
        head = self.official(str(self.model.unit), "head-of-unit")
        ok(head.post(f"/cases/{self.number}/extensions", {"reason": reason}))

    def correct(self, phase: str, **answers: object) -> None:
        """The applicant puts the application right."""
        self.comes_to(phase)
        body = {"answers": answers, "note": "Поправено."}
        ok(self.citizen.post(f"/cases/{self.number}/corrections", body))

    def ends(self, status: str) -> Json:
        """The closed case."""
        return calling.await_end(self.citizen, self.number, status)

    def papers(self) -> list[str]:
        """What its documents say, in their order."""
        links = [ok(self.citizen.get(f"/documents/{d['id']}")) for d in self.case["documents"]]
        return [" ".join(text(self.citizen.http.get(one["url"]).content).split()) for one in links]


@contextmanager
def procedure(stack: Stack, service: str, **answers: object) -> Iterator[Procedure]:
    """A new case; everybody goes home at the end."""
    with ExitStack() as leaving:
        yield Procedure(stack, leaving, service, **answers)
