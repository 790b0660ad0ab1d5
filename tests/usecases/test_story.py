"""The story of a case, told with use cases and twins: from application to result."""

from datetime import timedelta

import pytest

from chalicelib.adapters.executions.memory import MemoryExecutions
from chalicelib.adapters.population.demo import DemoPopulation
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.cases.routing import Reply
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import (
    Busy,
    Conflict,
    Forbidden,
    Invalid,
    KeyReused,
    NotFound,
    NotPossible,
)
from chalicelib.domain.ids import CaseNumber, Invoice, PhaseId, ServiceCode
from chalicelib.domain.journal import check_chain
from chalicelib.usecases import applications, decisions, following, payments, viewing
from chalicelib.usecases.applications import Filing
from tests.notices import epay_body
from tests.walker import Walker
from tests.world import World, citizen, official

ANSWERS = {"purpose": "bank", "truth": True}
EXAMINATION = PhaseId("examination")
CLERK = official()


def filing(**changes: object) -> Filing:
    """A right application."""
    return Filing.model_validate(
        {
            "service": "permanent-address",
            "tier": "regular",
            "delivery": "portal",
            "answers": ANSWERS,
            **changes,
        }
    )


class Story:
    """The world with one case in it, and what people do."""

    def __init__(self) -> None:
        self.world = World()
        self.walker = Walker(self.world)
        self.number = CaseNumber("")

    @property
    def case(self) -> Case:
        return self.world.cases.find(self.number)

    def file(self) -> Case:
        case = applications.file_application(self.world, citizen(), filing(), "key", self.world.now)
        self.number = case.number
        self.settle()
        return case

    def settle(self) -> None:
        self.walker.settle(self.case.id)

    def start_payment(self) -> Invoice:
        _, invoice, _ = payments.begin_payment(
            self.world, citizen(), self.number, "epay", "bg", self.world.now
        )
        return invoice

    def tell(self, invoice: Invoice, status: str = "PAID") -> str:
        body = epay_body(f"INVOICE={invoice}:STATUS={status}", paid=status == "PAID")
        answer = payments.receive_notification(self.world, "epay", body, self.world.now)
        self.settle()
        return answer

    def pay(self) -> None:
        self.tell(self.start_payment())

    def decide(self, outcome: str = "approve", **texts: str) -> None:
        decisions.claim(self.world, CLERK, self.number, EXAMINATION, self.world.now)
        decision = Decision(phase=EXAMINATION, outcome=outcome, **texts)
        decisions.decide(self.world, CLERK, self.number, decision, self.world.now)
        self.settle()


@pytest.fixture
def story() -> Story:
    story = Story()
    story.file()
    return story


def test_from_application_to_certificate(story: Story) -> None:
    story.pay()
    assert story.case.phase is not None
    assert story.case.phase.id == "examination"
    story.decide()
    case = story.case
    assert (case.closed_as, case.result) == ("issued", "approve")
    document = case.documents[0]
    assert story.world.documents.get(document.key).startswith(b"%PDF")
    check_chain(story.world.cases.journal(case.id), case.head)
    assert not story.walker.stands


def test_a_refusal_is_a_document_too(story: Story) -> None:
    story.pay()
    story.decide("refuse", facts="Лицето няма адрес.", grounds="чл. 90 от ЗГР")
    assert story.case.closed_as == "refused"
    assert [d.kind for d in story.case.documents] == ["refusal"]


def test_an_unpaid_application_closes_by_itself(story: Story) -> None:
    story.world.pass_time(days=8)
    story.walker.time_out(story.case.id)
    assert story.case.closed_as == "unpaid"


def test_a_payment_that_is_faster_than_the_execution_ends_the_phase() -> None:
    story = Story()
    case = applications.file_application(story.world, citizen(), filing(), "key", story.world.now)
    story.number = case.number
    body = epay_body(f"INVOICE={story.start_payment()}:STATUS=PAID", paid=True)
    payments.receive_notification(story.world, "epay", body, story.world.now)
    assert story.case.phase is None
    story.settle()
    assert story.case.phase is not None
    assert (story.case.phase.id, story.case.order.status) == ("examination", "paid")


