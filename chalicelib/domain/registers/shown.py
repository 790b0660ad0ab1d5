"""How the fields of a register's answer are called and written for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from chalicelib.domain.services.words import Text
from chalicelib.domain.values import Value

# `money`: minor units of the euro. `area`: hundredths of a square metre. `place`: an address or
# the like, which an English document gives in Latin letters. `person`: a name; in an English
# document it is written as its field `…_latin` spells it, and left as it is where there is none,
# since nobody's name is made up. `code`: one of `options`.
Kind = Literal[
    "text", "place", "person", "number", "date", "money", "area", "yes-no", "code", "table"
]
LATIN = "_latin"


@dataclass(frozen=True)
class Shown:
    """Stands in the annotation of a field: its label, its kind, the words of its codes."""

    label: Text
    kind: Kind = "text"
    options: Mapping[str, Text] = field(default_factory=dict)


class Answer(Value):
    """What a register answered. JSON: dates are ISO, nothing is a float.

    `found` is false, and nothing else is there, where a register knows nothing of what was asked.
    """


def shown(bg: str, en: str, kind: Kind = "text", **options: tuple[str, str]) -> Shown:
    """The label in both languages; `options`: code = (Bulgarian, English)."""
    words = {code.replace("_", "-"): Text(bg=b, en=e) for code, (b, e) in options.items()}
    return Shown(label=Text(bg=bg, en=en), kind=kind, options=words)


def fields(answer: type[Answer]) -> dict[str, Shown]:
    """Every field with how it is shown, in order."""
    return {name: _shown(info) for name, info in answer.model_fields.items()}


def rows(answer: type[Answer], name: str) -> dict[str, Shown]:
    """The columns of a field that is a table; nothing for any other field."""
    found = answer.model_fields.get(name)
    row = _row(found.annotation) if found else None
    return fields(row) if row else {}


def _shown(info: FieldInfo) -> Shown:
    return next(one for one in info.metadata if isinstance(one, Shown))


def _row(annotation: Any) -> type[Answer] | None:
    if get_origin(annotation) is not tuple:
        return None
    inner = get_args(annotation)[0]
    return inner if isinstance(inner, type) and issubclass(inner, Answer) else None
