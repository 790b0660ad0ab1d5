"""The form of a service: a JSON Schema for what must be true, texts for what people read."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, JsonValue, model_validator

from chalicelib.domain.services.words import FieldName, Filled, Name, Text
from chalicelib.domain.values import Value

Prefill = Literal["names", "email", "phone"]


class Condition(Value):
    """A field or a group is asked only when a field before it has this value, or one of these."""

    field: FieldName
    equals: str | bool | None = None
    one_of: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.equals is None) == (not self.one_of):
            raise ValueError("a condition has either equals: or one_of:")
        return self

    @property
    def values(self) -> tuple[str | bool, ...]:
        """With which answers the field is asked."""
        return self.one_of if self.equals is None else (self.equals,)

    def holds(self, answers: Mapping[str, JsonValue]) -> bool:
        """Whether it is asked after these answers."""
        answer = answers.get(self.field)
        return any(type(answer) is type(value) and answer == value for value in self.values)


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


class Repeats(Value):
    """The group is asked several times; the answers are a list under `into`."""

    into: FieldName
    at_least: int = Field(default=1, ge=0, le=50)
    at_most: int = Field(default=10, ge=1, le=50)
    one: Text


class Group(Value):
    """Fields that are asked together under one heading.

    `when`: the whole group is asked only then. `repeats`: it is asked for each of several things.
    """

    id: Name
    title: Text
    hint: Text | None = None
    fields: tuple[FieldName, ...]
    when: Condition | None = None
    repeats: Repeats | None = None


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
    def answered(self) -> frozenset[str]:
        """The names under which answers are kept: a repeating group is one list."""
        return frozenset(_properties(self.json_schema))

    @property
    def properties(self) -> dict[str, dict[str, JsonValue]]:
        """The schema of each field by its name, those of repeating groups included."""
        own = _properties(self.json_schema)
        for group in self.groups:
            if group.repeats and own.pop(group.repeats.into, None) is not None:
                own |= _properties(self.items(group.repeats))
        return own

    def items(self, repeats: Repeats) -> dict[str, JsonValue]:
        """The schema of one of the things that a repeating group asks for."""
        listed = _properties(self.json_schema).get(repeats.into, {}).get("items")
        return listed if isinstance(listed, dict) else {}


def _properties(schema: dict[str, JsonValue]) -> dict[str, dict[str, JsonValue]]:
    found = schema.get("properties")
    items = found.items() if isinstance(found, dict) else ()
    return {name: schema for name, schema in items if isinstance(schema, dict)}
