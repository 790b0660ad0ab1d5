"""Facts by name: what conditions may look at and what documents may show."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import JsonValue

from chalicelib.domain import registers
from chalicelib.domain.services.conditions import Facts
from chalicelib.domain.services.forms import Form
from chalicelib.domain.services.language import Evidence, ServiceModel
from chalicelib.domain.values import Value

Kind = Literal["text", "number", "boolean", "list", "unknown"]
# What only documents know, beside what is known of the application.
OF_DOCUMENTS = (
    "person.name",
    "person.egn",
    "case.number",
    "case.filed",
    "decision.facts",
    "decision.grounds",
    "decision.outcome",
    "document.number",
    "document.date",
)
EVIDENCE = "evidence"
_PLACE = re.compile(r"\{([^{}]*)\}")
_KINDS: dict[object, Kind] = {
    "string": "text",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "array": "list",
}
_SHOWN: dict[registers.Kind, Kind] = {
    "number": "number",
    "money": "number",
    "area": "number",
    "yes-no": "boolean",
    "table": "list",
}


class Fact(Value):
    """What is known of a fact beforehand; `values` where it has only some."""

    kind: Kind
    values: tuple[str, ...] = ()


def at_filing(model: ServiceModel) -> dict[str, Fact]:
    """What is known of an application when it is filed."""
    return {**_of_form(model.form), **_of_choices(model)}


def in_documents(model: ServiceModel) -> dict[str, Fact]:
    """What documents may show, but for what registers answered."""
    return {**at_filing(model), **dict.fromkeys(OF_DOCUMENTS, Fact(kind="text"))}


def of_evidence(evidence: Evidence) -> dict[str, Fact]:
    """What a register answers; nothing where there is no such question."""
    question = registers.QUESTIONS.get(f"{evidence.source}/{evidence.ask}")
    answered = registers.fields(question.answer) if question else {}
    return {
        f"{EVIDENCE}.{evidence.id}.{name}": Fact(
            kind=_SHOWN.get(shown.kind, "text"), values=tuple(shown.options)
        )
        for name, shown in answered.items()
    }


def evidence_in(name: str) -> tuple[str, str] | None:
    """`evidence.family.spouse` as evidence and field; None for every other fact."""
    parts = name.split(".", 2)
    whole = len(parts) == 3 and parts[0] == EVIDENCE and parts[1] and parts[2]
    return (parts[1], parts[2]) if whole else None


def placeholders(text: str) -> Iterator[str]:
    """The facts that a document's text shows: `Born on {evidence.family.born}`."""
    return (found[1].strip() for found in _PLACE.finditer(text))


def filed_facts(
    answers: Mapping[str, JsonValue],
    *,
    tier: str,
    delivery: str,
    channel: str,
    capacity: str = "self",
) -> Facts:
    """The facts of an application as conditions see them."""
    return {
        **answers,
        "tier": tier,
        "delivery": delivery,
        "channel": channel,
        "capacity": capacity,
    }


def _of_form(form: Form) -> dict[str, Fact]:
    """A field of a repeating group is no fact: there are several of it. The list is one."""
    several = {name for group in form.groups if group.repeats for name in group.fields}
    found = {name: _fact(schema) for name, schema in form.properties.items() if name not in several}
    lists = {str(g.repeats.into): Fact(kind="list") for g in form.groups if g.repeats}
    return {**found, **lists}


def _fact(schema: Mapping[str, JsonValue]) -> Fact:
    enum = schema.get("enum")
    values = tuple(map(str, enum)) if isinstance(enum, list) else ()
    given = schema.get("type")
    known = _KINDS.get(given, "unknown") if isinstance(given, str) else "unknown"
    return Fact(kind=known, values=values)


def _of_choices(model: ServiceModel) -> dict[str, Fact]:
    tiers = tuple(dict.fromkeys(str(fee.tier) for fee in model.fees))
    return {
        "tier": Fact(kind="text", values=tiers),
        "delivery": Fact(kind="text", values=tuple(str(one.id) for one in model.deliveries)),
        "channel": Fact(kind="text", values=tuple(map(str, model.channels))),
        "capacity": Fact(kind="text", values=tuple(map(str, model.applicants))),
    }
