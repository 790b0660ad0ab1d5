"""Builders of documents for tests, and eyes for PDFs: text, pictures, QR codes."""

from datetime import UTC, date, datetime
from typing import Any

import pypdfium2
import zxingcpp

from chalicelib.domain.documents import (
    AddressLines,
    Appeal,
    Authority,
    Issuance,
    Municipality,
    PermanentAddressCertificate,
    Person,
    Refusal,
    Verification,
)
from chalicelib.domain.ids import CaseNumber, DocumentId
from chalicelib.domain.money import Money

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ISSUED = Issuance(
    document=DocumentId("01kb8m3q5r6s7t8v9w0x1y2z3a"),
    number=CaseNumber("SZ-2026-000123-7"),
    template="certificate-permanent-address",
    issued=date(2026, 11, 23),
    issuer="SZ",
)
_SHARED: dict[str, Any] = {
    "id": ISSUED.document,
    "outgoing_number": "ГС-12-000481",
    "case_number": ISSUED.number,
    "issued": ISSUED.issued,
    "place": "гр. Стара Загора",
    "municipality": Municipality(
        name="Община Стара Загора",
        unit="Отдел „Гражданска регистрация“",
        address="6000 Стара Загора, бул. „Цар Симеон Велики“ № 107",
    ),
    "person": Person(names="Мария Георгиева Илиева", identifier="7501020018"),
    "verification": Verification(
        url="https://uslugi.example/verify?t=abc", address="uslugi.example/verify"
    ),
    "legal_grounds": ("Закон за гражданската регистрация, чл. 106, ал. 1, т. 1",),
}


def certificate(**changes: Any) -> PermanentAddressCertificate:
    """A certificate of permanent address with nothing special about it."""
    own = {
        "address": AddressLines(settlement="гр. Стара Загора", street="ул. „Отец Паисий“"),
        "since": date(2009, 5, 4),
        "purpose": "Банка",
        "valid_until": date(2027, 5, 23),
        "fee": Money(amount=256),
        "fee_paid": date(2026, 11, 22),
    }
    return PermanentAddressCertificate.model_validate({**_SHARED, **own, **changes})


def refusal(**changes: Any) -> Refusal:
    """A refusal with nothing special about it."""
    own = {
        "subject": "Удостоверение за постоянен адрес",
        "applied": date(2026, 11, 20),
        "facts": "Лицето няма постоянен адрес в общината.",
        "grounds": "Органът не е компетентен.",
        "appeal": Appeal(body="Административен съд", term="14 дни", ground="АПК, чл. 149"),
        "authority": Authority(office="Началник на отдел", name="Петър Колев"),
    }
    return Refusal.model_validate({**_SHARED, **own, **changes})


def text(pdf: bytes) -> str:
    """What a reader copies out of all pages, with single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def pages(pdf: bytes) -> int:
    """How many."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def scan(pdf: bytes, dots_per_inch: int = 150) -> str:
    """What a phone reads from the QR code of the printed page."""
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[0].render(scale=dots_per_inch / 72, grayscale=True)
        size = [bitmap.height, bitmap.stride]
        found = zxingcpp.read_barcodes(memoryview(bytes(bitmap.buffer)).cast("B", size))
    return str(found[0].text)
