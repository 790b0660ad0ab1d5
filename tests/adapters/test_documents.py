"""The renderer: what readers see, what they scan, and that nobody's text is ever markup."""

from datetime import date
from io import BytesIO

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from chalicelib.adapters.attestation.memory import MemoryAttestation
from chalicelib.adapters.attestation.offline import verify
from chalicelib.adapters.documents.typst import TypstRenderer
from chalicelib.domain.documents import (
    Issuance,
    Letter,
    PermanentAddressCertificate,
    Person,
    Verification,
    verify_url,
)
from chalicelib.domain.documents.texts import _PRINTED
from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.services.words import Language
from tests.papers import ISSUED, certificate, pages, refusal, scan, text

RENDERER = TypstRenderer()
BOTH: tuple[Language, ...] = ("bg", "en")


def render(letter: Letter, language: Language = "bg") -> bytes:
    pdf, warnings = RENDERER.compile(letter.template, letter.data(), language)
    assert warnings == ()
    return pdf


@pytest.mark.parametrize(("language", "expected"), [
    ("bg", ["ОБЩИНА СТАРА ЗАГОРА", "УДОСТОВЕРЕНИЕ", "за постоянен адрес", "ГС-12-000481",
            "23 ноември 2026 г.", "Мария Георгиева Илиева", "7501020018", "ул. „Отец Паисий“",
            "4 май 2009 г.", "Банка", "до 23 май 2027 г.", "чл. 106, ал. 1, т. 1",
            "2,56 €, платена на 22 ноември 2026 г.", "uslugi.example/verify", "01kb8m3q",
            "SZ-2026-000123-7", "електронния печат", "стр. 1 от 1"]),
    ("en", ["CERTIFICATE", "of permanent address", "23 November 2026", "certifies that",
            "4 May 2009", "until 23 May 2027", "EUR 2.56, paid on 22 November 2026",
            "electronic seal", "page 1 of 1"]),
])  # fmt: skip
def test_the_certificate_says(language: Language, expected: list[str]) -> None:
    shown = text(render(certificate(), language))
    assert [words for words in expected if words not in shown] == []


@pytest.mark.parametrize(("language", "expected"), [
    ("bg", ["ОТКАЗ", "Факти", "Лицето няма постоянен адрес в общината.", "Основания",
            "Органът не е компетентен.", "Административен съд", "14 дни", "АПК, чл. 149",
            "20 ноември 2026 г.", "Началник на отдел", "Петър Колев"]),
    ("en", ["REFUSAL", "Facts", "Grounds", "Appeal", "20 November 2026"]),
])  # fmt: skip
def test_the_refusal_says(language: Language, expected: list[str]) -> None:
    shown = text(render(refusal(), language))
    assert [words for words in expected if words not in shown] == []


@pytest.mark.parametrize("absent", [
    {"since": None}, {"purpose": ""}, {"fee": None, "fee_paid": None}, {"fee_paid": None},
    {"person": Person(names="Мария")}, {"address": {"settlement": "с. Хрищени"}},
])  # fmt: skip
@pytest.mark.parametrize("language", BOTH)
def test_what_is_not_known_leaves_no_trace(absent: dict[str, object], language: Language) -> None:
    shown = text(render(certificate(**absent), language))
    assert "none" not in shown
    assert pages(render(certificate(**absent), language)) == 1


def test_a_warning_stands_on_the_document() -> None:
    assert "ОБРАЗЕЦ" in text(render(certificate(warning="ОБРАЗЕЦ – без правна сила")))


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("letter", [certificate(), refusal()])
def test_the_same_data_gives_the_same_bytes(letter: Letter, language: Language) -> None:
    assert render(letter, language) == TypstRenderer().render(
        letter.template, letter.data(), language
    )


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("letter", [certificate(), refusal()])
def test_it_is_tagged_and_titled_in_its_language(letter: Letter, language: Language) -> None:
    root = PdfFileReader(BytesIO(render(letter, language))).root
    assert str(root["/Lang"]) == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].data.decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A" in metadata
    assert "<pdfuaid:part>1" in metadata
    assert letter.outgoing_number in metadata
    assert "Община Стара Загора" in metadata


