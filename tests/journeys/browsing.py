"""Somebody before a real browser: every page they see is looked at by a machine as well."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from chalicelib.web.i18n import Language, say
from infra.quality import tools
from tests.journeys.stack import ROOT, Stack

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

# What everybody saw, to be looked at by people: <who>-<language>-<width>/<step>.png
PICTURES = ROOT / "build" / "journeys"
PHONE, DESKTOP = (360, 780), (1280, 900)


@contextmanager
def chromium() -> "Iterator[Browser]":
    """The machine's own Chromium, else Playwright's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=tools.chromium(),
            args=tools.ARGUMENTS,
        )
        yield browser
        browser.close()


class Visitor:
    """A person with a browser of their own, in one language and at one width."""

    def __init__(
        self,
        stack: Stack,
        browser: "Browser",
        username: str,
        language: Language = "bg",
        size: tuple[int, int] = DESKTOP,
        *,
        scripts: bool = True,
    ) -> None:
        self.stack, self.language, self.username = stack, language, username
        self._size, self._scripts, self._steps = size, scripts, 0
        self.context = _context(browser, language, size, scripts=scripts)
        self._inspector = None if scripts else _context(browser, language, size).new_page()
        self.page: Page = self.context.new_page()
        self.trouble = list[str]()
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, line: "ConsoleMessage") -> None:
        # A page that refuses what was typed answers 422, and Chromium calls that an error.
        place = str(line.location.get("url", ""))
        if line.type == "error" and place.startswith(self.stack.portal) and "422" not in line.text:
            self.trouble.append(f"{place}: {line.text}")

    def leave(self) -> None:
        """Leaves; whatever the browser complained of on the way is a fault."""
        self.context.close()
        if self._inspector:
            self._inspector.context.close()
        assert not self.trouble, self.trouble

    def say(self, text: str, **values: object) -> str:
        """A text of the portal in this person's language."""
        return say(self.language, text, **values)

    def go(self, path: str, name: str = "") -> None:
        """Types an address."""
        self.page.goto(f"{self.stack.portal}/{self.language}{path}")
        self.look(name or path)

    def press(self, text: str, name: str, **values: object) -> None:
        """Presses the button, or what looks like one, with this text, and looks at what comes."""
        self.button(text, **values).click()
        self.look(name)

    def button(self, text: str, **values: object) -> "Locator":
        """A button by its text."""
        return self.page.get_by_role("button", name=self.say(text, **values), exact=True)

    def follow(self, text: str, name: str, **values: object) -> None:
        """Follows the first link with this text in what the page is about."""
        main = self.page.get_by_role("main")
        main.get_by_role("link", name=self.say(text, **values), exact=True).first.click()
        self.look(name)

    def sign_in(self, name: str) -> None:
        """On the hosted page, which is not ours to look at; then where one wanted to go."""
        person = self.stack.person(self.username)
        self.page.get_by_label("Username").fill(person["username"])
        self.page.get_by_label("Password").fill(person["password"])
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{self.stack.portal}/**")
        self.look(name)

    def read(self) -> str:
        """What the page says."""
        return self.page.get_by_role("main").inner_text().replace("\xa0", " ")

    def look(self, name: str) -> None:
        """Takes a picture, and checks what every page of ours promises."""
        self._steps += 1
        page = self.page
        page.wait_for_load_state()
        folder = PICTURES / f"{self.username or 'anybody'}-{self.language}-{self._size[0]}"
        file = folder / f"{self._steps:02d}-{name.strip('/').replace('/', '-') or 'home'}.png"
        _picture(page, file)
        if page.url.startswith(self.stack.portal):
            assert page.locator("html").get_attribute("lang") == self.language, page.url
        assert page.locator("h1").count() == 1, page.url
        self._inspect()

    def _inspect(self) -> None:
        """By axe-core; where scripts are off, the same HTML in a window where they are on."""
        page, url = self.page, self.page.url
        if self._inspector:
            page, html = self._inspector, page.content()
            page.route(url, lambda route: route.fulfill(body=html, content_type="text/html"))
            page.goto(url)
            page.unroute(url)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= self._size[0], f"{url} scrolls sideways: {width} px"
        found = Axe().run(page).response["violations"]
        told = [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found]
        assert not told, f"{url}: {told}"


def _picture(page: "Page", file: Path) -> None:
    """A picture taken while one page gives way to the next never comes: then one more is."""
    from playwright.sync_api import TimeoutError as TimedOut

    try:
        page.screenshot(path=file, full_page=True, timeout=5_000)
    except TimedOut:
        page.wait_for_load_state()
        page.screenshot(path=file, full_page=True)


def _context(
    browser: "Browser", language: Language, size: tuple[int, int], *, scripts: bool = True
) -> "BrowserContext":
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="bg-BG" if language == "bg" else "en-GB",
        timezone_id="Europe/Sofia",
        java_script_enabled=scripts,
        has_touch=size == PHONE,
        is_mobile=size == PHONE,
    )
    context.set_default_timeout(15_000)
    return context
