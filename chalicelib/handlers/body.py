"""Bodies of requests: never larger than we mean to read, and form fields out of them."""

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

from chalice.app import Request

from chalicelib.domain.errors import Fault, Invalid, Refused

FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 1_000_000
_MOST_FIELDS = 1_000


class TooLarge(Refused):
    """The body is larger than we read."""

    code = "too-large"


class Form(Mapping[str, str]):
    """A posted form. As a mapping it gives each field's last value; `all` gives every one."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs
        self._last = dict(pairs)

    def __getitem__(self, name: str) -> str:
        return self._last[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._last)

    def __len__(self) -> int:
        return len(self._last)

    def all(self, name: str) -> list[str]:
        """Every value of a field that may come several times."""
        return [value for field, value in self._pairs if field == name]


def limited_body(request: Request) -> bytes:
    """The body as it came. Raises TooLarge above 1 MB, Invalid for bad base64."""
    try:
        body = request.raw_body
    except ValueError as error:
        raise Invalid([Fault(field="", code="body")]) from error
    content = body if isinstance(body, bytes) else body.encode()
    if len(content) > MOST_BYTES:
        raise TooLarge(most=MOST_BYTES)
    return content


def read_form(request: Request) -> Form:
    """The fields, in order. Raises TooLarge, and Invalid when it is no form in UTF-8."""
    try:
        text = limited_body(request).decode("utf-8")
        pairs = parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise Invalid([Fault(field="", code="body")]) from error
    return Form(pairs)
