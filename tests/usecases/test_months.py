"""Services that take weeks and years, told with the real calendar: stops, silence, courts."""

from datetime import UTC, date, datetime
from typing import Any

from chalicelib.domain.access import Principal
from chalicelib.domain.cases.consulting import Opinion
from chalicelib.domain.ids import CaseNumber
from chalicelib.usecases import applications, applying, decisions
from chalicelib.usecases.applications import Filing
from chalicelib.usecases.applying import Correction
from tests.models import published
from tests.papers import text
from tests.stepfunctions.applications import APPLICATIONS, model
from tests.tale import Tale
from tests.walker import Walker
from tests.world import citizen, official

PERSON = {"applies_as": "person", "eik": None}


class Months(Tale):
    """A case of a service of the repository; whoever is in charge is there."""

    def __init__(self, service: str, on: datetime, **answers: Any) -> None:
        super().__init__()
        self.model = model(service)
        self.world.services.publish(published(self.model), after=0)
        self.walker = Walker(self.world, self.model)
        self.world.now = on
        given = {**APPLICATIONS[service], "names": citizen().name, **answers}
        filing = Filing.model_validate(
            {
                "service": service,
                "tier": "regular",
                "delivery": "portal",
                "answers": {name: value for name, value in given.items() if value is not None},
            }
        )
        case = applications.file_application(self.world, citizen(), filing, "key", on)
        self.number = CaseNumber(case.number)
        self.settle()

    @property
    def due(self) -> date:
        """By which day it is to be decided."""
        assert self.case.due is not None
        return self.case.due.deadline.date

    def ends(self, outcome: str, **texts: Any) -> None:
        """Whoever leads the phase ends it."""
        assert self.case.phase is not None
        phase = self.model.phase(self.case.phase.id)
        checked = tuple(one.id for one in phase.checklist)
        self.decide(outcome, self.in_charge(), checked=checked, seen=phase.documents, **texts)

    def in_charge(self) -> Principal:
        """Somebody of the unit with the role that the phase asks for."""
        assert self.case.phase is not None
        phase = self.model.phase(self.case.phase.id)
        assert phase.role is not None
        return official(phase.role, name=phase.id, unit=phase.unit)

    def all_agree(self) -> None:
        """Every unit that is asked."""
        assert self.case.phase is not None
        for asked in self.case.phase.opinions:
            who = official(asked.role, unit=asked.unit)
            opinion = Opinion(opinion=asked.id, says="agrees")
            decisions.give_opinion(self.world, who, self.number, opinion, self.world.now)
        self.settle()

    def corrects(self, **answers: Any) -> None:
        """The applicant puts it right."""
        correction = Correction(answers=answers, note="Поправено.")
        applying.correct(self.world, citizen(), self.number, correction, self.world.now)
        self.settle()

    def comes_to(self, moment: datetime) -> None:
        """Time passes; whatever is planned until then comes at its moment."""
        while (case := self.case).planned and case.planned[0].at <= moment:
            self.world.now = max(self.world.now, case.planned[0].at)
            self.pass_time()
        self.world.now = moment
        self.pass_time()

    def reached(self) -> list[str]:
        """The milestones that came, in their order."""
        journal = self.world.cases.journal(self.case.id)
        return [str(e.data["milestone"]) for e in journal if e.event == "milestone-reached"]

    def papers(self) -> list[str]:
        """What its documents say."""
        stored = [self.world.documents.get(one.key) for one in self.case.documents]
        return [" ".join(text(one).split()) for one in stored]


def at(year: int, month: int, day: int, hour: int = 8) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def say_no(case: Months) -> None:
    """One unit objects: that is reason enough to go on."""
    assert case.case.phase is not None
    asked = case.case.phase.opinions[0]
    opinion = Opinion(opinion=asked.id, says="objects", text="Остават по-малко от 1,50 м.")
    who = official(asked.role, unit=asked.unit)
    decisions.give_opinion(case.world, who, case.number, opinion, case.world.now)


