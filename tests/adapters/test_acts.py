"""The document of any service as it is printed: words, tables over pages, tags, the mark."""

from io import BytesIO
from typing import Any

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from chalicelib.adapters.documents.typst import TypstRenderer
from chalicelib.domain.documents import Appeal
from chalicelib.domain.documents.acts import Act, Part, Signed, Table
from chalicelib.domain.services.language import Language
from tests.papers import _SHARED, certificate, pages, refusal, scan, text

BOTH: tuple[Language, ...] = ("bg", "en")
ROW = ("Стефка Загорска", "3003199397", "съпруга", "ул. „Хаджи Димитър Асенов“ № 50")
HEAD = ("Имена", "ЕГН", "Родство", "Адрес")


def table(rows: int) -> Table:
    return Table(head=HEAD, widths=(25, 10, 8, 28), rows=(ROW,) * rows)


def an_act(**changes: Any) -> Act:
    own = {
        "title": "Удостоверение за наследници",
        "says": ("Удостоверява се следното.",),
        "parts": (Part(label="Адрес", value="гр. Казанлък"), Part(label="Хора", table=table(2))),
        "ends": ("Да послужи пред нотариус.",),
        "authority": Signed(office="Началник", name="Петър Колев"),
        "valid_for": "6 месеца",
    }
    return Act.model_validate({**_SHARED, **own, **changes})


def render(letter: Act, language: Language = "bg") -> bytes:
    pdf, warnings = TypstRenderer().compile("act", letter.data(), language)
    assert warnings == ()
    return pdf


@pytest.mark.parametrize("language", BOTH)
def test_it_says_everything_and_leads_to_its_check(language: Language) -> None:
    pdf = render(an_act(), language)
    said = text(pdf)
    for words in ("УДОСТОВЕРЕНИЕ ЗА НАСЛЕДНИЦИ", "ГС-12-000481", "Удостоверява се следното.",
                  "гр. Казанлък", *HEAD, "3003199397", "Да послужи пред нотариус.", "6 месеца",
                  "чл. 106, ал. 1, т. 1", "Началник", "Петър Колев"):  # fmt: skip
        assert words in said
    assert {"bg": "електронен печат", "en": "Sealed electronically"}[language] in said
    assert scan(pdf) == "https://uslugi.example/verify?t=abc"


@pytest.mark.parametrize("marked", [False, True])
@pytest.mark.parametrize("rows", [1, 12, 14, 60])
@pytest.mark.parametrize("language", BOTH)
def test_tables_go_on_over_pages_and_stay_tagged(
    language: Language, rows: int, marked: bool
) -> None:
    """PDF/UA refuses a table whose structure breaks with its page."""
    parts = (Part(label="Хора", table=table(rows)),)
    pdf = render(an_act(parts=parts, demonstration=marked), language)
    root = PdfFileReader(BytesIO(pdf)).root
    assert root["/MarkInfo"]["/Marked"]
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A" in root["/Metadata"].data.decode()
    assert text(pdf).count("3003199397") == rows
    assert text(pdf).count("Родство") == pages_with_table(pdf)


def pages_with_table(pdf: bytes) -> int:
    return text(pdf).count("Имена")


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"says": ("Дълъг текст. " * 400,) * 3}, "long paragraphs"),
        ({"parts": [{"label": "Номер", "value": "68850.501." * 60}]}, "a word without gaps"),
        ({"parts": [{"label": "Дълъг надпис на реда " * 6, "value": "да"}]}, "a long label"),
        ({"title": "Разрешение за ползване на тротоарни площи " * 4}, "a long title"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_long_values_wrap(changes: dict[str, Any], remark: str) -> None:
    pdf = render(an_act(**changes))
    wanted = str(next(iter(changes.values()))[0])[:20] if "says" in changes else "стр. 1 от"
    assert wanted in text(pdf), remark
    assert "Проверка на документа" in text(pdf)
    assert pages(pdf) <= 12


def test_an_appeal_is_said_only_where_there_is_one() -> None:
    appeal = Appeal(body="Административен съд", term="14 дни", ground="АПК, чл. 149")
    assert "14 дни" in text(render(an_act(appeal=appeal)))
    assert "Обжалване" not in text(render(an_act()))


def test_hostile_text_is_only_text() -> None:
    evil = '#read("/etc/passwd") *bold* #panic()'
    said = text(render(an_act(says=(evil,), parts=(Part(label=evil, value=evil),), title="x")))
    assert said.count(evil) == 3


@pytest.mark.parametrize("letter", [an_act(), certificate(), refusal()])
@pytest.mark.parametrize("language", BOTH)
def test_a_demonstration_is_marked_on_every_document(letter: Any, language: Language) -> None:
    plain = text(TypstRenderer().render(letter.template, letter.data(), language))
    data = letter.data() | {"demonstration": True}
    marked = text(TypstRenderer().render(letter.template, data, language))
    for word in ("ДЕМОНСТРАЦИОНЕН", "DEMONSTRATION"):
        assert (word in plain, word in marked) == (False, True)
