"""The reference of the language: no word is missing, and every example is right."""

from collections.abc import Iterator
from typing import get_args

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter

from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.words import PhaseKind
from infra.cli.constructs import constructs, excerpt
from infra.cli.reference import page
from infra.cli.schema import TOP, definitions, schema, words
from infra.cli.sources import model_files
from infra.paths import SERVICES

# A length of time has no words: it is written as one.
WITHOUT_WORDS = {"Term", "JsonValue"}


def kinds() -> dict[str, type[BaseModel]]:
    """Every class of values that a model is made of."""
    found = dict[str, type[BaseModel]]()
    waiting: list[type[BaseModel]] = [ServiceModel]
    while waiting:
        kind = waiting.pop()
        if kind.__name__ not in found and kind.__name__ != "Money":
            found[kind.__name__] = kind
            waiting += [m for f in kind.model_fields.values() for m in inside(f.annotation)]
    return found


def inside(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from inside(argument)


def test_every_word_has_its_meaning_and_no_other() -> None:
    expected = {n: set(k.model_fields) for n, k in kinds().items() if n not in WITHOUT_WORDS}
    assert {name: set(of) for name, of in words().items()} == expected


EXAMPLES = [
    (kind, word, said.example)
    for kind, of in words().items()
    for word, said in of.items()
    if "see [" not in said.example
]


@pytest.mark.parametrize(("kind", "word", "example"), EXAMPLES)
def test_every_example_is_taken_by_the_language(kind: str, word: str, example: str) -> None:
    field = kinds()[kind].model_fields[word]
    given = yaml.safe_load(f"example: {example}")["example"]
    annotated: TypeAdapter[object] = TypeAdapter(field.rebuild_annotation())
    annotated.validate_python(given)


def test_the_page_says_every_word_with_its_default() -> None:
    said = page()
    assert "| **`phases`** | list of [Phase](#phase) (at least 1) |" in said
    assert "| `percent` | whole number (1–100) | `100` |" in said
    assert "| `four_eyes` | `true`, `false` | `false` |" in said
    assert "| `terms` | by name: term |" in said
    assert "| **`json_schema`** | JSON Schema |" in said
    for name in definitions():
        assert f"\n## {'The service' if name == TOP else name}\n" in said


def test_the_links_of_the_page_lead_somewhere() -> None:
    said = page()
    headings = [
        line.lstrip("#")[1:].lower().replace(" ", "-")
        for line in said.splitlines()
        if line.startswith("##")
    ]
    assert len(headings) == len(set(headings))
    targets = {part.split(")")[0] for part in said.split("](#")[1:]}
    assert targets <= set(headings)


def test_what_is_shown_by_example_is_whole_and_has_every_kind_of_phase() -> None:
    kinds_shown = set[str]()
    for construct in constructs():
        assert construct.says.endswith(".")
        for place in construct.shows:
            shown = yaml.safe_load(excerpt(place))
            one = shown[0] if isinstance(shown, list) else shown
            assert one
            assert one == _at(place) or _at(place) in one.values()
            kinds_shown |= {str(one.get("kind"))} if isinstance(one, dict) else set()
    assert kinds_shown >= set(get_args(PhaseKind))


def _at(place: str) -> object:
    """The value of a place, read in another way than the page reads it."""
    service, _, way = place.partition(": ")
    found = yaml.safe_load((SERVICES / f"{service}.yaml").read_text("utf-8"))
    for step in way.split():
        if isinstance(found, list):
            by_id = {one["id"]: one for one in found if isinstance(one, dict) and "id" in one}
            found = by_id[step] if step in by_id else found[int(step)]
        else:
            found = found[step]
    return found


def test_a_place_that_there_is_not() -> None:
    for place in ("parking-card: phases nowhere", "parking-card: phases 99", "parking-card: x"):
        with pytest.raises(KeyError):
            excerpt(place)


def test_editors_are_told_the_meaning_of_each_word() -> None:
    made = schema()
    Draft202012Validator.check_schema(made)
    properties = made["properties"]
    assert isinstance(properties, dict)
    assert "code of the service" in properties["service"]["description"]


def test_the_published_schema_takes_the_repositorys_models() -> None:
    validator = Draft202012Validator(schema())
    for path in model_files([]):
        # Dates are texts to JSON Schema.
        model = yaml.load(path.read_text("utf-8"), NoDates)  # noqa: S506 - a SafeLoader
        assert [error.message for error in validator.iter_errors(model)] == []


class NoDates(yaml.SafeLoader):
    """YAML as editors see it."""


NoDates.yaml_implicit_resolvers = {
    letter: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
