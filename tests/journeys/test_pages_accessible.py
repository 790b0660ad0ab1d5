"""Every page in a real browser: axe-core finds nothing, and nothing scrolls sideways at 320 px
(which is what 400 % of a usual screen comes to). The pages are samples, laid on the disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from chalicelib.web.i18n import LANGUAGES
from infra import assets, preview
from infra.quality import tools
from tests.handlers.samples import all_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAMES = [f"{name}.{language}" for language in LANGUAGES for name in all_pages(language)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=tools.chromium(),
            args=[*tools.ARGUMENTS, "--allow-file-access-from-files"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    if not (assets.BUILT / "manifest.json").exists() or not assets.MANIFEST.exists():
        assets.build()
    folder = tmp_path_factory.mktemp("pages")
    return {file.stem: file for file in preview.write(folder)}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_accessible(name: str, browser: Browser, pages: dict[str, Path]) -> None:
    tab = browser.new_page(viewport={"width": 320, "height": 800})
    try:
        tab.goto(pages[name].as_uri())
        assert tab.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Sofia Sans"')
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320
        for width in (320, 1280):
            tab.set_viewport_size({"width": width, "height": 800})
            found = Axe().run(tab).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], width
    finally:
        tab.close()


def test_a_form_can_be_walked_with_the_keyboard_alone(
    browser: Browser, pages: dict[str, Path]
) -> None:
    tab = browser.new_page()
    tab.goto(pages["apply.en"].as_uri())
    walked = list[str]()
    for _ in range(40):
        tab.keyboard.press("Tab")
        focused = "document.activeElement"
        walked.append(tab.evaluate(f"{focused}.id || {focused}.name || {focused}.textContent"))
        width = tab.evaluate(f"{focused}.getBoundingClientRect().width")
        assert width > 0, walked[-1]
    first = walked[0]
    assert "Skip to the content" in first
    wanted = ["tier", "purpose-7", "purpose_other", "email", "phone", "truth"]
    reached = [name for name in walked if name in wanted]
    assert reached[: len(wanted)] == wanted
    assert "action" in walked[walked.index("truth") :]
    tab.close()


def test_a_field_that_another_choice_asks_for_is_shown_with_it_without_a_script(
    browser: Browser, pages: dict[str, Path]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(pages["decide.en"].as_uri())
    assert not tab.locator("#grounds").is_visible()
    tab.locator("#outcome-2").check()
    assert tab.locator("#grounds").is_visible()
    context.close()
