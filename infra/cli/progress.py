"""How far a command is, on the standard error, where somebody looks at it."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def each(things: Sequence[T], names: Iterable[str]) -> Iterator[T]:
    """The things, one after the other, each named while it lasts; silent when no terminal."""
    shown = sys.stderr.isatty()
    for number, (thing, name) in enumerate(zip(things, names, strict=True), 1):
        if shown:
            print(f"\r\033[K{number}/{len(things)} {name} ", end="", file=sys.stderr, flush=True)
        yield thing
    if shown:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
