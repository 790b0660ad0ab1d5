"""Pictures: nothing overlaps, nothing is cut off, every word is there, colours can be read."""

import random
from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.services.words import Term, Text
from chalicelib.domain.simulation import Order, Report, simulate
from chalicelib.web.pictures import drawing
from chalicelib.web.pictures.colours import COLOURS
from chalicelib.web.pictures.gantt import gantt_svg
from chalicelib.web.pictures.layers import Box, lay_out
from chalicelib.web.pictures.mermaid import mermaid
from chalicelib.web.pictures.process import process_svg
from chalicelib.web.pictures.weeks import weeks_svg
from chalicelib.web.pictures.words import term_said
from tests.every_word import full
from tests.models import calendar, permanent_address

SVG = "{http://www.w3.org/2000/svg}"
UNITS = {"civil-registration": Text(bg="Гражданска регистрация", en="Civil registration")}
MODEL = ServiceModel.model_validate(full())


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own picture


def words(svg: str) -> str:
    return " ".join(" ".join(parsed(svg).itertext()).split())


def report(model: ServiceModel = MODEL) -> Report:
    order = Order(cases=20, since=date(2026, 1, 5))
    return simulate(model, calendar(), order, random.Random(1))


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=20),
        )
    )
)
def test_boxes_do_not_touch_and_lie_within_the_picture(
    drawn: tuple[int, list[tuple[int, int]]],
) -> None:
    count, pairs = drawn
    arrows = [(str(a), str(b)) for a, b in pairs if a != b]
    picture = lay_out({str(n): Box(40 + n, 20 + n) for n in range(count)}, arrows)
    boxes = list(picture.boxes.values())
    for box in boxes:
        assert box.x - box.width / 2 >= 0
        assert box.x + box.width / 2 <= picture.width
        assert 0 <= box.y <= box.y + box.height <= picture.height
    for one, other in combinations(boxes, 2):
        apart = abs(one.x - other.x) >= (one.width + other.width) / 2 - 0.01
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
    assert len(picture.lines) == len(arrows)


def test_an_arrow_back_ends_where_it_leads() -> None:
    boxes = {"a": Box(10, 10), "b": Box(10, 10)}
    picture = lay_out(boxes, [("a", "b"), ("b", "a")])
    down, back = picture.lines
    assert down[0][1] < down[-1][1]
    assert back[0][1] > back[-1][1]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_process_has_every_phase_and_outcome(language: str) -> None:
    lang: Language = "bg" if language == "bg" else "en"
    svg = process_svg(MODEL, lang, UNITS)
    said = words(svg)
    for phase in MODEL.phases:
        assert phase.title.in_(lang) in said
        assert all(outcome.title.in_(lang) in said for outcome in phase.outcomes.values())
    assert UNITS["civil-registration"].in_(lang) in said
    assert {"bg": "срокът спира", "en": "the clock stops"}[lang] in said
    assert {"bg": "мълчание", "en": "silence"}[lang] in said
    assert "stroke-dasharray" in svg


def test_words_lie_within_the_picture() -> None:
    root = parsed(process_svg(MODEL, "bg"))
    width = float(root.get("width", "0"))
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size", "0"))
        for line in text.iter(f"{SVG}tspan"):
            half = drawing.width_of([line.text or ""], size) / 2
            assert float(line.get("x", "0")) - half >= 0
            assert float(line.get("x", "0")) + half <= width


@pytest.mark.parametrize("model", [permanent_address(), MODEL])
def test_a_typical_case_over_the_days(model: ServiceModel) -> None:
    made = report(model)
    svg = gantt_svg(model, made.typical, made.typical_due, calendar(), "bg")
    said = words(svg)
    assert all(model.phase(bar.phase).title.bg in said for bar in made.typical)
    assert f"{calendar().local_date(made.typical[0].opened):%d.%m.%Y}" in said
    assert "краен срок" in said
    without = gantt_svg(model, made.typical, None, calendar(), "bg")
    assert "краен срок" not in words(without)


def test_days_off_are_shaded() -> None:
    made = report(permanent_address())
    svg = gantt_svg(permanent_address(), made.typical, made.typical_due, calendar(), "bg")
    ends = [bar.ended for bar in made.typical]
    ends += [made.typical_due] if made.typical_due else []
    first = calendar().local_date(made.typical[0].opened)
    last = calendar().local_date(max(ends))
    days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    off = sum(not calendar().is_working(day) for day in days)
    assert svg.count('fill="#e8ebed"') == off


def test_the_load_of_every_desk() -> None:
    made = report()
    said = words(weeks_svg(MODEL, made.load, "bg", UNITS))
    assert "Гражданска регистрация, служител" in said
    assert all(f"max {load.busiest}" in said for load in made.load)


def test_flowcharts_have_what_mermaid_can_read() -> None:
    said = mermaid(MODEL, "en", UNITS)
    assert said.startswith("flowchart TD\n")
    assert said.count('"') % 2 == 0
    assert "p_opinions -.-> silence" in said
    assert "silence([" in said
    assert "class p_waiting,p_correcting stopped" in said


@pytest.mark.parametrize(
    ("text", "letters", "expected"),
    [
        ("a b c", 3, ["a b", "c"]),
        ("longer than that", 4, ["longer", "than", "that"]),
        ("", 4, [""]),
    ],
)
def test_texts_break_into_lines(text: str, letters: int, expected: list[str]) -> None:
    assert drawing.lines_of(text, letters) == expected


@pytest.mark.parametrize(
    ("amount", "unit", "bg", "en"),
    [
        (1, "working-days", "1 раб. ден", "1 working day"),
        (3, "calendar-days", "3 дни", "3 days"),
        (1, "hours", "1 ч.", "1 h"),
    ],
)
def test_terms_as_people_say_them(amount: int, unit: str, bg: str, en: str) -> None:
    term = Term.model_validate({"amount": amount, "unit": unit})
    assert (term_said(term, "bg"), term_said(term, "en")) == (bg, en)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("kind", COLOURS)
def test_colours_can_be_read(kind: str) -> None:
    fill, border = next(pair for name, pair in COLOURS.items() if name == kind)
    assert contrast(drawing.INK, fill) >= 7
    assert contrast(border, drawing.PAPER) >= 4.5
    assert contrast(drawing.GREY, drawing.PAPER) >= 4.5
