"""Documents in this process's memory, with the promises of S3: the twin for tests."""

from chalicelib.domain.documents import check_digest, content_disposition
from chalicelib.domain.errors import NotFound


class MemoryDocumentStore:
    """Links lead nowhere; they say what a real one would."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, key: str, content: bytes, digest: str) -> None:
        """Raises Invalid when the digest is another content's."""
        check_digest(content, digest)
        self.files[key] = content

    def get(self, key: str) -> bytes:
        """Raises NotFound."""
        try:
            return self.files[key]
        except KeyError:
            raise NotFound(what="document") from None

    def link(self, key: str, filename: str, seconds: int) -> str:
        """The key, the time to live and the header, readable."""
        return f"memory://{key}?seconds={seconds}&{content_disposition(filename)}"
