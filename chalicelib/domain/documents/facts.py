"""What a document may say of a case, by name: values with how each is written.

The names are those of domain/services/facts; checks know them before a model is published.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from chalicelib.domain import registers
from chalicelib.domain.documents.showing import NOTHING, names, shown
from chalicelib.domain.documents.source import Source
from chalicelib.domain.errors import NotFound
from chalicelib.domain.registers import Shown
from chalicelib.domain.registers.shown import LATIN
from chalicelib.domain.services.facts import EVIDENCE
from chalicelib.domain.services.forms import Form
from chalicelib.domain.services.language import Evidence, Language, ServiceModel
from chalicelib.domain.services.words import Text

_PLACE = re.compile(r"\{\s*([^{}]+?)\s*\}")
_TWO_STOPS = re.compile(r"(\bг\.)\.(?!\.)")
_OTHER = "other"
_PLAIN = Shown(label=Text(bg=NOTHING, en=NOTHING))
_IN_LATIN = Shown(_PLAIN.label, "place")


@dataclass(frozen=True)
class Known:
    """A value, how it is written and, for a list, how its columns are."""

    value: JsonValue
    how: Shown = _PLAIN
    columns: Mapping[str, Shown] = field(default_factory=dict)


Facts = Mapping[str, Known]


def facts_of(source: Source) -> Facts:
    """Every fact of a document."""
    return {
        **_of_form(source.model.form, source.answers),
        **_of_choices(source),
        **_of_case(source),
        **dict(_of_registers(source.model, source.evidence, source.language)),
    }


def fill(text: str, facts: Facts, language: Language) -> str:
    """`{fact}` is replaced by the fact in words. Raises NotFound for one that there is not.

    A Bulgarian date has a full stop of its own: the end of a sentence does not add another.
    """
    filled = _PLACE.sub(lambda found: words_of(found[1], facts, language), text)
    return _TWO_STOPS.sub(r"\1", filled)


def words_of(name: str, facts: Facts, language: Language) -> str:
    """A fact in words; a dash where it has no value. Raises NotFound (`no-such-fact`)."""
    known = get(name, facts)
    return shown(known.value, known.how, language)


def get(name: str, facts: Facts) -> Known:
    """Raises NotFound (`no-such-fact`)."""
    if name not in facts:
        raise NotFound("no-such-fact", fact=name)
    return facts[name]


def _of_form(form: Form, answers: Mapping[str, JsonValue]) -> dict[str, Known]:
    found = {}
    for name, schema in form.properties.items():
        texts = form.texts.get(name)
        options = texts.options if texts else {}
        label = texts.label if texts else _PLAIN.label
        kind = _kind(schema, bool(options))
        found[name] = Known(_answered(name, answers), Shown(label, kind, options))
    for group in form.groups:
        if group.repeats:
            columns = {one: found.pop(one).how for one in group.fields if one in found}
            how = Shown(group.title, "table")
            found[group.repeats.into] = Known(answers.get(group.repeats.into), how, columns)
    return found


def _answered(name: str, answers: Mapping[str, JsonValue]) -> JsonValue:
    """The applicant's own words where they chose `other` and were asked for them."""
    own = answers.get(f"{name}_{_OTHER}")
    return own if answers.get(name) == _OTHER and own else answers.get(name)


def _kind(schema: Mapping[str, JsonValue], has_options: bool) -> registers.Kind:
    if has_options:
        return "code"
    if schema.get("format") == "date":
        return "date"
    return "number" if schema.get("type") in ("integer", "number") else "text"


def _of_choices(source: Source) -> dict[str, Known]:
    case, deliveries = source.case, source.model.deliveries
    return {
        "tier": _code(case.tier, _TIERS),
        "delivery": _code(case.delivery, {str(one.id): one.title for one in deliveries}),
        "channel": _code(case.channel, _CHANNELS),
        "capacity": _code(str(getattr(case, "capacity", "self")), _CAPACITIES),
    }


def _of_case(source: Source) -> dict[str, Known]:
    return {
        "person.name": Known(source.applicant.name, _IN_LATIN),
        "person.egn": Known(source.applicant.egn),
        "case.number": Known(source.case.number),
        "case.filed": _day(source.applied_on.isoformat()),
        "decision.facts": Known(source.said("facts")),
        "decision.grounds": Known(source.said("grounds")),
        "decision.outcome": Known(source.decided_as),
        "document.number": Known(str(source.shared.get("outgoing_number", ""))),
        "document.date": _day(source.issued.isoformat()),
    }


def _of_registers(
    model: ServiceModel, answers: Mapping[str, JsonValue], language: Language
) -> Iterator[tuple[str, Known]]:
    for evidence in model.evidence:
        found = answers.get(evidence.id)
        answer = found if isinstance(found, dict) else {}
        for name, how in _fields(evidence).items():
            columns = registers.rows(_question(evidence), name)
            value = answer.get(name)
            if columns and isinstance(value, list):
                value = [_row(row, columns, language) for row in value if isinstance(row, dict)]
                columns = {n: how for n, how in columns.items() if not n.endswith(LATIN)}
            elif not columns:
                value = names(answer, name, how, language)
            yield f"{EVIDENCE}.{evidence.id}.{name}", Known(value, how, columns)


def _row(
    row: Mapping[str, JsonValue], columns: Mapping[str, Shown], language: Language
) -> dict[str, JsonValue]:
    return {name: names(row, name, how, language) for name, how in columns.items()}


def _fields(evidence: Evidence) -> Mapping[str, Shown]:
    return registers.fields(_question(evidence))


def _question(evidence: Evidence) -> type[registers.Answer]:
    question = registers.QUESTIONS.get(f"{evidence.source}/{evidence.ask}")
    return question.answer if question else registers.Answer


def _code(value: str, options: Mapping[str, Text]) -> Known:
    return Known(value, Shown(_PLAIN.label, "code", options))


def _day(value: str) -> Known:
    return Known(value, Shown(_PLAIN.label, "date"))


_TIERS = {
    "regular": Text(bg="обикновена услуга", en="regular service"),
    "fast": Text(bg="бърза услуга", en="fast service"),
    "express": Text(bg="експресна услуга", en="express service"),
}
_CHANNELS = {
    "portal": Text(bg="през портала", en="through the portal"),
    "counter": Text(bg="на гише", en="at the counter"),
    "phone": Text(bg="по телефона", en="by telephone"),
    "post": Text(bg="по пощата", en="by post"),
    "national-portal": Text(bg="през националния портал", en="through the national portal"),
}
_CAPACITIES = {
    "self": Text(bg="лично", en="in person"),
    "representative": Text(bg="чрез законен представител", en="through a legal representative"),
    "mandate": Text(bg="чрез пълномощник", en="by power of attorney"),
    "business": Text(bg="като представляващ", en="on behalf of a business"),
}
