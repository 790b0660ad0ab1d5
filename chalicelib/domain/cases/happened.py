"""What all events have."""

from pydantic import Field, JsonValue

from chalicelib.domain.values import Value


class Happened(Value):
    """The base of events."""

    private: dict[str, JsonValue] = Field(default_factory=dict, exclude=True, repr=False)
