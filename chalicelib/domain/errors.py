"""Errors, sorted by what the machine should do next: refuse, or try again.

`code` is stable and is the key of the message catalogue (`error.<code>`); `facts` are what
the message needs. Nothing personal goes into an error.
"""

from collections.abc import Sequence

from pydantic import Field

from chalicelib.domain.values import Value


class ZagoraError(Exception):
    """The root. `code` names the error for machines and for the message catalogue."""

    code = "error"

    def __init__(self, code: str | None = None, **facts: object) -> None:
        self.code = code or type(self).code
        self.facts = facts
        super().__init__(f"{self.code} {facts}" if facts else self.code)


class Refused(ZagoraError):
    """Asking again unchanged is useless: whoever asked must change something."""

    code = "refused"


class TryAgain(ZagoraError):
    """Nothing is wrong with the request; the same one may succeed later."""

    code = "try-again"


class Fault(Value):
    """One thing wrong with the input: where, what (a catalogue code) and what would be right."""

    field: str
    code: str
    facts: dict[str, str | int] = Field(default_factory=dict)


class Invalid(Refused):
    """The input is wrong; carries every fault at once."""

    code = "invalid"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(fields=", ".join(f"{f.field}: {f.code}" for f in faults))


class NotFound(Refused):
    """There is no such thing, or the asker may not know that there is."""

    code = "not-found"


class NotSignedIn(Refused):
    """Who is asking is not known."""

    code = "not-signed-in"


class Forbidden(Refused):
    """The asker is known, and this is not theirs to do."""

    code = "forbidden"


class Conflict(Refused):
    """What the asker saw is no longer so (somebody else was faster)."""

    code = "conflict"


class NotPossible(Refused):
    """The case is not in a state in which this can be done."""

    code = "not-possible"


class KeyReused(Refused):
    """The same idempotency key came with another body."""

    code = "idempotency-key-reused"


class Forged(Refused):
    """A signature, checksum or token does not verify."""

    code = "forged"


class Superseded(Refused):
    """A newer execution walks this case; the one that asks should end."""

    code = "superseded"


class Busy(TryAgain):
    """The store is throttled, or somebody else's transaction was in the way."""

    code = "busy"


class RegisterUnavailable(TryAgain):
    """A register did not answer, or answered nonsense."""

    code = "register-unavailable"


class SealUnavailable(TryAgain):
    """The key service did not sign."""

    code = "seal-unavailable"


class StorageUnavailable(TryAgain):
    """The document store did not take or give a document."""

    code = "storage-unavailable"