def test_the_same_form_twice_is_one_case(story: Story) -> None:
    again = applications.file_application(
        story.world, citizen(), filing(), "key", story.world.now + timedelta(hours=1)
    )
    assert again.number == story.number
    assert len(viewing.my_cases(story.world, citizen()).cases) == 1


def test_another_form_under_the_same_key_is_refused(story: Story) -> None:
    with pytest.raises(KeyReused):
        applications.file_application(
            story.world, citizen(), filing(tier="fast"), "key", story.world.now
        )


def test_the_same_key_of_another_person_is_another_case(story: Story) -> None:
    other = applications.file_application(story.world, citizen(1), filing(), "key", story.world.now)
    assert other.number != story.number


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({}, {"purpose", "truth"}),
        ({**ANSWERS, "purpose": "other"}, {"purpose_other"}),
        ({**ANSWERS, "status": "paid"}, {"status"}),
        ({**ANSWERS, "email": "x"}, {"email"}),
    ],
)
def test_wrong_answers_are_named_all_at_once(answers: dict[str, object], fields: set[str]) -> None:
    with pytest.raises(Invalid) as found:
        applications.file_application(
            World(), citizen(), filing(answers=answers), "key", World().now
        )
    assert {fault.field for fault in found.value.faults} == fields


def test_names_come_from_sign_in_whatever_is_sent(story: Story) -> None:
    answers = {**ANSWERS, "names": "Някой Друг"}
    case = applications.file_application(
        story.world, citizen(1), filing(answers=answers), "k", story.world.now
    )
    view = viewing.own_case(story.world, citizen(1), case.number)
    assert view.private["application-filed"]["answers"] == {**ANSWERS, "names": citizen(1).name}


def test_an_unknown_service_and_a_person_without_a_number() -> None:
    world = World()
    with pytest.raises(NotFound):
        applications.file_application(
            world, citizen(), filing(service=ServiceCode("nothing")), "k", world.now
        )
    nobody = citizen().model_copy(update={"egn": None})
    with pytest.raises(Invalid):
        applications.file_application(world, nobody, filing(), "k", world.now)
    with pytest.raises(Forbidden):
        applications.file_application(world, CLERK, filing(), "k", world.now)


def test_a_callback_again_gets_the_same_answer(story: Story) -> None:
    invoice = story.start_payment()
    answers = {story.tell(invoice) for _ in range(3)}
    assert answers == {f"INVOICE={invoice}:STATUS=OK\n"}
    kinds = [entry.event for entry in story.world.cases.journal(story.case.id)]
    assert kinds.count("payment-confirmed") == 1


def test_an_invoice_that_is_not_ours_is_kept_and_answered_no(story: Story) -> None:
    assert story.tell(Invoice("999")) == "INVOICE=999:STATUS=NO\n"
    assert story.case.order.status == "due"


def test_nobody_pays_somebody_elses_case(story: Story) -> None:
    with pytest.raises(NotFound):
        payments.begin_payment(story.world, citizen(1), story.number, "epay", "bg", story.world.now)
    with pytest.raises(NotFound):
        payments.begin_payment(story.world, citizen(), story.number, "bank", "bg", story.world.now)


def test_a_paid_case_starts_no_payment(story: Story) -> None:
    story.pay()
    with pytest.raises(NotPossible):
        story.start_payment()


def test_of_two_officials_one_decides(story: Story) -> None:
    story.pay()
    story.decide()
    with pytest.raises((NotPossible, Conflict)):
        decisions.decide(
            story.world,
            official("registrar", "Ана"),
            story.number,
            Decision(phase=EXAMINATION, outcome="refuse", facts="ф", grounds="о"),
            story.world.now,
        )


