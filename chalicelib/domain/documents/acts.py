"""The document of any service, made of its model's own words: template `act`."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import JsonValue

from chalicelib.domain.documents.facts import Facts, Known, facts_of, fill, get, words_of
from chalicelib.domain.documents.letters import Appeal, Filled, Letter, Line, Prose
from chalicelib.domain.documents.making import appeal_of, person_of, validity
from chalicelib.domain.documents.showing import NOTHING, shown
from chalicelib.domain.documents.source import Source
from chalicelib.domain.errors import NotFound
from chalicelib.domain.registers import Shown
from chalicelib.domain.services.language import Language, Result, ServiceModel
from chalicelib.domain.services.phases import Phase
from chalicelib.domain.services.words import CloseKind
from chalicelib.domain.values import Value

# How a case ends where its applicant did not get everything: then the law wants to be told how
# to appeal (Administrative Procedure Code, art. 59, para. 2, item 7).
APPEALED: frozenset[CloseKind] = frozenset(
    {"refused", "partly-issued", "refused-by-silence", "terminated"}
)
REFUSED: frozenset[CloseKind] = APPEALED - {"partly-issued"}
_NARROWEST, _WIDEST = 9, 28


class Table(Value):
    """A list of things. `widths` are the columns' shares of the line."""

    head: tuple[Filled, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Prose, ...], ...]


class Part(Value):
    """A line of the document: what, and its value or its table."""

    label: Filled
    value: Prose = ""
    table: Table | None = None


class Signed(Value):
    """Who answers for it; nobody by name where no person decided."""

    office: Filled
    name: Line = ""


class Act(Letter):
    """Paragraphs, rows, closing paragraphs, and what the law wants said of an appeal."""

    template: ClassVar[str] = "act"

    title: Filled
    says: tuple[Prose, ...] = ()
    parts: tuple[Part, ...] = ()
    ends: tuple[Prose, ...] = ()
    appeal: Appeal | None = None
    authority: Signed
    valid_for: Line = ""


def act(source: Source) -> dict[str, object]:
    """The data of the template. Raises NotFound for a fact, or a result, that there is not."""
    result, language = result_of(source.model, source.phase), source.language
    facts = facts_of(source)
    said = {
        word: tuple(fill(text.in_(language), facts, language) for text in getattr(result, word))
        for word in ("says", "ends")
    }
    return Act.model_validate(
        {
            **source.shared,
            **said,
            "person": person_of(source),
            "title": result.title.in_(language),
            "parts": _parts(result, facts, language),
            "appeal": appeal_of(source) if is_appealed(source.model, source.phase) else None,
            "authority": Signed(office=source.office, name=source.decided_by),
            "valid_for": validity(result.valid, source.issued, language) if result.valid else "",
        }
    ).data()


def result_of(model: ServiceModel, phase: str) -> Result:
    """The result that the phase makes: its `template` names a result, or else a template."""
    wanted = model.phase(phase).template
    named = [one for one in model.results if one.id == wanted]
    made = named or [one for one in model.results if one.template == wanted]
    if not made:
        raise NotFound("no-such-result", phase=phase)
    return made[0]


def is_appealed(model: ServiceModel, phase: str) -> bool:
    """Whether whatever comes after the phase ends the case without all that was asked for."""
    return _only(model, phase, APPEALED)


def is_refused(model: ServiceModel, phase: str) -> bool:
    """Whether whatever comes after the phase ends the case with nothing given."""
    return _only(model, phase, REFUSED)


def _only(model: ServiceModel, phase: str, kinds: frozenset[CloseKind]) -> bool:
    ends = _ends(model, phase) - {"withdrawn"}
    return bool(ends) and ends <= kinds


def _ends(model: ServiceModel, phase: str) -> set[CloseKind]:
    ends, waiting, seen = set[CloseKind](), [phase], set[str]()
    while waiting:
        one: Phase = model.phase(waiting.pop())
        if one.id in seen:
            continue
        seen.add(one.id)
        ends |= {outcome.close for outcome in one.outcomes.values() if outcome.close}
        waiting += [str(outcome.next) for outcome in one.outcomes.values() if outcome.next]
    return ends


def _parts(result: Result, facts: Facts, language: Language) -> tuple[Part, ...]:
    """A line without a value is left out."""
    parts = []
    for row in result.rows:
        known, label = get(row.fact, facts), row.label.in_(language)
        if listed := _listed(known):
            parts.append(Part(label=label, table=_table(listed, known.columns, language)))
        elif (value := words_of(row.fact, facts, language)) != NOTHING:
            parts.append(Part(label=label, value=value))
    return tuple(parts)


def _listed(known: Known) -> list[dict[str, JsonValue]]:
    given = known.value if isinstance(known.value, list) else []
    return [row for row in given if isinstance(row, dict)]


def _table(
    listed: list[dict[str, JsonValue]], known: Mapping[str, Shown], language: Language
) -> Table:
    """A column for each field that any of them has."""
    columns = {
        name: how
        for name, how in known.items()
        if any(row.get(name) not in (None, "") for row in listed)
    }
    rows = tuple(
        tuple(shown(row.get(name), how, language) for name, how in columns.items())
        for row in listed
    )
    head = tuple(how.label.in_(language) for how in columns.values())
    return Table(head=head, widths=_widths((head, *rows)), rows=rows)


def _widths(lines: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    """By the longest text of each column, within reason."""
    longest = [max(len(text) for text in column) for column in zip(*lines, strict=True)]
    return tuple(min(max(length, _NARROWEST), _WIDEST) for length in longest)
