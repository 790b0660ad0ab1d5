"""The base of every value: frozen, strict about unknown fields, equal by content."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable value of the trade."""

    # What pydantic says of a wrong value may be about a person, and ends in logs and histories.
    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )
