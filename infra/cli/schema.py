"""The language as JSON Schema, for editors: completion, red lines and the meaning of each word."""

from functools import cache
from typing import NamedTuple, NotRequired, TypedDict

import yaml
from pydantic import JsonValue

from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.words import TERM
from infra.paths import ROOT

WORDS = ROOT / "infra" / "cli" / "words.yaml"
TOP = "ServiceModel"


class Word(NamedTuple):
    """What a word says, and an example as it is written in a model."""

    says: str
    example: str


class Definition(TypedDict):
    """What JSON Schema says of one kind of value of the language."""

    description: NotRequired[str]
    properties: dict[str, dict[str, JsonValue]]
    required: NotRequired[list[str]]


@cache
def words() -> dict[str, dict[str, Word]]:
    """Every word of every kind of value, with its meaning."""
    text = WORDS.read_text("utf-8")
    tree = yaml.compose(text, yaml.SafeLoader)
    if tree is None:
        raise ValueError("words.yaml is empty")
    return {
        kind: {word: _word(said, text) for word, said in _pairs(of).items()}
        for kind, of in _pairs(tree).items()
    }


def _word(node: yaml.Node, text: str) -> Word:
    said = _pairs(node)
    example = said["example"]
    source = text[example.start_mark.index : example.end_mark.index]
    return Word(says=str(said["says"].value), example=source)


def _pairs(node: yaml.Node) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value}


def definitions() -> dict[str, Definition]:
    """Every kind of value of the language that has words, the service itself first."""
    made = ServiceModel.model_json_schema(mode="validation")
    inner: dict[str, Definition] = made.pop("$defs")
    found: dict[str, Definition] = {TOP: made, **inner}  # type: ignore[dict-item] # the top one has the same shape
    return {name: found[name] for name in words()}


def schema() -> dict[str, object]:
    """The published schema."""
    made = ServiceModel.model_json_schema(mode="validation")
    for name, of in words().items():
        properties = (made if name == TOP else made["$defs"][name])["properties"]
        for word, said in of.items():
            properties[word]["description"] = said.says
    # Files say terms in words; the other form is the one kept in the table.
    made["$defs"]["Term"] = {
        "type": "string",
        "pattern": f"^{TERM.pattern}$",
        "description": "A length of time: 2 working-days, 14 calendar-days, 1 month, 24 hours",
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
