"""What every record of the staff promises: the twin in memory and the table alike."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from chalicelib.adapters.staff.dynamodb import DynamoStaff
from chalicelib.adapters.staff.memory import MemoryStaff
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.staff.members import Absence, Member
from chalicelib.ports.staff import Check
from tests.table import create_table

DAY = date(2026, 12, 1)
ANA = Member(subject=SubjectId("ana"), name="Ана", unit="roads", roles=frozenset({"registrar"}))


@pytest.fixture(params=["memory", "dynamodb"])
def staff(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "memory":
        yield MemoryStaff()
        return
    request.getfixturevalue("aws")
    create_table()
    yield DynamoStaff()


def test_nobody_is_known_at_first(staff: Any) -> None:
    assert list(staff.members()) == []


def test_a_member_comes_back_as_they_were_stored_one_version_on(staff: Any) -> None:
    absence = Absence(id="a", first=DAY, last=DAY, substitute=SubjectId("bob"))
    stored = ANA.model_copy(update={"absences": (absence,)})
    assert staff.put(stored)
    assert list(staff.members()) == [stored.model_copy(update={"version": 1})]


def test_of_two_who_change_a_member_at_once_one_is_told(staff: Any) -> None:
    assert staff.put(ANA)
    assert not staff.put(ANA), "somebody had stored her already"
    (known,) = staff.members()
    assert staff.put(known)
    assert not staff.put(known.model_copy(update={"name": "Друга"}))
    (last,) = staff.members()
    assert (last.name, last.version) == ("Ана", 2)


def test_a_check_counts_unless_another_was_asked_for_meanwhile(staff: Any) -> None:
    never = staff.last_check()
    assert never == Check()
    assert staff.put_check(DAY, over=never)
    assert staff.last_check().day == DAY
    assert not staff.put_check(None, over=never)
    assert staff.put_check(None, over=staff.last_check())
    assert staff.last_check().day is None
    assert list(staff.members()) == []
