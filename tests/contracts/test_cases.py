"""What every system of record promises: the twin in memory and the table alike."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.cases.dynamodb import DynamoCases
from chalicelib.adapters.cases.lists import DynamoLists
from chalicelib.adapters.cases.memory import MemoryCases
from chalicelib.adapters.cases.records import DynamoExecutionRecords, DynamoRecords
from chalicelib.adapters.cases.rows import shard_of
from chalicelib.adapters.cipher.memory import MemoryCipher
from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.ids import CaseId, DocumentId, Invoice, SubjectId
from chalicelib.domain.journal import Opening, check_chain
from chalicelib.ports.cases import (
    Change,
    DocumentRecord,
    Execution,
    InvoiceRecord,
    NoticeRecord,
    Remembered,
    Taken,
)
from tests.builders import MONDAY, a_case, a_change, in_phase, number_of
from tests.table import REGION, create_table


class Table(DynamoCases, DynamoLists, DynamoRecords, DynamoExecutionRecords):
    """All four ports on the table, as the twin has them."""


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The system of record, by both its adapters."""
    if request.param == "memory":
        yield MemoryCases()
        return
    request.getfixturevalue("aws")
    create_table()
    from pynamodb.connection import Connection

    connection = Connection(region=REGION)
    yield Table(MemoryCipher(b"k" * 32), lambda: connection)


NAME = {1: {"name": Opening(salt="00" * 16, value="Иван Петров")}}
REMEMBERED = Remembered(
    subject=SubjectId("person-0"),
    key="key-1",
    digest="d",
    case=a_case().id,
    result="r",
    expires=MONDAY + timedelta(days=7),
)
INVOICE = InvoiceRecord(invoice=Invoice("2600000001"), operator="epay", case=a_case().id)
NOTICE = NoticeRecord(
    invoice=Invoice("2600000001"),
    operator="epay",
    digest="abc",
    body="{}",
    received_at=MONDAY,
    verdict="accepted",
)
DOCUMENT = DocumentRecord(id=DocumentId("doc-1"), case=a_case().id, number=number_of(1))


def save_next(store: Any, case: CaseId, **more: Any) -> Change:
    change = a_change(store.load(case), **more)
    store.save(change)
    return change


def test_what_was_saved_is_there_at_once(store: Any) -> None:
    change = a_change(a_case())
    store.save(change)
    assert store.load(change.after.id) == change.after
    assert store.find(change.after.number) == change.after


def test_what_was_not_saved_is_not_found(store: Any) -> None:
    with pytest.raises(NotFound):
        store.load(CaseId("x"))
    with pytest.raises(NotFound):
        store.find(number_of(7))
    assert list(store.journal(CaseId("x"))) == []


def test_the_journal_comes_whole_and_in_order(store: Any) -> None:
    change = a_change(a_case(), events=3)
    store.save(change)
    second = save_next(store, change.after.id, events=2)
    entries = store.journal(change.after.id)
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    check_chain(entries, second.after.head)


def test_of_two_changes_to_one_version_one_is_taken(store: Any) -> None:
    store.save(a_change(a_case()))
    first, second = (a_change(store.load(a_case().id), events=n) for n in (1, 2))
    store.save(first)
    with pytest.raises(Taken) as taken:
        store.save(second)
    assert taken.value.what == {"version"}
    assert len(store.journal(a_case().id)) == 2


def test_a_case_is_opened_once(store: Any) -> None:
    store.save(a_change(a_case()))
    with pytest.raises(Taken) as taken:
        store.save(a_change(a_case(), events=2))
    assert {"version", "number"} <= taken.value.what


def test_the_very_same_change_again_is_no_second_one(store: Any) -> None:
    change = a_change(a_case())
    store.save(change)
    with suppress(Taken):  # DynamoDB's token says yes again for ten minutes, then no
        store.save(change)
    assert len(store.journal(a_case().id)) == 1


@pytest.mark.parametrize(
    ("beside", "what"),
    [
        ({"remembered": REMEMBERED}, "remembered"),
        ({"invoice": INVOICE}, "invoice"),
        ({"notice": NOTICE}, "notice"),
        ({"document": DOCUMENT}, "document"),
    ],
)
def test_what_is_beside_the_case_is_written_once_or_nothing_is(
    store: Any, beside: dict[str, Any], what: str
) -> None:
    store.save(a_change(a_case(), **beside))
    before = store.load(a_case().id)
    with pytest.raises(Taken) as taken:
        save_next(store, a_case().id, **beside)
    assert taken.value.what == {what}
    assert store.load(a_case().id) == before


def test_records_read_back_as_they_were_written(store: Any) -> None:
    store.save(
        a_change(a_case(), remembered=REMEMBERED, invoice=INVOICE, notice=NOTICE, document=DOCUMENT)
    )
    assert store.remembered(SubjectId("person-0"), "key-1") == REMEMBERED
    assert store.invoice(INVOICE.invoice) == INVOICE
    assert store.notice(NOTICE.invoice, NOTICE.digest) == NOTICE
    assert store.document(DOCUMENT.id) == DOCUMENT


