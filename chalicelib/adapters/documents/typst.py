"""Documents by Typst: tagged PDF/A-2a and PDF/UA-1, from templates that ship with the code.

The data reaches the templates as JSON beside them, never as text of the template, so nothing in
it is ever markup. No system font, no package and no file outside the templates can be read.
"""

import functools
import io
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from chalicelib.domain.errors import Fault, Invalid, NotFound

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[a-z]+(-[a-z]+)*")
_SHARED = frozenset({"letterhead", "words"})


def qr(content: str) -> str:
    """A QR code (ISO/IEC 18004) as SVG, error correction M, with its quiet zone."""
    import segno

    out = io.BytesIO()
    code = segno.make(content, error="m", boost_error=False, micro=False)
    code.save(out, kind="svg", border=4, omitsize=True, xmldecl=False)
    return out.getvalue().decode()


class TypstRenderer:
    """`render` is a function of its arguments: the date comes with the data."""

    def render(
        self, template: str, data: Mapping[str, object], language: Literal["bg", "en"]
    ) -> bytes:
        """A tagged PDF/A-2a. Raises NotFound (the template) and Invalid (the data)."""
        return self.compile(template, data, language)[0]

    def compile(
        self, template: str, data: Mapping[str, object], language: Literal["bg", "en"]
    ) -> tuple[bytes, tuple[str, ...]]:
        """The document, and what Typst warned of (nothing, if the template is right)."""
        import typst

        source = _source(template)
        issued, content = _needed(data)
        inputs = {
            "data": json.dumps(data, ensure_ascii=False),
            "language": language,
            "qr": qr(content),
        }
        try:
            pdf, warnings = typst.compile_with_warnings(
                source,
                root=TEMPLATES,
                font_paths=_fonts(),
                sys_inputs=inputs,
                format="pdf",
                pdf_standards=["a-2a", "ua-1"],
                timestamp=datetime.combine(issued, time(), UTC),
            )
        except typst.TypstError as error:
            raise _unfit("not-renderable") from error
        if not isinstance(pdf, bytes):
            raise _unfit("not-renderable")
        return pdf, tuple(warning.message for warning in warnings)


def _source(template: str) -> Path:
    path = TEMPLATES / f"{template}.typ"
    if not _NAME.fullmatch(template) or template in _SHARED or not path.is_file():
        raise NotFound(template=template)
    return path


def _needed(data: Mapping[str, object]) -> tuple[date, str]:
    match data:
        case {"issued": str(issued), "verification": {"url": str(url)}}:
            return date.fromisoformat(issued), url
        case _:
            raise _unfit("incomplete")


def _unfit(code: str) -> Invalid:
    return Invalid([Fault(field="document", code=code)])


@functools.cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[TEMPLATES / "fonts"])
