"""A case of any service walked in the pure core alone: whoever could act next, and what they do.

Nothing is stored and nobody waits: `Walk` knows where the record says that the case stands, says
what could happen there (`offers`) and does it (`take`). Afterwards it looks at everything that is
true of a case whatever happens to it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import JsonValue, TypeAdapter

from chalicelib.domain import deadlines
from chalicelib.domain.access import Principal
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.cases import (
    applying,
    automatic,
    consulting,
    deciding,
    heading,
    paying,
    phases,
    planning,
    routing,
)
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.evolve import begin, evolve, evolve_all
from chalicelib.domain.cases.filing import Application, file
from chalicelib.domain.cases.state import IssuedDocument, PhaseState
from chalicelib.domain.ids import CaseId, DocumentId, Invoice, PhaseId, SubjectId
from chalicelib.domain.payments import Notice
from chalicelib.domain.services import compiler
from chalicelib.domain.services.conditions import Rule
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.phases import LED
from chalicelib.domain.services.routes import WITHDRAWN
from tests.builders import number_of
from tests.world import MONDAY, citizen

# Courts take years: only a calendar that does not end before them can count their terms.
CALENDAR = Calendar(version="test", first_year=2025, last_year=2099, holidays={})
APPLICANT = citizen()
SAID = "Така е."
# What is done beside ending a phase. Time passes to what is planned next (WAIT).
WAIT, EXTEND, AGREE, OBJECT = "wait", "extend", "agree", "object"
DENIED, TROUBLE = "denied", "trouble"
_EVENT: TypeAdapter[e.Event] = TypeAdapter(e.Event)
_TAKES = timedelta(hours=1)


class Walk:
    """One case from its filing on. `taken` are the outcomes so far, as (phase, outcome)."""

    def __init__(self, model: ServiceModel) -> None:
        self.model = model
        self.now = MONDAY
        self.taken = list[tuple[str, str]]()
        self._states: dict[str, Any] = json.loads(json.dumps(compiler.compile_model(model)))[
            "States"
        ]
        self._troubled = False
        fee = model.fees[0]
        application = Application(
            language="bg", tier=fee.tier, delivery=fee.delivery, channel="portal", answers={}
        )
        filed = file(number_of(1), application, APPLICANT, model, 1, self.now, CALENDAR)
        assert isinstance(filed[0], e.ApplicationFiled)
        self._first = filed[0]
        self._happened = list[tuple[bytes, datetime]]()
        self.case = begin(CaseId("c"), self._first, self.now)
        self._apply(filed[1:])
        self._go_on()

    @property
    def phase(self) -> Phase:
        """Where the case stands."""
        return self.model.phase(self._state.id)

    @property
    def _state(self) -> PhaseState:
        assert self.case.phase is not None
        return self.case.phase

    def offers(self) -> list[str]:
        """Outcomes that somebody could bring about now, and what else may be done."""
        if not self.case.is_open:
            return []
        offered = self._outcomes()
        if self.case.planned:
            offered.append(WAIT)
        if applying.may_withdraw(self.case, self.model):
            offered.append(WITHDRAWN)
        if self.phase.waits and heading.may_extend(self.case, self.model, self.now, CALENDAR):
            offered.append(EXTEND)
        return offered

    def _outcomes(self) -> list[str]:
        phase = self.phase
        if phase.kind == "payment":
            return ["paid", DENIED]
        if phase.kind == "correction":
            return [applying.corrected(phase)]
        if phase.kind == "joint" and self._waits_for_opinions():
            return [AGREE, OBJECT]
        if phase.waits:
            return [str(name) for name in phase.outcomes]
        return [*self._by_itself(), *([] if self._troubled else [TROUBLE])]

    def _by_itself(self) -> list[str]:
        named = [str(choice.outcome) for choice in self.phase.choices]
        rest = self.phase.otherwise or next(iter(self.phase.outcomes))
        return list(dict.fromkeys([*named, str(rest)]))

    def _waits_for_opinions(self) -> bool:
        objected = any(one.says == "objects" for one in self._state.opinions)
        return not objected and bool(consulting.missing(self._state, self.now))

    def take(self, offer: str) -> None:
        """Does it, and whatever follows by itself until somebody or something is waited for."""
        self.now += _TAKES
        self._apply(phases.tick(self.case, self.model, self.now))
        if self.case.is_open and not phases.has_ended(self.case):
            self._apply(self._done(offer))
        self._go_on()

    def _done(self, offer: str) -> Sequence[e.Event]:
        model, case, phase = self.model, self.case, self.phase
        if offer == WAIT:
            self.now = max(self.now, case.planned[0].at) if case.planned else self.now
            return phases.tick(case, model, self.now)
        if offer == WITHDRAWN:
            return applying.withdraw(case, model, APPLICANT, "")
        if offer == EXTEND:
            head = _official(case.unit_in_charge)
            return heading.extend(case, model, head, SAID, self.now, CALENDAR)
        if offer in {AGREE, OBJECT}:
            return self._opinion("agrees" if offer == AGREE else "objects")
        if phase.kind == "payment":
            return self._payment("denied" if offer == DENIED else "paid")
        if phase.kind == "correction":
            return applying.correct(case, model, APPLICANT, {}, SAID)
        return self._decision(offer) if phase.kind in LED else self._work(offer)

    def _opinion(self, says: str) -> Sequence[e.Event]:
        asked = next(one for one in self._state.opinions if one.says is None)
        opinion = consulting.Opinion.model_validate(
            {"opinion": asked.id, "says": says, "text": SAID}
        )
        return consulting.give_opinion(self.case, opinion, _official(asked.unit))

    def _payment(self, status: str) -> Sequence[e.Event]:
        invoice = Invoice(f"26{len(self._happened):08d}")
        started = paying.start_payment(self.case, "epay", invoice, self.now)
        notice = Notice.model_validate({"operator": "epay", "invoice": invoice, "status": status})
        case = evolve_all(self.case, started, self.now)
        return [*started, *paying.settle(case, notice, self.model, self.now, CALENDAR)]

    def _decision(self, outcome: str) -> Sequence[e.Event]:
        who = _official(self.case.unit_in_charge, self.phase.id)
        claimed = deciding.claim(self.case, self.model, None, who)
        case = evolve_all(self.case, claimed, self.now)
        decision = deciding.Decision(
            outcome=outcome,
            facts=SAID,
            grounds=SAID,
            checked=tuple(one.id for one in self.phase.checklist),
            seen=self.phase.documents,
        )
        return [*claimed, *deciding.decide(case, self.model, decision, who, self.now)]

    def _work(self, offer: str) -> Sequence[e.Event]:
        """What a phase that runs by itself does, or the exception desk after it could not."""
        case, phase = self.case, self.phase
        if offer == TROUBLE:
            self._troubled = True
            self._apply(automatic.fail(case, phase.id, "register", "unavailable"))
            self._apply(automatic.to_desk(self.case, self.model, phase.id))
            self._apply(deciding.order_retry(self.case, _official(self.case.unit)))
            return automatic.begin(self.case, self.model, phase.id, self.now, CALENDAR)
        for asked in automatic.ask_evidence(case, self.model, phase.id):
            assert isinstance(asked, e.EvidenceAsked)
            self._apply([asked])
            answer: dict[str, JsonValue] = {"found": True}
            self._apply(
                automatic.obtain(self.case, self.model, phase.id, str(asked.evidence), answer)
            )
        if phase.kind == "document":
            return automatic.issue(self.case, self.model, phase.id, self._document())
        if phase.kind == "delivery":
            return automatic.deliver(self.case, self.model, phase.id)
        return automatic.choose(self.case, self.model, phase.id, facts_for(phase, offer))

    def _document(self) -> IssuedDocument:
        template = str(self.phase.template)
        return IssuedDocument(
            id=DocumentId(f"d{len(self.case.documents)}"),
            kind="refusal" if template == "refusal" else "result",
            template=template,
            language="bg",
            digest="0" * 64,
            size=1,
            key=f"documents/c/{template}.pdf",
            issued_at=self.now,
        )

    def _go_on(self) -> None:
        """As the execution does: to the phase that the record says comes next."""
        following = phases.next_phase(self.case, self.model)
        if not self.case.is_open or following is None:
            return
        self._troubled = False
        enter = phases.open_phase if self.model.phase(following).waits else automatic.begin
        self._apply(enter(self.case, self.model, following, self.now, CALENDAR))
        again = phases.open_phase(self.case, self.model, following, self.now, CALENDAR)
        assert again == [] or phases.has_ended(self.case), "opening a phase twice changes something"
        # A fee that is not owed ends the payment at once.
        if phases.has_ended(self.case):
            self._go_on()

    def reopen(self, at: PhaseId) -> None:
        """The head of the unit takes the closed case up again."""
        head = _official(self.case.unit)
        self._apply(
            heading.reopen(self.case, self.model, head, at, SAID, self.now, CALENDAR),
        )
        self._go_on()

    def _apply(self, events: Sequence[e.Event]) -> None:
        for event in events:
            if isinstance(event, e.PhaseEnded):
                self.taken.append((str(event.phase), event.outcome))
                self._machine_agrees(event)
            self.case = evolve(self.case, event, self.now)
            self._happened.append((_EVENT.dump_json(event), self.now))
        if events:
            self._holds()

    def _machine_agrees(self, ended: e.PhaseEnded) -> None:
        """The compiled machine leads where the record goes."""
        ways = self._states.get(f"{ended.phase} route", {}).get("Choices", [])
        led = {way["StringEquals"]: way["Next"] for way in ways}
        to = led[ended.outcome] if led else self._states[ended.phase]["Next"]
        after = routing_of(self.model, ended)
        assert to == after, f"{ended.phase}: {ended.outcome} leads to {to}, and not to {after}"

    def _holds(self) -> None:
        """What is true of every case at any time."""
        case, model = self.case, self.model
        answer = routing.reply(case, model, 1, self.now, CALENDAR)
        assert 1 <= answer.wait <= planning.LONGEST_WAIT.total_seconds()
        assert planning.wake_at(case, self.now).tzinfo == UTC
        moments = [planned.at for planned in case.planned]
        assert moments == sorted(moments)
        if case.clock is not None:
            assert case.due is not None
            assert case.due.deadline == deadlines.running(case.clock, CALENDAR)

    def replayed_is_the_same(self) -> bool:
        """Whether the events, as they are kept, make the same case again."""
        case = begin(CaseId("c"), self._first, MONDAY)
        for kept, at in self._happened:
            case = evolve(case, _EVENT.validate_json(kept), at)
        return case == self.case


def routing_of(model: ServiceModel, ended: e.PhaseEnded) -> str:
    """The phase or the end that the model gives an outcome."""
    if ended.outcome == WITHDRAWN:
        return WITHDRAWN
    if ended.outcome == "silence":
        return str(model.silence.next)
    outcome = model.phase(ended.phase).outcomes[ended.outcome]
    return str(outcome.next or outcome.close)


def facts_for(phase: Phase, outcome: str) -> Mapping[str, JsonValue]:
    """Facts by which the phase ends so."""
    for choice in phase.choices:
        if choice.outcome == outcome:
            return _holding(choice.when)
    return {}


def _holding(rule: Rule) -> dict[str, JsonValue]:
    """Facts of which a condition holds; of what must not hold, nothing is known."""
    if rule.any:
        return _holding(rule.any[0])
    if rule.all:
        return {name: value for one in rule.all for name, value in _holding(one).items()}
    if rule.fact is None:
        return {}
    values = (rule.equals, *rule.one_of, rule.at_least, rule.at_most, rule.present)
    return {rule.fact: next((one for one in values if one is not None), None)}


def _official(unit: str, what: str = "") -> Principal:
    """Somebody of the unit who may do everything there."""
    roles = frozenset({"registrar", "head-of-unit", "administrator"})
    return Principal.model_validate(
        {
            "subject": SubjectId(f"official-{unit}-{what}"),
            "name": "Мария",
            "roles": roles,
            "unit": unit,
        }
    )
