"""The small words of the service-model language: texts, terms, amounts, closed lists."""

import re
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from chalicelib.domain.money import Money, parse_decimal
from chalicelib.domain.values import Value

Language = Literal["bg", "en"]
Role = Literal["registrar", "head-of-unit", "administrator"]
Tier = Literal["regular", "fast", "express"]
Channel = Literal["portal", "counter", "phone", "post", "national-portal"]
Capacity = Literal["self", "representative", "mandate", "business"]
DeliveryCode = Literal["portal", "counter", "post", "courier", "e-delivery"]
CloseKind = Literal[
    "issued",
    "partly-issued",
    "refused",
    "unpaid",
    "withdrawn",
    "terminated",
    "forwarded",
    "granted-by-silence",
    "refused-by-silence",
]
PhaseKind = Literal[
    "payment",
    "human",
    "correction",
    "joint",
    "outside",
    "automatic",
    "register",
    "document",
    "delivery",
]
# `working-hours` are the hours in which the administration is open; the others are the law's.
Unit = Literal[
    "hours", "working-hours", "calendar-days", "working-days", "weeks", "months", "years"
]

Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# Names become state names and keys in the table, so they are short and plain.
NAMED = StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)
Name = Annotated[str, NAMED]
# Names of form fields are keys of JSON objects and of HTML forms.
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]

TERM = re.compile(
    r"(\d{1,4}) (hours?|working-hours?|calendar-days?|working-days?|weeks?|months?|years?)"
)
_AMOUNT = re.compile(r"(\d+(?:\.\d{1,2})?) (EUR|BGN)")


class Text(Value):
    """A text that people read, in every language of the portal."""

    bg: Filled
    en: Filled

    def in_(self, language: Language) -> str:
        """The text in one language."""
        return self.bg if language == "bg" else self.en


class Term(Value):
    """A length of time as the law counts it: `2 working-days` in a model's file."""

    amount: int = Field(ge=0, le=9999)
    unit: Unit

    @model_validator(mode="before")
    @classmethod
    def _from_words(cls, value: object) -> object:
        if isinstance(value, dict | cls):
            return value
        words = TERM.fullmatch(str(value))
        if words is None:
            raise ValueError(
                "write a term as '2 working-days', '7 calendar-days', '1 month' or '24 hours'"
            )
        return {"amount": int(words[1]), "unit": words[2].rstrip("s") + "s"}

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


def _amount(value: object) -> object:
    if isinstance(value, dict | Money):
        return value
    words = _AMOUNT.fullmatch(str(value))
    if words is None:
        raise ValueError("write an amount as '2.56 EUR'")
    return parse_decimal(words[1], "EUR" if words[2] == "EUR" else "BGN")


Amount = Annotated[
    Money,
    BeforeValidator(_amount),
    WithJsonSchema({"type": "string", "pattern": f"^{_AMOUNT.pattern}$"}, mode="validation"),
]
