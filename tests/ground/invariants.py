"""I1–I7: what must hold after every run, whatever went wrong in it. One function for all tests.

The statements are those of the test charter; each function is one of them. A breach is an
AssertionError that begins with its number.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from pydantic import TypeAdapter

from chalicelib.domain.access import Principal
from chalicelib.domain.cases import events as e
from chalicelib.domain.cases.evolve import begin, evolve
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import Forbidden, NotFound, Refused
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.journal import Entry, check_chain, check_openings
from chalicelib.domain.services.language import ServiceModel
from chalicelib.usecases import viewing
from tests import table
from tests.ground import streams
from tests.ground.town import Town

_EVENTS: TypeAdapter[e.Event] = TypeAdapter(e.Event)
STRANGER = Principal(subject=SubjectId("nobody"), name="", roles=frozenset({"citizen"}), egn="0")
OTHER_OFFICE = Principal(
    subject=SubjectId("other"), name="", roles=frozenset({"registrar"}), unit="another-unit"
)
ADMINISTRATOR = Principal(
    subject=SubjectId("admin"), name="", roles=frozenset({"administrator"}), unit=None
)


def check_invariants(town: Town) -> None:
    """All seven, over every case of the town."""
    cases = [town.ports.cases.load(case_id) for case_id in town.case_ids()]
    _i2_no_acknowledged_input_is_lost(town, cases)
    _i5_nothing_waits_for_ever(town, cases)
    _i7_the_journal_is_never_changed()
    for case in cases:
        entries = town.ports.cases.journal(case.id)
        _i1_money(town, case)
        _i3_state_follows_from_what_happened(town, case, entries)
        _i4_outward_effects(town, case, entries)
        _i6_access(town, case)
        _i7_the_chain_is_unbroken(town, case, entries)


def _i1_money(town: Town, case: Case) -> None:
    """Credited is what operators confirmed, each payment once; a second one is kept, not lost."""
    ours = {a.invoice: a for a in case.order.attempts}
    paid = {invoice: town.ledger[invoice] for invoice in ours if invoice in town.ledger}
    kept = {invoice: a.paid for invoice, a in ours.items() if a.paid is not None}
    assert kept.items() <= paid.items(), f"I1: {case.number} was paid {paid}, says {kept}"
    credited = [a for a in ours.values() if a.status == "paid"]
    assert len(credited) <= 1, f"I1: {case.number} was credited {len(credited)} times"
    assert (case.order.status == "paid") == (case.order.credited == case.order.amount), (
        f"I1: {case.number} is {case.order.status} with {case.order.credited}"
    )


def _i2_no_acknowledged_input_is_lost(town: Town, cases: Sequence[Case]) -> None:
    """Every request that was answered is on the record, once."""
    numbers = Counter(case.number for case in cases)
    assert all(count == 1 for count in numbers.values()), f"I2: {numbers}"
    lost = {key: number for key, number in town.acknowledged.items() if number not in numbers}
    assert not lost, f"I2: acknowledged and lost: {lost}"
    for invoice, body, verdict in town.answered:
        kept = {case.number: case.order.attempt(invoice) for case in cases}
        attempt = next((a for a in kept.values() if a), None)
        parked = [r for r in _notices() if r.startswith(f"INVOICE#{invoice}/")]
        assert parked, f"I2: a notice of {invoice} was answered {verdict} and is not kept"
        if verdict == "accepted" and body == "paid":
            assert attempt is not None, f"I2: {invoice} was accepted and belongs to nothing"
            assert attempt.paid is not None, f"I2: {invoice} was accepted and not entered"


def _i3_state_follows_from_what_happened(town: Town, case: Case, entries: Sequence[Entry]) -> None:
    """Versions count by one, the journal says all, and the phases are a path of the model."""
    versions = [entry.version for entry in entries]
    assert versions == sorted(versions), f"I3: {versions}"
    assert max(versions) <= case.version, f"I3: {case.version} after {versions}"
    rebuilt = _rebuilt(case, entries)
    told = case.model_copy(update={"version": 0, "head": rebuilt.head})
    assert rebuilt == told, f"I3: {case.number} is not what its journal says"
    model = town.ports.services.version(case.service, case.model_version).model
    _is_path(model, entries)
    if not case.is_open:
        assert case.phase is not None
        assert case.phase.outcome is not None, f"I3: {case.number} closed in an open phase"


def _i4_outward_effects(town: Town, case: Case, entries: Sequence[Entry]) -> None:
    """Each document once, whole and where the record says; no look-up without its reason."""
    issued = [entry for entry in entries if entry.event == "document-issued"]
    assert len(issued) == len(case.documents), f"I4: {case.number}"
    assert len({d.id for d in case.documents}) == len(case.documents), "I4: issued twice"
    for document in case.documents:
        content = town.ports.documents.get(document.key)
        assert hashlib.sha256(content).hexdigest() == document.digest, "I4: another document"
        found = town.ports.records.document(document.id)
        assert found is not None, "I4: nobody can look the document up"
        assert found.case == case.id, "I4: the document belongs to another"
    asked = sum(call.case_number == case.number for call in town.ports.register.asked)
    reasons = sum(entry.event == "evidence-asked" for entry in entries)
    obtained = sum(entry.event == "evidence-obtained" for entry in entries)
    assert asked == 0 or reasons, f"I4: the register was asked about {case.number} unrecorded"
    assert obtained <= asked, f"I4: {case.number} has evidence that nobody gave"
    assert obtained == len(case.evidence) == len(set(case.evidence)), "I4: evidence twice"


def _i5_nothing_waits_for_ever(town: Town, cases: Sequence[Case]) -> None:
    """An open case is in the sweep's list, closed ones are not; no record was given up."""
    assert town.poison == [], f"I5: given up: {town.poison}"
    swept = {
        str(partition.value).removeprefix("CASE#")
        for partition, rows in streams.table(table.NAME).items.items()
        for row in rows.values()
        if "open_pk" in row.attrs and "open_sk" in row.attrs
    }
    waiting = {case.id for case in cases if case.is_open}
    assert swept == waiting, f"I5: the sweep knows {swept}, open are {waiting}"
    for case in cases:
        running = [
            x
            for x in town.machines.executions.values()
            if x.name.startswith(case.id) and x.status == "RUNNING"
        ]
        assert all(x.waits for x in running), "I5: an execution runs without rest"


