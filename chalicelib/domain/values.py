"""The base of every value: frozen, strict about unknown fields, equal by content."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable value of the trade."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
