"""The term of a case from its beginning to what comes at its end."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.deadlines.clock import stands
from chalicelib.domain.errors import Forbidden, Invalid, NotFound, NotPossible
from chalicelib.domain.ids import PhaseId
from chalicelib.usecases import applying, decisions
from chalicelib.usecases.applying import Correction
from tests.every_word import full, phase
from tests.tale import CLERK, HEAD, Tale
from tests.world import citizen, official

EXAMINATION = PhaseId("examination")


def examined(data: dict[str, Any] | None = None) -> Tale:
    """Paid, and before an official."""
    tale = Tale(data)
    tale.file()
    tale.pay()
    assert tale.stands == "examination"
    return tale


def due(tale: Tale) -> datetime:
    promised = tale.case.due
    assert promised is not None
    return promised.deadline.due


def kinds(tale: Tale) -> list[str]:
    return [milestone.kind for milestone in tale.case.milestones]


def test_the_term_begins_when_the_application_arrives() -> None:
    tale = Tale()
    tale.file()
    assert (tale.case.clock, tale.case.milestones) == (None, ())
    tale.pay()
    clock = tale.case.clock
    assert clock is not None
    assert clock.start == tale.world.now
    assert kinds(tale) == ["warning", "silence"]
    assert tale.case.milestones[-1].at == due(tale)


def test_silence_falls_by_itself_after_its_warning_and_makes_its_document() -> None:
    tale = examined()
    wait = due(tale) - tale.world.now
    tale.pass_time(seconds=(wait - timedelta(hours=1)).total_seconds())
    warned = [e for e in tale.world.cases.journal(tale.case.id) if e.data.get("of_term")]
    assert [e.data["milestone"] for e in warned] == ["warning"]
    assert tale.stands == "examination"

    tale.pass_time(hours=1)
    assert (tale.stands, tale.case.result) == ("refused-by-silence", "silence")
    (document,) = tale.case.documents
    assert document.template == "act"
    assert tale.world.documents.get(document.key).startswith(b"%PDF")


def test_what_was_decided_a_moment_before_is_not_silence() -> None:
    tale = examined()
    tale.world.now = due(tale) - timedelta(seconds=1)
    tale.decide("approve")
    assert tale.stands == "issued"
    tale.pass_time(days=1)
    assert tale.stands == "issued"


def test_a_decision_after_silence_comes_too_late() -> None:
    tale = examined()
    decisions.claim(tale.world, CLERK, tale.number, EXAMINATION, tale.world.now)
    tale.pass_time(days=40)
    assert tale.stands == "refused-by-silence"
    decision = Decision(phase=EXAMINATION, outcome="approve")
    with pytest.raises(NotPossible):
        decisions.decide(tale.world, CLERK, tale.number, decision, tale.world.now)


def test_silence_that_means_nothing_by_itself_only_leaves_the_case_late() -> None:
    data = full()
    data["silence"] |= {"next": None, "warnings": []}
    data["phases"] = [one for one in data["phases"] if one["id"] != "tacit"]
    tale = examined(data)
    tale.pass_time(days=40)
    assert tale.stands == "examination"
    assert tale.case.milestones == ()


def test_a_correction_stops_the_clock_and_its_end_starts_it() -> None:
    tale = examined()
    before = due(tale)
    tale.decide("correct")
    assert tale.stands == "correcting"
    clock = tale.case.clock
    assert clock is not None
    assert stands(clock)
    assert tale.case.milestones == ()
    assert tale.last("clock-stopped")["stop"] == "suspension"

    tale.world.now += timedelta(days=3)
    correction = Correction(answers={"purpose": "school", "stranger": 1}, note="Поправих")
    applying.correct(tale.world, citizen(), tale.number, correction, tale.world.now)
    tale.settle()
    assert tale.stands == "examination"
    clock = tale.case.clock
    assert clock is not None
    assert clock.stops[0].until == tale.world.now
    assert kinds(tale) == ["warning", "silence"]
    assert due(tale) > before
    assert applying.answers_of(tale.world, citizen(), tale.number)["purpose"] == "school"


def test_a_correction_that_interrupts_gives_the_whole_term_again() -> None:
    data = full()
    phase(data, "correcting")["clock"] = "interrupted"
    tale = examined(data)
    tale.pass_time(days=1)
    tale.decide("correct")
    tale.pass_time(days=2)
    on = tale.world.now
    applying.correct(tale.world, citizen(), tale.number, Correction(note="Ето"), on)
    tale.settle()
    assert tale.case.due is not None
    fresh = Tale(data)
    fresh.world.now = on
    fresh.file()
    fresh.pay()
    assert due(tale) == due(fresh)


def test_a_correction_that_never_comes_ends_the_case() -> None:
    tale = examined()
    tale.decide("correct")
    tale.pass_time(days=8)
    assert tale.stands == "terminated"


def test_an_application_that_must_be_complete_arrives_then() -> None:
    data = full()
    data["arrival"] = "complete"
    tale = examined(data)
    assert tale.case.arrived_at == tale.world.now
    tale.pass_time(days=1)
    tale.decide("correct")
    assert tale.last("clock-stopped")["stop"] == "interruption"


@pytest.mark.parametrize(
    ("correction", "error"),
    [
        (Correction(), Invalid),
        (Correction(answers={"purpose": "nonsense"}), Invalid),
        (Correction(note="x" * 5001), Invalid),
    ],
)
def test_corrections_that_are_none(correction: Correction, error: type[Exception]) -> None:
    tale = examined()
    tale.decide("correct")
    with pytest.raises(error):
        applying.correct(tale.world, citizen(), tale.number, correction, tale.world.now)
    assert tale.stands == "correcting"


def test_who_may_not_correct_and_when() -> None:
    tale = examined()
    correction = Correction(note="Ето")
    with pytest.raises(NotPossible, match="no-correction-asked"):
        applying.correct(tale.world, citizen(), tale.number, correction, tale.world.now)
    tale.decide("correct")
    with pytest.raises(NotFound):
        applying.correct(tale.world, citizen(1), tale.number, correction, tale.world.now)
    with pytest.raises(Forbidden):
        applying.correct(tale.world, CLERK, tale.number, correction, tale.world.now)
    tale.pass_time(days=8)
    with pytest.raises(NotPossible):
        applying.correct(tale.world, citizen(), tale.number, correction, tale.world.now)


def test_an_applicant_withdraws_while_somebody_is_waited_for() -> None:
    tale = examined()
    case = applying.withdraw(
        tale.world, citizen(), tale.number, "Вече не ми трябва", tale.world.now
    )
    tale.settle()
    assert (case.closed_as, tale.stands) == ("withdrawn", "withdrawn")
    assert not tale.walker.stands
    again = applying.withdraw(tale.world, citizen(), tale.number, "", tale.world.now)
    assert again == tale.case


def test_who_may_not_withdraw_and_when() -> None:
    tale = examined()
    with pytest.raises(NotFound):
        applying.withdraw(tale.world, citizen(1), tale.number, "", tale.world.now)
    with pytest.raises(Forbidden):
        applying.withdraw(tale.world, CLERK, tale.number, "", tale.world.now)
    with pytest.raises(Invalid):
        applying.withdraw(tale.world, citizen(), tale.number, "x" * 5001, tale.world.now)
    tale.decide("approve")
    with pytest.raises(NotPossible, match="cannot-be-withdrawn"):
        applying.withdraw(tale.world, citizen(), tale.number, "", tale.world.now)


def test_a_service_that_nobody_may_withdraw_from() -> None:
    data = full()
    data["withdrawal"] = None
    tale = examined(data)
    with pytest.raises(NotPossible, match="cannot-be-withdrawn"):
        applying.withdraw(tale.world, citizen(), tale.number, "", tale.world.now)


def test_the_head_extends_the_term_once_with_a_reason() -> None:
    tale = examined()
    before = due(tale)
    decisions.extend_term(tale.world, HEAD, tale.number, "Чакаме архив", tale.world.now)
    assert due(tale) > before
    assert tale.case.milestones[-1].at == due(tale)
    assert tale.case.phase is not None
    assert tale.case.phase.due_at is None or tale.case.phase.due_at <= due(tale)
    with pytest.raises(NotPossible, match="cannot-be-extended"):
        decisions.extend_term(tale.world, HEAD, tale.number, "Пак", tale.world.now)
    extended = tale.last("term-extended")
    assert "Чакаме" not in str(extended)


def test_a_phase_that_ended_with_its_case_is_extended_with_it() -> None:
    data = full()
    examination = phase(data, "examination")
    examination["term"] = "90 working-days"
    examination.pop("terms", None)
    tale = examined(data)
    assert tale.case.phase is not None
    assert tale.case.phase.due_at == due(tale)
    decisions.extend_term(tale.world, HEAD, tale.number, "Чакаме архив", tale.world.now)
    assert tale.case.phase is not None
    assert tale.case.phase.due_at == due(tale)


def test_a_term_that_stands_is_extended_without_setting_it_going() -> None:
    data = full()
    phase(data, "sorting")["choices"][1]["when"] = {"fact": "tier", "equals": "regular"}
    tale = Tale(data)
    tale.file()
    tale.pay()
    assert tale.stands == "waiting"
    decisions.extend_term(tale.world, HEAD, tale.number, "Чакаме", tale.world.now)
    assert tale.case.milestones == ()
    tale.decide("came")
    assert tale.stands == "examination"
    assert kinds(tale) == ["warning", "silence"]


@pytest.mark.parametrize(
    ("who", "reason", "error"),
    [
        (CLERK, "Защото", Forbidden),
        (official("head-of-unit", "Чужд", unit="architecture"), "Защото", NotFound),
        (HEAD, " ", Invalid),
        (HEAD, "x" * 5001, Invalid),
    ],
)
def test_who_may_not_extend(who: Any, reason: str, error: type[Exception]) -> None:
    tale = examined()
    with pytest.raises(error):
        decisions.extend_term(tale.world, who, tale.number, reason, tale.world.now)


def test_a_service_whose_term_is_never_extended() -> None:
    data = full()
    data["extension"] = None
    tale = examined(data)
    with pytest.raises(NotPossible, match="cannot-be-extended"):
        decisions.extend_term(tale.world, HEAD, tale.number, "Защото", tale.world.now)


def test_a_closed_case_is_taken_up_again_under_a_new_term() -> None:
    tale = examined()
    tale.decide("refuse")
    assert tale.stands == "refused"
    tale.pass_time(days=30)
    decisions.reopen(tale.world, HEAD, tale.number, EXAMINATION, "Съдът върна", tale.world.now)
    tale.settle()
    case = tale.case
    assert (case.is_open, tale.stands, case.resume_at) == (True, "examination", None)
    assert case.clock is not None
    assert case.clock.start == tale.world.now
    tale.decide("approve")
    assert tale.stands == "issued"
    assert [document.kind for document in tale.case.documents] == ["refusal", "result"]


def test_the_stream_may_tell_of_a_reopening_many_times() -> None:
    tale = examined()
    tale.decide("refuse")
    decisions.reopen(tale.world, HEAD, tale.number, EXAMINATION, "Върнато", tale.world.now)
    for _ in range(3):
        tale.settle()
    execution = tale.world.cases.execution(tale.case.id)
    assert execution is not None
    assert execution.generation == 2


@pytest.mark.parametrize(
    ("who", "at", "reason", "error"),
    [
        (CLERK, "examination", "Защото", Forbidden),
        (HEAD, "issuing", "Защото", Invalid),
        (HEAD, "examination", "", Invalid),
        (official("head-of-unit", "Чужд", unit="architecture"), "examination", "Да", NotFound),
    ],
)
def test_who_may_not_reopen(who: Any, at: str, reason: str, error: type[Exception]) -> None:
    tale = examined()
    tale.decide("refuse")
    with pytest.raises(error):
        decisions.reopen(tale.world, who, tale.number, PhaseId(at), reason, tale.world.now)


def test_what_is_open_or_was_never_decided_is_not_reopened() -> None:
    tale = examined()
    for _ in range(2):
        with pytest.raises(NotPossible, match="cannot-be-reopened"):
            decisions.reopen(tale.world, HEAD, tale.number, EXAMINATION, "Да", tale.world.now)
        applying.withdraw(tale.world, citizen(), tale.number, "", tale.world.now)