def _i6_access(town: Town, case: Case) -> None:
    """A stranger learns not even that the case exists; other offices and administrators nothing."""
    for look in (viewing.own_case, viewing.case_for):
        for principal in (STRANGER, OTHER_OFFICE, ADMINISTRATOR):
            try:
                look(town.ports, principal, case.number)
            except NotFound:
                continue
            pytest.fail(f"I6: {principal} saw {case.number}")
    for principal in (STRANGER, OTHER_OFFICE, ADMINISTRATOR):
        try:
            viewing.office_case(town.ports, principal, case.number, "look", town.now)
        except (NotFound, Forbidden):
            continue
        pytest.fail(f"I6: {principal} saw {case.number}")


def _i7_the_chain_is_unbroken(town: Town, case: Case, entries: Sequence[Entry]) -> None:
    """The chain ends where the record says, and every opening is what was committed to."""
    try:
        check_chain(entries, case.head)
        check_openings(entries, town.ports.cases.openings(case.id))
    except Refused as error:
        pytest.fail(f"I7: {case.number}: {error}")


def _i7_the_journal_is_never_changed() -> None:
    """By the table's stream: lines are written once; personal data may only be erased."""
    for record in streams.written(table.NAME):
        sk = record["dynamodb"]["Keys"]["sk"]["S"]
        allowed = {"INSERT", "REMOVE"} if sk.startswith("PRIVATE#") else {"INSERT"}
        kept = sk.startswith(("JOURNAL#", "NOTICE#", "PRIVATE#"))
        assert not kept or record["eventName"] in allowed, f"I7: {sk} was changed"


def _notices() -> list[str]:
    keys = [record["dynamodb"]["Keys"] for record in streams.written(table.NAME)]
    named = [f"{key['pk']['S']}/{key['sk']['S']}" for key in keys]
    return [name for name in named if "/NOTICE#" in name]


def _event(entry: Entry) -> e.Event:
    return _EVENTS.validate_python({"kind": entry.event, **entry.data})


def _rebuilt(case: Case, entries: Sequence[Entry]) -> Case:
    filed = _event(entries[0])
    assert isinstance(filed, e.ApplicationFiled), "I3: a case begins with its filing"
    rebuilt = begin(case.id, filed, entries[0].at)
    for entry in entries[1:]:
        rebuilt = evolve(rebuilt, _event(entry), entry.at)
    return rebuilt


def _is_path(model: ServiceModel, entries: Sequence[Entry]) -> None:
    expected: str | None = model.first
    open_: str | None = None
    for entry in entries:
        data: Mapping[str, object] = entry.data
        if entry.event == "phase-opened":
            assert (open_, data["phase"]) == (None, expected), f"I3: opened {data['phase']}"
            open_ = str(data["phase"])
        elif entry.event == "phase-ended":
            assert data["phase"] == open_, f"I3: ended {data['phase']} in {open_}"
            expected = model.phase(str(open_)).outcomes[str(data["outcome"])].next
            open_ = None
        elif entry.event == "case-closed":
            assert expected is None, f"I3: closed before {expected}"
