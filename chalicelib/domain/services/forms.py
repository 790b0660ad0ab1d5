"""The form of a service: a JSON Schema for what must be true, texts for what people read."""

from typing import Literal

from pydantic import Field, JsonValue

from chalicelib.domain.services.words import FieldName, Filled, Name, Text
from chalicelib.domain.values import Value

Prefill = Literal["names", "email", "phone"]


class Condition(Value):
    """A field is asked only when another one holds this value."""

    field: FieldName
    equals: str | bool


class FieldTexts(Value):
    """How a field is asked: its label, its hint, the texts of its choices, when it is asked.

    `prefill` names what sign-in already knows. Where the schema says `readOnly`, that value
    is the only one: whatever a browser sends instead is ignored.
    """

    label: Text
    hint: Text | None = None
    options: dict[str, Text] = Field(default_factory=dict)
    when: Condition | None = None
    prefill: Prefill | None = None
    autocomplete: Filled | None = None


class Group(Value):
    """Fields that are asked together under one heading."""

    id: Name
    title: Text
    fields: tuple[FieldName, ...]


class Form(Value):
    """`json_schema` (2020-12) decides what is valid; groups and texts decide how it is asked."""

    json_schema: dict[str, JsonValue]
    groups: tuple[Group, ...]
    texts: dict[FieldName, FieldTexts]

    @property
    def order(self) -> tuple[str, ...]:
        """Every field, in the order in which it is asked."""
        return tuple(field for group in self.groups for field in group.fields)

    @property
    def properties(self) -> dict[str, dict[str, JsonValue]]:
        """The schema of each field by its name."""
        found = self.json_schema.get("properties")
        items = found.items() if isinstance(found, dict) else ()
        return {name: schema for name, schema in items if isinstance(schema, dict)}
