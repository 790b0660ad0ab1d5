"""docs/service-language.md: every word of the language, from the models that read it."""

from collections.abc import Iterator, Mapping
from typing import get_args

from pydantic import JsonValue

from chalicelib.domain.services import facts
from chalicelib.domain.services.checks_kinds import ENDS, USES
from chalicelib.domain.services.checks_size import MOST_EVENTS, MOST_PHASES
from chalicelib.domain.services.words import PhaseKind
from infra.cli import constructs
from infra.cli.reading import DEEPEST, LARGEST
from infra.cli.schema import TOP, Definition, definitions, words

Schema = Mapping[str, JsonValue]
TITLES = {TOP: "The service"}
NAME = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
FIELD = "^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
KINDS: dict[PhaseKind, str] = {
    "payment": "Waits for the fee; ends at once where there is none.",
    "human": "Waits for the decision of a person in charge.",
    "correction": "Waits until the applicant has put the application right.",
    "joint": "Several units give their opinions at the same time.",
    "outside": "Waits for an act of somebody outside; an official enters that it came.",
    "automatic": "Conditions decide, by themselves.",
    "register": "Asks registers; where it can end in several ways, conditions decide.",
    "document": "Asks registers, makes the document, seals and keeps it; by itself.",
    "delivery": "Hands the result over; by itself.",
}
NEEDS: dict[PhaseKind, str] = {
    "payment": "a milestone of kind `expiry`",
    "human": "`role`, `unit`, `term`",
    "correction": "`term`, a milestone of kind `expiry`",
    "joint": "`opinions`, `role`, `unit`, `term`",
    "outside": "`role`, `unit`, `term`",
    "automatic": "`choices`, `otherwise`",
    "register": "`evidence`",
    "document": "`template`",
    "delivery": "",
}
BEGINNING = f"""\
# The service language: reference

<!-- Made by `python -m infra.cli.generate` from the pydantic models and infra/cli/words.yaml. -->

Every word that a service model may have, made from the code that reads it: first
[by example](#by-example), then word by word. For how to work with models see
[service-models.md](service-models.md), for the first one the [tutorial](tutorial.md).

## A file

A file is YAML: UTF-8, at most {LARGEST:,} bytes and {DEEPEST} levels, one model, without anchors
and aliases, no word twice; at most {MOST_PHASES} phases, and an execution's history has room for
{MOST_EVENTS:,} events. A *name* is small letters, digits and hyphens, at most 40; the name of a
field has underscores instead. *Words* are plain text; a *text* has both languages:
`{{bg: …, en: …}}`. A *term* is `24 hours`, `8 working-hours`, `7 calendar-days`, `2 working-days`,
`2 weeks`, `1 month` or `1 year` ([how they are counted](deadlines.md)). An *amount* is `2.56 EUR`.
A *date* is `2026-11-23`. In the tables, words in **bold** must be there.

The first line `# yaml-language-server: $schema=service.schema.json` lets editors complete the
words, explain them and underline faults.
"""
FACTS = """\
## Facts

Conditions look at facts by name, and documents show them as `{name}`.

| fact | known | is |
|---|---|---|
| the name of a field | when it is filed | the answer; of a repeating group the list, by `into` |
| `tier`, `delivery`, `channel`, `capacity` | when it is filed | how it was applied for |
| `evidence.<id>.<field>` | in and after the phase that asks | what the register answered |
"""


def page() -> str:
    """The whole page."""
    known = definitions()
    parts = [BEGINNING, "\n".join(constructs.lines())]
    parts += ["\n".join(_section(name, one)) for name, one in known.items()]
    parts += ["\n".join(_kinds()), "\n".join(_facts())]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _section(name: str, definition: Definition) -> Iterator[str]:
    yield f"## {TITLES.get(name, name)}"
    yield ""
    about = definition.get("description", "")
    yield from (about.split("\n") if name != TOP else ["What stands at the top of a file."])
    yield ""
    yield "| word | is | without it | says | example |"
    yield "|---|---|---|---|---|"
    required = definition.get("required", [])
    for word, schema in definition["properties"].items():
        said = words()[name][word]
        shown = f"**`{word}`**" if word in required else f"`{word}`"
        example = said.example.strip('"') if "see [" in said.example else f"`{said.example}`"
        cells = [shown, _type(schema), _default(schema, word in required), said.says, example]
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _type(schema: Schema) -> str:
    several = schema.get("anyOf")
    if isinstance(several, list):
        kinds = [_type(one) for one in several if isinstance(one, dict)]
        return " or ".join(dict.fromkeys(kind for kind in kinds if kind != "nothing"))
    if isinstance(reference := schema.get("$ref"), str):
        return _named(reference.rpartition("/")[2])
    if isinstance(enum := schema.get("enum"), list):
        return ", ".join(f"`{value}`" for value in enum)
    if schema.get("type") == "array":
        return f"list of {_type(_inner(schema, 'items'))}{_limits(schema, 'Items')}"
    if schema.get("type") == "object":
        return _mapping(schema)
    return _scalar(schema)


def _mapping(schema: Schema) -> str:
    patterns = _inner(schema, "patternProperties")
    inner = next(iter(patterns.values()), None) or schema.get("additionalProperties")
    if not isinstance(inner, dict) or str(inner.get("$ref")).endswith("/JsonValue"):
        return "JSON Schema"
    return f"by name: {_type(inner)}"


def _scalar(schema: Schema) -> str:
    pattern = schema.get("pattern")
    if pattern in (NAME, FIELD):
        return "name" if pattern == NAME else "name of a field"
    if isinstance(pattern, str):
        return "amount"
    plain = {"boolean": "`true`, `false`", "integer": "whole number", "null": "nothing"}
    kind = "date" if schema.get("format") == "date" else plain.get(str(schema.get("type")), "words")
    return kind + _limits(schema, "imum")


def _limits(schema: Schema, of: str) -> str:
    low, high = schema.get(f"min{of}"), schema.get(f"max{of}")
    if low is None and high is None:
        return ""
    return f" ({low}–{high})" if high is not None else f" (at least {low})"


def _named(name: str) -> str:
    plain = {"Text": "text", "Term": "term", "JsonValue": "JSON"}
    return plain.get(name) or f"[{name}](#{name.lower()})"


def _default(schema: Schema, required: bool) -> str:
    default = schema.get("default")
    if required or "default" not in schema or default in (None, [], {}):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _inner(schema: Schema, word: str) -> dict[str, JsonValue]:
    found = schema.get(word)
    return found if isinstance(found, dict) else {}


def _kinds() -> Iterator[str]:
    yield "## Kinds of phases\n"
    yield "| kind | what happens | needs | may have | ends by |"
    yield "|---|---|---|---|---|"
    for kind in get_args(PhaseKind):
        own = [f"`{word}`" for word, kinds in USES.items() if kind in kinds]
        more = ", ".join(word for word in own if word not in NEEDS[kind])
        end = f"`{ENDS[kind]}`" if kind in ENDS else "its outcomes"
        yield f"| `{kind}` | {KINDS[kind]} | {NEEDS[kind]} | {more} | {end} |"


def _facts() -> Iterator[str]:
    yield FACTS.rstrip("\n")
    own = ", ".join(f"`{name}`" for name in facts.OF_DOCUMENTS)
    yield f"| {own} | in documents | whose, which, why |"
    yield "\nRegisters, questions and the fields of their answers: [registers.md](registers.md)."