def test_while_the_register_is_down_the_case_waits_visibly_and_goes_on_by_itself(
    story: Story,
) -> None:
    down = [True]
    story.world.population = DemoPopulation(fails=lambda: down[0])
    story.pay()
    story.decide()
    assert story.case.trouble is not None
    assert (story.case.trouble.source, story.case.trouble.state) == ("uscrasp", "desk")
    down[0] = False
    decisions.order_retry(
        story.world, official("head-of-unit", "Петя"), story.number, story.world.now
    )
    story.settle()
    assert story.case.closed_as == "issued"
    assert story.case.trouble is None


def test_when_every_execution_is_lost_the_case_goes_on(story: Story) -> None:
    story.pay()
    story.walker.ended.update(story.walker.stands)
    story.walker.stands.clear()
    assert following.reconcile(story.world, story.world.now) == 0
    assert following.reconcile(story.world, story.world.now, everything=True) == 1
    story.settle()
    story.decide()
    assert story.case.closed_as == "issued"


def test_a_case_that_lies_for_months_gets_no_execution_a_sweep(story: Story) -> None:
    story.pay()
    for days in (5, 31):  # every milestone is done; then the longest wait is over
        story.world.pass_time(days=days)
        story.walker.time_out(story.case.id)
    for _ in range(3):
        story.world.pass_time(minutes=6)
        assert following.reconcile(story.world, story.world.now) == 0
    story.world.pass_time(days=31)  # nobody woke it: its execution is gone
    assert following.reconcile(story.world, story.world.now) == 1
    story.settle()
    story.decide()
    assert story.case.closed_as == "issued"


@pytest.mark.parametrize("bad", [0, 1])
def test_a_case_that_cannot_be_revived_holds_up_no_other(bad: int) -> None:
    world = World()
    filed = [
        applications.file_application(world, citizen(), filing(), f"key-{n}", world.now)
        for n in (0, 1)
    ]

    class Sick(MemoryExecutions):
        def start(self, machine: str, name: str, reply: Reply) -> None:
            if reply.case == filed[bad].id:
                raise RuntimeError("the machine is gone")
            super().start(machine, name, reply)

    world.executions = Sick()
    world.pass_time(minutes=30)
    with pytest.raises(Busy, match="not-revived"):
        following.reconcile(world, world.now)
    assert [reply.case for _, reply in world.executions.started.values()] == [filed[1 - bad].id]


def test_a_dead_token_brings_a_new_execution(story: Story) -> None:
    story.pay()
    (name, (token, _, _)), *_ = story.walker.stands.items()
    story.world.executions.dead.add(token)
    story.walker.ended.add(name)
    story.walker.stands.clear()
    story.decide()
    assert story.case.closed_as == "issued"
    assert len(story.world.executions.started) == 2


def test_an_official_who_looks_is_on_the_record(story: Story) -> None:
    view = viewing.office_case(story.world, CLERK, story.number, "examination", story.world.now)
    assert view.private["application-filed"]["person"]
    assert view.entries[-1].event == "personal-data-viewed"
    for who, error in (
        (official(unit="taxes"), NotFound),
        (official("administrator"), Forbidden),
        (citizen(), Forbidden),
    ):
        with pytest.raises(error):
            viewing.office_case(story.world, who, story.number, "curiosity", story.world.now)


def test_the_worklist_shows_the_unit_its_tasks(story: Story) -> None:
    story.pay()
    assert [c.number for c in viewing.worklist(story.world, CLERK).cases] == [story.number]
    assert viewing.worklist(story.world, official(unit="taxes")).cases == ()
    with pytest.raises(Forbidden):
        viewing.worklist(story.world, citizen())


def test_no_personal_data_in_the_record_itself(story: Story) -> None:
    story.pay()
    story.decide()
    person = citizen()
    stored = story.case.model_dump_json() + "".join(
        entry.model_dump_json() for entry in story.world.cases.journal(story.case.id)
    )
    assert person.egn is not None
    for secret in (person.egn, *person.name.split()):
        assert secret not in stored


def test_erasing_the_person_keeps_the_chain(story: Story) -> None:
    story.world.cases.erase(story.case.id)
    check_chain(story.world.cases.journal(story.case.id), story.case.head)
    assert viewing.own_case(story.world, citizen(), story.number).private == {}