def test_records_that_are_not_there_are_none(store: Any) -> None:
    assert store.remembered(SubjectId("person-1"), "key-1") is None
    assert store.invoice(Invoice("1")) is None
    assert store.notice(Invoice("1"), "abc") is None
    assert store.document(DocumentId("x")) is None


def test_a_parked_notice_stays_as_it_came_first(store: Any) -> None:
    store.park(NOTICE)
    store.park(NOTICE.model_copy(update={"verdict": "unknown"}))
    assert store.notice(NOTICE.invoice, NOTICE.digest) == NOTICE


def test_personal_data_is_apart_and_can_be_forgotten(store: Any) -> None:
    store.save(a_change(a_case(), openings=NAME))
    save_next(store, a_case().id, openings={2: {"grounds": NAME[1]["name"]}})
    opened = store.openings(a_case().id)
    assert {seq: set(named) for seq, named in opened.items()} == {1: {"name"}, 2: {"grounds"}}
    assert opened[1]["name"] == NAME[1]["name"]
    store.erase(a_case().id)
    assert not store.openings(a_case().id)
    check_chain(store.journal(a_case().id), store.load(a_case().id).head)


def test_numbers_of_a_series_never_come_twice(store: Any) -> None:
    assert [store.next_in("a"), store.next_in("a"), store.next_in("b")] == [1, 2, 1]


def test_a_citizen_sees_the_newest_case_first(store: Any) -> None:
    for sequence in (1, 2, 3):
        store.save(a_change(a_case(sequence)))
    store.save(a_change(a_case(4, applicant=SubjectId("person-1"))))
    page = store.of_person(SubjectId("person-0"), None)
    assert [case.number for case in page.cases] == [number_of(3), number_of(2), number_of(1)]
    assert page.next is None


def test_long_lists_come_in_pages(store: Any) -> None:
    for sequence in range(1, 31):
        store.save(a_change(a_case(sequence)))
    first = store.of_person(SubjectId("person-0"), None)
    second = store.of_person(SubjectId("person-0"), first.next)
    numbers = {case.number for case in (*first.cases, *second.cases)}
    assert (len(first.cases), len(numbers), second.next) == (25, 30, None)


@pytest.mark.parametrize("cursor", ["!", "bm8=", "x" * 3000, "{}"])
def test_a_made_up_cursor_is_refused(store: Any, cursor: str) -> None:
    with pytest.raises(Invalid):
        store.of_person(SubjectId("person-0"), cursor)


def test_the_worklist_has_what_awaits_an_official_by_due_date(store: Any) -> None:
    later, sooner = MONDAY + timedelta(days=2), MONDAY + timedelta(days=1)
    tasks = [
        in_phase(a_case(1), "examination", by_official=True, due_at=later),
        in_phase(a_case(2), "examination", by_official=True, due_at=sooner),
        in_phase(a_case(3), "payment", due_at=sooner),
        in_phase(a_case(4), "examination", by_official=True, due_at=sooner, outcome="approve"),
        in_phase(a_case(5, unit="taxes"), "examination", by_official=True, due_at=sooner),
        in_phase(a_case(6, closed_as="issued"), "examination", by_official=True, due_at=sooner),
    ]
    for case in tasks:
        store.save(a_change(case))
    page = store.of_unit("civil-registration", None)
    assert [case.number for case in page.cases] == [number_of(2), number_of(1)]


def test_a_case_leaves_the_worklist_when_its_task_ends(store: Any) -> None:
    case = in_phase(a_case(), "examination", by_official=True, due_at=MONDAY)
    store.save(a_change(case))
    store.save(a_change(in_phase(store.load(case.id), "issuing")))
    assert store.of_unit("civil-registration", None).cases == ()


def test_open_cases_that_should_have_moved_are_found(store: Any) -> None:
    shard = shard_of(a_case().id)
    store.save(a_change(a_case(), wake_at=MONDAY))
    assert store.overdue_to_move(shard, MONDAY) == []
    assert store.overdue_to_move(shard, MONDAY + timedelta(seconds=1)) == [a_case().id]
    closed = store.load(a_case().id).model_copy(update={"closed_as": "issued"})
    store.save(a_change(closed))
    assert store.overdue_to_move(shard, MONDAY + timedelta(days=9)) == []


def test_one_execution_takes_over_from_another_once(store: Any) -> None:
    case = a_case().id
    first, second = (Execution(case=case, generation=n, at=MONDAY) for n in (1, 2))
    assert store.execution(case) is None
    assert [store.put_execution(first, over=0) for _ in range(2)] == [True, False]
    assert [store.put_execution(second, over=1) for _ in range(2)] == [True, False]
    assert not store.put_execution(first, over=1)
    assert store.execution(case) == second


def test_a_spent_token_is_forgotten_unless_another_has_come(store: Any) -> None:
    case = a_case().id
    first, second = (
        Execution(case=case, generation=1, phase=phase, token=phase, at=MONDAY)
        for phase in ("payment", "examination")
    )
    store.put_execution(first, over=0)
    store.forget_token(first)
    assert store.execution(case).token == ""
    store.put_execution(second, over=1)
    store.forget_token(first)
    assert store.execution(case) == second
