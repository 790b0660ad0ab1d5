"""Every page in every state: strict HTML, headings, labels, nothing inline, nothing unescaped."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from chalicelib.web.components import Components
from chalicelib.web.i18n import LANGUAGES, Language
from chalicelib.web.places import FOLDER
from chalicelib.web.rendering import Frame, Page, environment, render, render_template
from tests.handlers.samples import NUMBER, all_pages

SAMPLES = [
    pytest.param(language, page, frame, id=f"{name}-{language}")
    for language in LANGUAGES
    for name, (page, frame) in all_pages(language).items()
]
each = pytest.mark.parametrize(("language", "page", "frame"), SAMPLES)
_HEADING = re.compile(r"h[1-6]")


def tree(page: Page, frame: Frame) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(render(page, frame))
    return root


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@each
def test_a_page_is_strict_html(language: Language, page: Page, frame: Frame) -> None:
    root = tree(page, frame)
    assert root.get("lang") == language
    assert len(list(root.iter("h1"))) == 1
    assert len(list(root.iter("main"))) == 1
    title = text(root.find("head/title"))  # type: ignore[arg-type]  # strict HTML has one
    assert len(title) > 10
    assert "%(" not in text(root)
    assert "None" not in text(root)


@each
def test_nothing_is_inline(language: Language, page: Page, frame: Frame) -> None:
    for element in tree(page, frame).iter():
        assert element.tag != "style"
        assert element.get("style") is None
        assert not [name for name in element.attrib if name.startswith("on")]
        if element.tag == "script":
            assert element.get("src")
            assert not text(element)


@each
def test_headings_go_down_one_step_at_a_time(language: Language, page: Page, frame: Frame) -> None:
    main = next(tree(page, frame).iter("main"))
    levels = [int(str(e.tag)[1]) for e in main.iter() if _HEADING.fullmatch(str(e.tag))]
    for before, after in pairwise(levels):
        assert after <= before + 1, levels


@each
def test_what_points_somewhere_points_at_something(
    language: Language, page: Page, frame: Frame
) -> None:
    root = tree(page, frame)
    ids = Counter(e.get("id") for e in root.iter() if e.get("id"))
    assert all(times == 1 for times in ids.values()), ids.most_common(3)
    for element in root.iter():
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form"):
            for target in (element.get(name) or "").split():
                assert target in ids, f"{name}={target}"
        link = element.get("href") or ""
        if link.startswith("#"):
            assert link[1:] in ids, link


@each
def test_every_field_has_a_name_and_a_label(language: Language, page: Page, frame: Frame) -> None:
    root = tree(page, frame)
    labelled = {label.get("for") for label in root.iter("label")}
    for field in [*root.iter("input"), *root.iter("textarea"), *root.iter("select")]:
        assert field.get("name")
        if field.get("type") != "hidden":
            assert field.get("id") in labelled


@each
def test_every_form_that_changes_something_has_its_token(
    language: Language, page: Page, frame: Frame
) -> None:
    for form in tree(page, frame).iter("form"):
        if form.get("method") == "post" and (form.get("action") or "").startswith("/"):
            tokens = [f for f in form.iter("input") if f.get("name") == "_csrf"]
            assert [f.get("value") for f in tokens] == [frame.csrf]


@each
def test_links_stay_in_the_language(language: Language, page: Page, frame: Frame) -> None:
    root = tree(page, frame)
    others = [code for code in LANGUAGES if code != language]
    for link in root.iter("a"):
        href = link.get("href") or ""
        if href.startswith(tuple(f"/{code}" for code in others)):
            assert link.get("hreflang") in others
        elif href.startswith("/"):
            assert href.startswith(f"/{language}"), href


def switches(language: Language, name: str) -> Iterator[Element]:
    page, frame = all_pages(language)[name]
    for element in tree(page, frame).iter():
        if element.get("lang") in set(LANGUAGES) - {language}:
            yield element


def test_the_language_is_switched_on_the_same_page() -> None:
    (link,) = switches("bg", "case")
    assert (link.tag, link.get("href")) == ("a", f"/en/cases/{NUMBER}")
    (link,) = switches("en", "home")
    assert link.get("href") == "/bg"
    (link,) = switches("bg", "services-none")
    assert link.get("href") == "/en/services?q=x"


def test_switching_the_language_carries_what_was_typed() -> None:
    (button,) = switches("bg", "apply-errors")
    assert (button.tag, button.get("form"), button.get("value")) == (
        "button",
        "application",
        "change",
    )
    assert button.get("formaction") == "/en/services/permanent-address/apply"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_typed_is_inert(language: Language) -> None:
    page, frame = all_pages(language)["services-none"]
    html = render(page, frame)
    assert "<b>рибарник" not in html
    assert "&lt;b&gt;рибарник" in html


def test_a_name_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render_template("error.html", "bg", frame=all_pages("bg")["error"][1])
    assert environment("bg").autoescape is True


def test_components_take_no_unsafe_html() -> None:
    govuk = Components()
    with pytest.raises(TypeError, match="safe"):
        govuk.inset_text({"html": "<script>"})
    with pytest.raises(TypeError, match="safe"):
        govuk.radios({"name": "a", "items": [{"value": "1", "conditional": {"html": "<i>"}}]})
    assert "&lt;i&gt;" in govuk.inset_text({"text": "<i>"})
    assert "<i>" in govuk.inset_text({"html": Markup("<i>")})
    with pytest.raises(AttributeError):
        govuk._private({})


def test_every_template_is_shown_by_a_sample() -> None:
    shown = {type(page).template for page, _ in all_pages("bg").values()}
    files = {str(f.relative_to(FOLDER / "templates")) for f in FOLDER.rglob("templates/**/*.html")}
    assert files - shown == {
        "base.html",
        "office/base.html",
        "parts/act.html",
        "parts/group.html",
        "parts/macros.html",
    }
