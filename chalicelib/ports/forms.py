"""Checking answers against a form's JSON Schema."""

from collections.abc import Mapping
from typing import Protocol

from pydantic import JsonValue

from chalicelib.domain.errors import Fault


class FormRules(Protocol):
    """The schema's law."""

    def faults(
        self, schema: Mapping[str, JsonValue], answers: Mapping[str, JsonValue]
    ) -> tuple[Fault, ...]:
        """Every fault at once; none if the answers are right."""
        ...
