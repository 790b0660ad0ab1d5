"""How long a certificate takes to render and to seal, and how large it is."""

import time
from collections.abc import Callable

from chalicelib.adapters.documents.typst import TypstRenderer
from chalicelib.adapters.seal.memory import MemorySeal
from tests.papers import NOW, certificate

RUNS = 20


def measure() -> list[dict[str, str | int | float]]:
    """Milliseconds of the first and of the median run, and bytes."""
    letter, renderer, seal = certificate(), TypstRenderer(), MemorySeal()

    def render() -> bytes:
        return renderer.render(letter.template, letter.data(), "bg")

    rendered = render()
    return [
        _row("render", render),
        _row("seal", lambda: seal.seal(rendered, reason="Удостоверение", at=NOW)),
    ]


def _row(name: str, act: Callable[[], bytes]) -> dict[str, str | int | float]:
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        made = act()
        times.append((time.perf_counter() - began) * 1000)
    median = sorted(times)[RUNS // 2]
    return {
        "what": name,
        "first ms": round(times[0]),
        "median ms": round(median),
        "bytes": len(made),
    }
