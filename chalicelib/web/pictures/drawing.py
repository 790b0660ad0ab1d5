"""SVG as text: a picture with its title and description, and texts that break into lines."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

# Wider than the letters of usual fonts are on average, Cyrillic ones too: nothing is cut off.
LETTER = 0.66
INK, GREY, RULE, PAPER = "#1b1b1b", "#505a5f", "#b1b4b6", "#ffffff"
FONT = "'Sofia Sans','Noto Sans','DejaVu Sans',Arial,sans-serif"


def lines_of(text: str, letters: int) -> list[str]:
    """The text in lines of at most so many letters, longer words excepted."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= letters or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def width_of(lines: Iterable[str], size: float) -> float:
    """How wide the lines are at most."""
    return max((len(line) for line in lines), default=0) * size * LETTER


def text(
    lines: Sequence[str],
    x: float,
    y: float,
    size: float = 13,
    *,
    anchor: str = "middle",
    bold: bool = False,
    colour: str = INK,
) -> str:
    """Lines under one another; `y` is the middle of the first."""
    weight = ' font-weight="600"' if bold else ""
    spans = "".join(
        f'<tspan x="{x:.1f}" dy="{0 if n == 0 else size * 1.25:.1f}">{escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return (
        f'<text x="{x:.1f}" y="{y + size * 0.35:.1f}" font-size="{size}" fill="{colour}"'
        f' text-anchor="{anchor}"{weight}>{spans}</text>'
    )


def document(
    name: str, title: str, about: str, width: float, height: float, parts: Iterable[str]
) -> str:
    """A whole picture. `name` makes its ids its own, where several are on one page."""
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}"'
        f' height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
        f" aria-labelledby={quoteattr(f'{name}-title {name}-about')} font-family={quoteattr(FONT)}>"
        f"\n<title id={quoteattr(f'{name}-title')}>{escape(title)}</title>"
        f"\n<desc id={quoteattr(f'{name}-about')}>{escape(about)}</desc>"
        f'\n<rect width="100%" height="100%" fill="{PAPER}"/>\n{body}\n</svg>\n'
    )
