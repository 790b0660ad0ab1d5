"""Keys for personal data: one per case, wrapped by a key that never leaves its service."""

from typing import Protocol

from chalicelib.domain.values import Value


class DataKey(Value):
    """A fresh key: `plain` (32 bytes) is used and forgotten, `wrapped` is stored."""

    plain: bytes
    wrapped: bytes

    def __repr__(self) -> str:
        return "DataKey()"


class Cipher(Protocol):
    """`context` is bound to the key: a key of one case opens nothing of another."""

    def new_key(self, context: str) -> DataKey:
        """A new data key. Raises Busy."""
        ...

    def unwrap(self, wrapped: bytes, context: str) -> bytes:
        """The plain key again. Raises Busy, Forged (not this context's)."""
        ...
