"""Persons in charge over the twins: given by rule, passed on, escalated, checked every day."""

from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.domain.access import Principal
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.errors import Busy, Conflict, Forbidden, Invalid, NotFound
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.staff.members import Member
from chalicelib.usecases import assigning, decisions, staffing
from tests.every_word import full
from tests.tale import Tale
from tests.world import citizen, official

ANA, BOB, HEAD = official(name="Ана"), official(name="Боб"), official("head-of-unit", "Петя")
ADMINISTRATOR = official("administrator", "Ели", unit=None)
STRANGER = official("head-of-unit", "Чужд", unit="taxes")
TODAY = date(2026, 11, 23)


def with_rule(rule: str = "least-loaded", **more: Any) -> dict[str, Any]:
    """The model with every word; its examination is given by a rule."""
    data = full()
    for phase in data["phases"]:
        if phase["id"] == "examination":
            phase.update({"assign": rule, **more})
    return data


def told(rule: str = "least-loaded", *people: Principal, **more: Any) -> Tale:
    tale = Tale(with_rule(rule, **more))
    for one in people or (ANA, BOB, HEAD):
        staffing.meet(tale.world, one)
    return tale


def examined(tale: Tale) -> Tale:
    tale.file()
    tale.pay()
    assert tale.stands == "examination"
    return tale


def in_charge(tale: Tale) -> str | None:
    phase = tale.case.phase
    return phase.assignee.name if phase and phase.assignee else None


def absent(tale: Tale, who: Principal, substitute: Principal | None = None, days: int = 1) -> str:
    last = TODAY + timedelta(days=days - 1)
    to = substitute.subject if substitute else None
    world = tale.world
    return staffing.announce_absence(world, who, who.subject, TODAY, last, to, world.now).id


def test_who_signs_in_is_known_and_citizens_are_not() -> None:
    tale = told()
    staffing.meet(tale.world, citizen())
    assert [one.name for one in staffing.staff_of(tale.world).members] == ["Ана", "Боб", "Петя"]
    assert staffing.enlist(tale.world, [Member.of(ANA)]) == 0, "nothing changed"
    moved = ANA.model_copy(update={"unit": "taxes"})
    absent(tale, ANA)
    staffing.meet(tale.world, moved)
    known = staffing.staff_of(tale.world).find(ANA.subject)
    assert known is not None
    assert (known.unit, len(known.absences)) == ("taxes", 1), "her absences stay"


def test_who_is_no_longer_in_the_pool_has_left() -> None:
    tale = examined(told())
    assert in_charge(tale) == "Ана"
    assert assigning.attend(tale.world, tale.world.now) is not None
    assert staffing.take_over(tale.world, [Member.of(one) for one in (BOB, HEAD)]) == 1
    assert staffing.take_over(tale.world, [Member.of(one) for one in (BOB, HEAD)]) == 0
    found = assigning.attend(tale.world, tale.world.now)
    assert found is not None
    assert (found.passed_on, in_charge(tale)) == (1, None)


def test_the_task_goes_to_who_has_the_fewest() -> None:
    tale = examined(told())
    assert in_charge(tale) == "Ана"
    assert tale.last("task-assigned")["because"] == "least-loaded"
    first = tale.number
    examined(tale)
    assert (tale.number != first, in_charge(tale)) == (True, "Боб")


def test_without_a_rule_it_waits_in_the_queue() -> None:
    tale = examined(told("queue"))
    assert in_charge(tale) is None
    assert "task-assigned" not in tale.events()


def test_the_absent_are_given_nothing() -> None:
    tale = told()
    absent(tale, ANA)
    assert in_charge(examined(tale)) == "Боб"


def test_where_nobody_is_known_the_task_waits_and_is_seen() -> None:
    tale = Tale(with_rule())
    examined(tale)
    assert in_charge(tale) is None
    found = assigning.attend(tale.world, tale.world.now)
    assert found is not None
    assert found.unattended == (tale.number,)
    (seen,) = assigning.unattended(tale.world, ADMINISTRATOR, tale.world.now)
    assert seen.number == tale.number
    assert assigning.unattended(tale.world, STRANGER, tale.world.now) == []
    with pytest.raises(Forbidden):
        assigning.unattended(tale.world, ANA, tale.world.now)


def test_tasks_of_the_absent_are_passed_on_the_same_day() -> None:
    tale = examined(told())
    assert assigning.attend(tale.world, tale.world.now) is not None
    assert assigning.attend(tale.world, tale.world.now) is None, "once a day"
    absent(tale, ANA, BOB)
    found = assigning.attend(tale.world, tale.world.now)
    assert found is not None
    assert (found.passed_on, found.unattended, in_charge(tale)) == (1, (), "Боб")
    assert tale.last("task-assigned")["because"] == "stands-in"


def test_without_a_substitute_they_return_to_the_unit() -> None:
    tale = examined(told())
    absent(tale, ANA)
    assigning.attend(tale.world, tale.world.now)
    assert (in_charge(tale), tale.events()[-1]) == (None, "task-released")


def test_when_everybody_is_away_it_is_seen_until_somebody_is_back() -> None:
    tale = examined(told())
    for one in (ANA, BOB, HEAD):
        absent(tale, one)
    found = assigning.attend(tale.world, tale.world.now)
    assert found is not None
    assert found.unattended == (tale.number,)
    tomorrow = tale.world.now + timedelta(days=1)
    found = assigning.attend(tale.world, tomorrow)
    assert found is not None
    assert found.unattended == ()


