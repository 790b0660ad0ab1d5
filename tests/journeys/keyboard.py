"""Nothing but keys: goes on with Tab until it is where it wants to be, and sees that it is."""

from typing import TYPE_CHECKING, Self

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

_MOST = 60
_NAME = "(document.activeElement.textContent || '').trim()"
_ID = "document.activeElement.id"
# What has the keyboard shows it: by an outline or a shadow.
_SHOWN = """(() => { const s = getComputedStyle(document.activeElement);
  return s.outlineStyle !== 'none' || s.boxShadow !== 'none'
    || getComputedStyle(document.activeElement, '::before').boxShadow !== 'none'
    || getComputedStyle(document.activeElement.nextElementSibling || document.body, '::before')
         .boxShadow !== 'none'; })()"""


class Keyboard:
    """The page under somebody's keys."""

    def __init__(self, page: "Page") -> None:
        self._page = page

    def at(self) -> str:
        """The text of what has the focus."""
        return str(self._page.evaluate(_NAME))

    def press(self, key: str) -> Self:
        """One key."""
        self._page.keyboard.press(key)
        self._page.wait_for_load_state()
        return self

    def type(self, text: str) -> Self:
        """Many."""
        self._page.keyboard.type(text)
        return self

    def to(self, field: str, key: str = "") -> Self:
        """Tab until the field has the focus; then the key."""
        return self._on(_ID, field, key)

    def to_button(self, text: str) -> Self:
        """Tab until the button has it."""
        return self._on(_NAME, text, "")

    def _on(self, asked: str, wanted: str, key: str) -> Self:
        for _ in range(_MOST):
            self.press("Tab")
            if self._page.evaluate(asked) == wanted:
                assert self._page.evaluate(_SHOWN), f"{wanted}: nobody sees where the focus is"
                return self.press(key) if key else self
        pytest.fail(f"Tab never comes to {wanted}")
