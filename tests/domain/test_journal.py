"""The journal: a chain that shows every change, and that outlives the persons in it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Forged, Invalid
from chalicelib.domain.ids import CaseId, CaseNumber
from chalicelib.domain.journal import (
    SYSTEM,
    Entry,
    ExportedJournal,
    Head,
    Opening,
    append,
    check_chain,
    check_export,
    check_openings,
    commitment,
    head_of,
    parse_export,
)

CASE = CaseId("01m852g1ja60r30c1g60r30c1g")
NUMBER = CaseNumber("SZ-2026-000001-X")
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def chain(*private: dict[str, str]) -> tuple[tuple[Entry, ...], dict[int, dict[str, Opening]]]:
    """One entry for each; the values are committed to."""
    head, entries, openings = Head(), list[Entry](), dict[int, dict[str, Opening]]()
    for seq, values in enumerate(private, start=1):
        named = {k: Opening(salt=f"{seq:032x}", value=v) for k, v in values.items()}
        entry = append(
            head,
            case=CASE,
            version=seq,
            at=AT,
            actor=SYSTEM,
            event="phase-opened",
            data={"phase": f"p{seq}", "count": seq},
            openings=named,
        )
        entries.append(entry)
        openings[seq] = named
        head = Head(seq=entry.seq, hash=entry.hash)
    return tuple(entries), {seq: named for seq, named in openings.items() if named}


def test_a_whole_chain_is_accepted() -> None:
    entries, openings = chain({"name": "Иван"}, {}, {"grounds": "чл. 24"})
    check_chain(entries, head_of(entries))
    check_openings(entries, openings)


def test_an_empty_chain_ends_at_the_beginning() -> None:
    check_chain((), Head())


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        ({"data": {"phase": "other", "count": 1}}, "what happened"),
        ({"at": datetime(2026, 11, 24, tzinfo=UTC)}, "when"),
        ({"event": "case-closed"}, "which event"),
        ({"version": 9}, "of which version"),
        ({"commitments": {}}, "what was committed to"),
        ({"case": CaseId("other")}, "of which case"),
        ({"previous": "1" * 64}, "what came before"),
        ({"hash": "1" * 64}, "the hash itself"),
    ],
)
def test_a_changed_entry_is_found(change: dict[str, object], remark: str) -> None:
    entries, _ = chain({"name": "Иван"}, {}, {})
    forged = (entries[0].model_copy(update=change), *entries[1:])
    with pytest.raises(Forged) as found:
        check_chain(forged, head_of(entries))
    assert found.value.facts["seq"] == 1, remark


@given(st.integers(0, 4), st.sampled_from(["missing", "twice", "swapped"]))
def test_no_entry_goes_missing_or_moves(where: int, how: str) -> None:
    entries, _ = chain(*({} for _ in range(6)))
    changed = list(entries)
    if how == "missing":
        del changed[where]
    elif how == "twice":
        changed.insert(where, changed[where])
    else:
        changed[where], changed[where + 1] = changed[where + 1], changed[where]
    with pytest.raises(Forged):
        check_chain(changed, head_of(entries))


def test_a_tail_that_was_cut_off_is_found_by_the_head() -> None:
    entries, _ = chain({}, {}, {})
    with pytest.raises(Forged, match="journal-incomplete"):
        check_chain(entries[:2], head_of(entries))


def test_another_value_than_the_committed_one_is_found() -> None:
    entries, openings = chain({"name": "Иван"})
    lie = {1: {"name": openings[1]["name"].model_copy(update={"value": "Петър"})}}
    with pytest.raises(Forged, match="journal-opening"):
        check_openings(entries, lie)


def test_forgetting_a_person_leaves_the_chain_whole() -> None:
    entries, _ = chain({"name": "Иван"}, {"egn": "7523169263"})
    check_chain(entries, head_of(entries))
    check_openings(entries, {})
    assert "Иван" not in "".join(entry.model_dump_json() for entry in entries)


def test_the_same_value_is_committed_to_differently_each_time() -> None:
    one, two = (Opening(salt=f"{n:032x}", value="7523169263") for n in (1, 2))
    assert commitment(one) != commitment(two)


def exported(entries: tuple[Entry, ...]) -> ExportedJournal:
    return ExportedJournal(case=CASE, number=NUMBER, entries=entries, openings={}, head="")


def test_an_export_reads_back_as_it_was_written() -> None:
    entries, openings = chain({"name": "Иван"}, {})
    export = exported(entries).model_copy(update={"openings": openings})
    again = parse_export(export.model_dump_json().encode())
    assert again == export
    claims = {"case": CASE, "number": NUMBER, "head": head_of(entries).model_dump()}
    check_export(again, claims)


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"case": "other", "number": NUMBER, "head": {}}, "journal-head-of-another-case"),
        ({"case": CASE, "number": "SZ-2026-000002-8", "head": {}}, "journal-head-of-another-case"),
        ({"case": CASE, "number": NUMBER, "head": {"seq": 9, "hash": "0"}}, "journal-incomplete"),
    ],
)
def test_a_head_of_something_else_proves_nothing(claims: dict[str, object], code: str) -> None:
    entries, _ = chain({}, {})
    with pytest.raises(Forged, match=code):
        check_export(exported(entries), claims)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"format": "other"}'])
def test_what_is_no_journal_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        parse_export(content)