@pytest.mark.parametrize("language", BOTH)
def test_the_qr_code_leads_to_the_statement(language: Language) -> None:
    attestation = MemoryAttestation()
    url = verify_url("https://uslugi.starazagora.example/", attestation.sign(ISSUED.claims()))
    address = "uslugi.starazagora.example/verify"
    pdf = render(certificate(verification=Verification(url=url, address=address)), language)
    scanned = scan(pdf)
    assert scanned == url
    assert scan(pdf, dots_per_inch=100) == url, "a bad printer or a bad camera"
    token = scanned.split("?t=")[1]
    assert Issuance.from_claims(verify(token, attestation.keys())) == ISSUED


def test_the_qr_code_has_squares_that_a_phone_can_see() -> None:
    """Printed 37 mm wide, quiet zone included: at least 0.4 mm a square."""
    url = verify_url(
        "https://uslugi.starazagora.example", MemoryAttestation().sign(ISSUED.claims())
    )
    code = segno.make(url, error="m", boost_error=False)
    assert 37 / code.symbol_size()[0] >= 0.4


HOSTILE = [
    '#read("/etc/passwd")', "*bold* _it_ `raw` = heading", "#import \"letterhead.typ\": *",
    "$ sum_(i=0)^n $", "</text><script>alert(1)</script>", "\\u{202e} \\ // /* <label> @ref",
    '"); panic("x', "#sys.inputs.data", "{{7*7}} ${7*7} %s %n", "'; DROP TABLE cases; --",
    "] #evil [", "- list", "1. list", "/ term: x", "https://evil.example",
]  # fmt: skip


@pytest.mark.parametrize("evil", HOSTILE)
def test_hostile_text_is_only_text(evil: str) -> None:
    shown = text(render(certificate(person=Person(names=evil), purpose=evil)))
    assert shown.count(" ".join(evil.split())) == 2
    in_prose = text(render(refusal(facts=evil, grounds=f"преди\n\n{evil}")))
    assert in_prose.count(" ".join(evil.split())) == 2


def test_marks_that_turn_the_writing_are_left_out() -> None:
    shown = text(render(certificate(person=Person(names="Мария\u202e\u2066 ав\u200bеилИ\u0000"))))
    assert "Мария авеилИ" in shown


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=120).filter(lambda value: value.strip()))
def test_any_text_makes_a_document(anything: str) -> None:
    assert render(refusal(facts=f"x{anything}", grounds="y")).startswith(b"%PDF-1.7")


def test_every_character_that_counts_as_printable_is_in_the_fonts() -> None:
    """PDF/A refuses a character without a glyph, so this would not render."""
    characters = [chr(code) for low, high in _PRINTED for code in range(low, high + 1)]
    for style in ("names", "facts"):
        words = " ".join(characters)
        if style == "names":
            for start in range(0, len(words), 300):
                render(certificate(person=Person(names="x" + words[start : start + 300])))
        else:
            render(refusal(facts=words))


@pytest.mark.parametrize(
    ("names", "remark"),
    [
        ("Александра-Вероника Константинова-Хаджиантонова Свинтила-Георгиева-Панайотова", "long"),
        ("Ж" * 200, "one word that fills lines"),
        (" ".join(["Константин"] * 60), "the longest that the law of the value lets in"),
    ],
)
def test_long_names_stay_on_the_paper(names: str, remark: str) -> None:
    pdf = render(certificate(person=Person(names=names)))
    assert names.replace(" ", "") in text(pdf).replace(" ", ""), remark
    assert pages(pdf) <= 2


def test_a_long_refusal_goes_on_over_pages_and_keeps_its_code() -> None:
    pdf = render(refusal(facts="Установени са факти. " * 240, grounds="Основание. " * 300))
    assert pages(pdf) >= 3
    assert "стр. 2 от" in text(pdf)
    assert "Проверка на документа" in text(pdf)


@pytest.mark.parametrize("name", ["letterhead", "words", "../typst", "/etc/passwd", "none", ""])
def test_there_are_no_other_templates(name: str) -> None:
    with pytest.raises(NotFound):
        RENDERER.render(name, certificate().data(), "bg")


@pytest.mark.parametrize("missing", ["issued", "verification", "person", "address"])
def test_incomplete_data_is_refused(missing: str) -> None:
    data = certificate().data()
    del data[missing]
    with pytest.raises(Invalid):
        RENDERER.render("certificate-permanent-address", data, "bg")


def test_dates_know_their_months() -> None:
    shown = {m: text(render(certificate(issued=date(2026, m, 1)))) for m in (1, 2, 12)}
    assert "1 януари 2026" in shown[1]
    assert "1 февруари 2026" in shown[2]
    assert "1 декември 2026" in shown[12]
    assert PermanentAddressCertificate.template == "certificate-permanent-address"
