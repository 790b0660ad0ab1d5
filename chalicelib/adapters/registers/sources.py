"""Each question goes to the adapter of its source."""

from collections.abc import Callable, Mapping
from typing import Protocol

from pydantic import JsonValue

from chalicelib.domain.errors import NotFound, RegisterUnavailable
from chalicelib.domain.population import CallContext
from chalicelib.domain.registers import QUESTIONS, Answer

# One question of a source: raises NotFound and RegisterUnavailable.
Asking = Callable[[Mapping[str, str], CallContext], Answer]


class Source(Protocol):
    """A register."""

    @property
    def asking(self) -> Mapping[str, Asking]:
        """What it can be asked."""
        ...


class RegistersBySource:
    """Implements ports.registers.Registers."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources

    def ask(
        self, source: str, ask: str, about: Mapping[str, str], context: CallContext
    ) -> dict[str, JsonValue]:
        """See the port."""
        question = QUESTIONS.get(f"{source}/{ask}")
        register = self._sources.get(source)
        asking = register.asking.get(ask) if register else None
        if question is None or asking is None:
            raise RegisterUnavailable(source=source, reason="not-configured")
        if not about.get(question.needs, "").strip():
            raise NotFound("nothing-to-ask-about", source=source, needs=question.needs)
        try:
            return asking(about, context).model_dump(mode="json")
        except (NotFound, RegisterUnavailable) as error:
            error.facts.setdefault("source", source)
            raise
