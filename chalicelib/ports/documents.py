"""Making documents and keeping them."""

from collections.abc import Mapping
from typing import Literal, Protocol


class Renderer(Protocol):
    """Turns data into a document, the same bytes for the same data."""

    def render(
        self, template: str, data: Mapping[str, object], language: Literal["bg", "en"]
    ) -> bytes:
        """A tagged PDF/A-2a, not sealed yet. `data` is what the template's letter dumps.

        Raises NotFound for an unknown template, Invalid when the data does not fit it.
        """
        ...


class DocumentStore(Protocol):
    """Files by key. All methods raise StorageUnavailable."""

    def put(self, key: str, content: bytes, digest: str) -> None:
        """Keeps a PDF. `digest` is its SHA-256 in hexadecimal, checked by the store.

        Putting the same again changes nothing. Raises Invalid when the digest is another's.
        """
        ...

    def get(self, key: str) -> bytes:
        """The file, checked against the digest it was put with. Raises NotFound."""
        ...

    def link(self, key: str, filename: str, seconds: int) -> str:
        """An address from which anybody may download the file for `seconds` seconds.

        Whether there is such a file is not asked. `filename` may hold any text of a person's;
        what is unsafe in it is left out.
        """
        ...
