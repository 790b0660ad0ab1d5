"""Who gets a document, and what anybody can check of one."""

from datetime import timedelta

import pytest

from chalicelib.adapters.attestation.memory import MemoryAttestation
from chalicelib.domain.access import Principal
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.cases.state import IssuedDocument
from chalicelib.domain.documents import Issuance
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import CaseNumber, DocumentId, PhaseId
from chalicelib.ports.cases import DocumentRecord
from chalicelib.usecases import applications, decisions, documents, payments
from chalicelib.usecases.applications import Filing
from tests.builders import a_case, a_change
from tests.notices import epay_body
from tests.walker import Walker
from tests.world import World, citizen, official

OWNER, CLERK = citizen(), official()
PHASE = PhaseId("examination")
MISSING = DocumentId("0" * 26)


class Issued:
    """A world in which one certificate was issued."""

    def __init__(self) -> None:
        self.world = World()
        walker = Walker(self.world)
        filing = Filing.model_validate(
            {
                "service": "permanent-address",
                "tier": "regular",
                "delivery": "portal",
                "answers": {"purpose": "bank", "truth": True},
            }
        )
        case = applications.file_application(self.world, OWNER, filing, "k", self.world.now)
        self.number = case.number
        walker.settle(case.id)
        invoice = payments.begin_payment(
            self.world, OWNER, self.number, "epay", "bg", self.world.now
        )[1]
        body = epay_body(f"INVOICE={invoice}:STATUS=PAID")
        payments.receive_notification(self.world, "epay", body, self.world.now)
        walker.settle(case.id)
        decisions.claim(self.world, CLERK, self.number, PHASE, self.world.now)
        approval = Decision(phase=PHASE, outcome="approve")
        decisions.decide(self.world, CLERK, self.number, approval, self.world.now)
        walker.settle(case.id)

    @property
    def document(self) -> IssuedDocument:
        return self.world.cases.find(self.number).documents[0]

    def token(self, **changes: object) -> str:
        stated = Issuance(
            document=self.document.id,
            number=self.number,
            template=self.document.template,
            issued=self.world.calendar.local_date(self.document.issued_at),
            issuer=self.world.administration.code,
        )
        return self.world.attestation.sign({**stated.claims(), **changes})

    def events(self) -> list[str]:
        return [e.event for e in self.world.cases.journal(self.world.cases.find(self.number).id)]


@pytest.fixture(scope="module")
def issued() -> Issued:
    return Issued()


def test_the_applicant_gets_a_link_that_soon_ends(issued: Issued) -> None:
    link = documents.link(issued.world, OWNER, issued.document.id, issued.world.now)
    assert link.url.startswith(f"memory://{issued.document.key}?seconds=120&")
    assert issued.number in link.url
    assert link.expires - issued.world.now == timedelta(minutes=2)
    assert "personal-data-viewed" not in issued.events()[-1:]


def test_an_official_is_journalled_before_the_link_is_made(issued: Issued) -> None:
    before = issued.events().count("personal-data-viewed")
    documents.link(issued.world, CLERK, issued.document.id, issued.world.now)
    assert issued.events().count("personal-data-viewed") == before + 1


@pytest.mark.parametrize(
    "who",
    [citizen(1), official(unit="construction"), official("administrator", unit=None)],
    ids=["another citizen", "another unit", "an administrator"],
)
def test_nobody_else_gets_one(issued: Issued, who: Principal) -> None:
    for document in (issued.document.id, MISSING):
        with pytest.raises(NotFound):
            documents.link(issued.world, who, document, issued.world.now)


def test_anybody_checks_by_the_id(issued: Issued) -> None:
    found = documents.verify_id(issued.world, issued.document.id)
    assert found.verdict == "genuine"
    assert found.facts is not None
    assert (found.facts.kind, found.facts.number) == ("result", issued.number)
    assert found.facts.digest == issued.document.digest
    assert found.facts.title.bg == "Удостоверение за постоянен адрес"


def test_the_check_names_nobody(issued: Issued) -> None:
    found = documents.verify_id(issued.world, issued.document.id).model_dump_json()
    assert OWNER.egn is not None
    for personal in (OWNER.egn, OWNER.subject, *OWNER.name.split()):
        assert personal not in found


def test_what_was_never_issued_is_unknown(issued: Issued) -> None:
    assert documents.verify_id(issued.world, MISSING) == documents.UNKNOWN


def test_the_statement_of_the_code_is_genuine(issued: Issued) -> None:
    found = documents.verify_token(issued.world, issued.token())
    assert found == documents.verify_id(issued.world, issued.document.id)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"d": MISSING}, "unknown"),
        ({"n": "SZ-2026-000002-1"}, "forged"),
        ({"i": "2020-01-01"}, "forged"),
        ({"a": "XX"}, "forged"),
        ({"x": 1}, "forged"),
    ],
    ids=["not on record", "another case", "another day", "another issuer", "another statement"],
)
def test_a_statement_of_ours_must_agree_with_the_record(
    issued: Issued, changes: dict[str, object], verdict: str
) -> None:
    assert documents.verify_token(issued.world, issued.token(**changes)).verdict == verdict


def test_a_statement_of_somebody_else_is_forged(issued: Issued) -> None:
    claims = issued.world.verifier(issued.token(), issued.world.attestation.keys())
    foreign = MemoryAttestation().sign(claims)
    assert documents.verify_token(issued.world, foreign) == documents.FORGED


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "\x00", "е", "x" * 5000])
def test_anything_else_is_forged(issued: Issued, token: str) -> None:
    assert documents.verify_token(issued.world, token) == documents.FORGED


def test_every_changed_character_of_a_statement_is_found(issued: Issued) -> None:
    token = issued.token()
    for at in range(len(token)):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert documents.verify_token(issued.world, changed) == documents.FORGED


def test_a_case_number_is_no_document(issued: Issued) -> None:
    assert documents.verify_id(issued.world, DocumentId(CaseNumber(issued.number))).facts is None


def _kept(*on_the_case: IssuedDocument, looked_up: IssuedDocument) -> World:
    """A case with these documents, and a record that says that one is of this case."""
    world, case = World(), a_case(documents=on_the_case)
    record = DocumentRecord(id=looked_up.id, case=case.id, number=case.number)
    world.cases.save(a_change(case, document=record))
    return world


def test_of_several_documents_of_a_case_the_one_asked_for_is_checked(issued: Issued) -> None:
    first = issued.document.model_copy(update={"id": MISSING, "digest": "f" * 64})
    world = _kept(first, issued.document, looked_up=issued.document)
    found = documents.verify_id(world, issued.document.id)
    assert found.facts is not None
    assert (found.facts.id, found.facts.digest) == (issued.document.id, issued.document.digest)


def test_a_record_without_its_document_vouches_for_nothing(issued: Issued) -> None:
    """The journal of the case says what was issued; a lookup record alone proves nothing."""
    other = issued.document.model_copy(update={"id": MISSING})
    world = _kept(other, looked_up=issued.document)
    assert documents.verify_id(world, issued.document.id) == documents.UNKNOWN
    with pytest.raises(NotFound):
        documents.link(world, OWNER, issued.document.id, world.now)