def test_an_absence_announced_while_tasks_are_checked_is_not_forgotten() -> None:
    tale = examined(told())
    before = tale.world.staff.last_check()
    absent(tale, ANA, BOB)
    assert not tale.world.staff.put_check(TODAY, over=before)
    assert assigning.attend(tale.world, tale.world.now) is not None


def test_a_cancelled_absence_counts_no_more() -> None:
    tale = told()
    which = absent(tale, ANA)
    with pytest.raises(NotFound):
        staffing.cancel_absence(tale.world, ANA, ANA.subject, "none")
    with pytest.raises(Forbidden):
        staffing.cancel_absence(tale.world, BOB, ANA.subject, which)
    with pytest.raises(Forbidden):
        staffing.cancel_absence(tale.world, STRANGER, ANA.subject, which)
    with pytest.raises(NotFound):
        staffing.cancel_absence(tale.world, ANA, SubjectId("nobody"), which)
    staffing.cancel_absence(tale.world, HEAD, ANA.subject, which)
    assert in_charge(examined(tale)) == "Ана"


def test_who_is_changed_all_the_time_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    tale = told()
    monkeypatch.setattr(tale.world.staff, "put", lambda member: False)
    with pytest.raises(Busy):
        absent(tale, ANA)


def test_a_substitute_acts_with_the_rights_of_the_head() -> None:
    tale = told()
    absent(tale, HEAD, ANA)
    acting = staffing.in_office(tale.world, ANA, tale.world.now)
    assert acting.has("head-of-unit")
    assert not staffing.in_office(tale.world, BOB, tale.world.now).has("head-of-unit")
    tomorrow = tale.world.now + timedelta(days=1)
    assert not staffing.in_office(tale.world, ANA, tomorrow).has("head-of-unit")
    assert staffing.in_office(tale.world, ADMINISTRATOR, tale.world.now) == ADMINISTRATOR
    examined(tale)
    assigning.assign(tale.world, acting, tale.number, None, BOB.subject, tale.world.now)
    assert in_charge(tale) == "Боб"


def test_the_head_gives_the_task_to_whom_they_like() -> None:
    tale = examined(told())
    assigning.assign(tale.world, HEAD, tale.number, None, BOB.subject, tale.world.now)
    assert in_charge(tale) == "Боб"
    said = tale.last("task-assigned")
    assert (said["because"], said["by"]["name"]) == ("ordered", "Петя")
    version = tale.case.version
    assigning.assign(tale.world, HEAD, tale.number, None, BOB.subject, tale.world.now)
    assert tale.case.version == version, "again changes nothing"


def test_to_whom_a_task_cannot_be_given_is_said() -> None:
    tale = examined(told())
    absent(tale, BOB)
    for subject, code in ((BOB.subject, "absent"), (SubjectId("nobody"), "not-of-unit")):
        with pytest.raises(Invalid) as wrong:
            assigning.assign(tale.world, HEAD, tale.number, None, subject, tale.world.now)
        assert [(fault.field, fault.code) for fault in wrong.value.faults] == [("official", code)]
    for who, error in ((ANA, Forbidden), (STRANGER, NotFound), (ADMINISTRATOR, Forbidden)):
        with pytest.raises(error):
            assigning.assign(tale.world, who, tale.number, None, ANA.subject, tale.world.now)


def test_who_could_take_the_task() -> None:
    tale = told()
    tale.file()
    assert assigning.takers(tale.world, tale.case, tale.world.now) == (), "nobody: it is to be paid"
    tale.pay()
    absent(tale, BOB)
    names = [one.name for one in assigning.takers(tale.world, tale.case, tale.world.now)]
    assert names == ["Ана", "Петя"]


def test_an_escalation_names_the_head_or_who_stands_in() -> None:
    for substitute, expected in ((None, "Петя"), (BOB, "Боб")):
        tale = told()
        if substitute:
            absent(tale, HEAD, substitute, days=60)
        examined(tale)
        assert tale.case.phase is not None
        assert tale.case.phase.due_at is not None
        tale.world.now = tale.case.phase.due_at + timedelta(minutes=1)
        tale.pass_time(seconds=1)
        assert tale.case.phase is not None
        assert tale.case.phase.escalated_to is not None
        assert tale.case.phase.escalated_to.name == expected


def test_four_eyes_hold_for_claiming_giving_and_deciding() -> None:
    data = with_rule("queue", four_eyes=True)
    tale = Tale(data)
    for one in (ANA, BOB, HEAD):
        staffing.meet(tale.world, one)
    examined(tale)
    decided = [{"phase": "registration", "by": ANA.subject}]
    world, case = tale.world, tale.case
    stored = world.cases._cases[case.id]
    spoiled = type(case).model_validate(case.model_dump() | {"decided": decided})
    world.cases._cases[case.id] = stored.model_copy(update={"after": spoiled})

    with pytest.raises(Conflict) as refused:
        decisions.claim(world, ANA, tale.number, None, world.now)
    assert refused.value.code == "four-eyes"
    with pytest.raises(Invalid) as wrong:
        assigning.assign(world, HEAD, tale.number, None, ANA.subject, world.now)
    assert wrong.value.faults[0].code == "four-eyes"
    decisions.claim(world, BOB, tale.number, None, world.now)
    with pytest.raises(Conflict):
        decisions.decide(world, ANA, tale.number, Decision(outcome="approve"), world.now)


def test_whoever_decided_is_remembered_and_gets_it_again() -> None:
    tale = told("same-as-before")
    examined(tale)
    assert in_charge(tale) is None, "nobody had it before"
