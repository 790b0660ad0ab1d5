"""How the demo speaks: numbered steps, tables, and a folder with everything that was answered."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from rich.console import Console

from infra.local import demo_words as words
from infra.local.caller import Json
from infra.paths import LOCAL

__all__ = ["FOLDER", "Failed", "Teller", "words"]

FOLDER = LOCAL / "demo"
PATIENCE = 60.0  # seconds


class Failed(Exception):
    """The stack did not do what the story says."""


class Teller:
    """A terminal and a folder."""

    def __init__(self, out: Console) -> None:
        self.out, self._step = out, 0
        FOLDER.mkdir(parents=True, exist_ok=True)

    def until(self, see: Callable[[], Json], is_so: Callable[[Json], bool], what: str) -> Json:
        """What is seen, as soon as it is so. Raises Failed."""
        deadline = time.monotonic() + PATIENCE
        with self.out.status(f"until {what} …"):
            while time.monotonic() < deadline:
                found = see()
                if is_so(found):
                    return found
                time.sleep(0.3)
        raise Failed(f"not within {PATIENCE:.0f} s: {what}")

    def ask(self, answer: httpx.Response) -> Json:
        """The answer's body. Raises Failed."""
        if answer.is_error:
            raise Failed(f"{answer.request.method} {answer.url.path}: {answer.text}")
        found: Json = answer.json()
        return found

    def step(self, title: str, detail: str) -> None:
        """The next heading."""
        self._step += 1
        head = f"[bold green]{self._step:>3}[/]  [bold]{title}[/]  [dim]{detail}[/]"
        self.out.print(f"\n{head}", soft_wrap=True)

    def say(self, text: str) -> None:
        """A line under the heading."""
        self.out.print(f"      {text}", soft_wrap=True)

    def save(self, name: str, content: Json | bytes) -> Path:
        """Into the folder of the demo."""
        file = FOLDER / name
        if not isinstance(content, bytes):
            content = json.dumps(content, ensure_ascii=False, indent=2).encode()
        file.write_bytes(content)
        self.say(f"[dim]saved {file.relative_to(LOCAL.parent)}, {len(content):,} bytes[/dim]")
        return file