def test_a_pavement_is_given_by_silence_after_christmas() -> None:
    case = Months("pavement-use", at(2026, 12, 16), **PERSON)
    case.pay()
    assert case.due == date(2026, 12, 23)
    case.comes_to(at(2026, 12, 17))
    say_no(case)
    case.ends("irregular")
    case.comes_to(at(2026, 12, 19))
    assert case.stands == "correction"
    case.corrects(days=20)
    # Six days are left: to Christmas, the 25th; the next that works is the 29th, because the 28th
    # is off instead of the 26th, a Saturday.
    assert case.due == date(2026, 12, 29)

    case.comes_to(at(2026, 12, 29, 21))
    assert case.stands == "opinions"
    assert case.reached() == ["reminder", "escalation", "warning", "warning"]
    case.comes_to(at(2026, 12, 29, 22))
    assert case.stands == "granted-by-silence"
    assert case.reached()[-1] == "silence"
    (paper,) = case.papers()
    for said in ("налице мълчаливо съгласие", "от 14 декември 2026 г., за 20 дни", "29 декември"):
        assert said in paper


def test_a_correction_that_never_comes_ends_the_case_and_not_by_silence() -> None:
    case = Months("pavement-use", at(2026, 12, 16), **PERSON)
    case.pay()
    say_no(case)
    case.ends("irregular")
    case.comes_to(at(2027, 1, 31))
    assert (case.stands, case.reached()) == ("terminated", ["reminder", "expiry"])
    (paper,) = case.papers()
    assert "не бяха отстранени в срок" in paper


def test_information_is_clarified_extended_and_somebody_else_never_answers() -> None:
    case = Months("public-information", at(2026, 12, 1))
    assert case.due == date(2026, 12, 15)
    case.comes_to(at(2026, 12, 2))
    case.ends("unclear")
    case.comes_to(at(2026, 12, 14))
    case.corrects(subject="Разходи за тротоари през 2025 г.")
    assert case.due == date(2026, 12, 29)  # anew: fourteen days, and on to one that works
    case.ends("clear")
    case.comes_to(at(2026, 12, 23))
    assert case.reached() == ["reminder", "reminder", "escalation"]
    head = official("head-of-unit", unit="public-information")
    decisions.extend_term(case.world, head, case.number, "Голям обем.", case.world.now)
    assert case.due == date(2027, 1, 8)
    case.ends("third-party")
    case.comes_to(at(2027, 1, 8))
    assert case.reached()[3:] == ["reminder", "expiry"]
    assert case.stands == "decision"
    # The five days that were left from 6 January, and the ten granted.
    assert case.due == date(2027, 1, 21)
    case.ends("partly")
    assert case.stands == "partly-issued"
    (paper,) = case.papers()
    assert "частичен достъп до исканата информация: Разходи за тротоари през 2025 г." in paper


def test_a_building_permit_outlives_its_execution() -> None:
    case = Months("building-permit", at(2026, 11, 24))
    case.pay()
    assert case.due == date(2026, 12, 29)  # the thirtieth day is Christmas Eve
    case.ends("complete")
    case.all_agree()
    case.ends("act-awaited")
    case.comes_to(at(2027, 3, 1))
    assert case.reached() == ["reminder"]
    case.ends("received")
    assert case.due == date(2027, 3, 31)  # all thirty days were left
    case.ends("accept")
    case.ends("permit")
    case.ends("appealed")
    case.comes_to(at(2028, 6, 1))
    assert case.stands == "court"
    assert case.reached() == ["reminder", "reminder", "reminder"]
    execution = case.world.cases.execution(case.case.id)
    assert execution is not None
    assert execution.generation == 2
    case.ends("upheld")
    assert case.stands == "issued"
    permit, in_force = case.papers()
    assert "главният архитект на Община Стара Загора одобрява" in permit
    assert "1 юни 2028" in in_force


def test_a_building_permit_for_which_another_act_never_comes_is_given_up() -> None:
    case = Months("building-permit", at(2026, 11, 24))
    case.pay()
    case.ends("complete")
    case.all_agree()
    case.ends("act-awaited")
    case.comes_to(at(2027, 6, 1))
    assert (case.stands, case.reached()) == ("terminated", ["reminder", "reminder", "expiry"])
    (paper,) = case.papers()
    assert "не постъпиха поисканите поправки или актове" in paper
