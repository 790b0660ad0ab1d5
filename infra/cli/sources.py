"""Service models from files: every fault at once, each with its line and a hint."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeGuard, get_args

import yaml
from jsonschema import Draft202012Validator, SchemaError
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from chalicelib.domain.administration import Administration
from chalicelib.domain.services.checks import findings
from chalicelib.domain.services.findings import Finding, Place, alternatives
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.surroundings import Surroundings
from infra.cli.administrations import ADMINISTRATIONS
from infra.cli.places import Fault, Faulty, line_of
from infra.cli.reading import plain, read
from infra.paths import ROOT, SERVICES

TEMPLATES = ROOT / "chalicelib" / "adapters" / "documents" / "templates"


def model_files(paths: Sequence[Path]) -> list[Path]:
    """The model files that are meant: files as they are, folders by what is in them."""
    found: list[Path] = []
    for path in paths or [SERVICES]:
        found += sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    return found


def load_all(paths: Sequence[Path]) -> list[ServiceModel]:
    """Every model, checked. Raises Faulty with the faults of all files."""
    models: list[ServiceModel] = []
    faults: list[Fault] = []
    files = model_files(paths)
    for path in files:
        try:
            models.append(load(path))
        except Faulty as error:
            faults += error.faults
    if not files:
        place = str(paths[0] if paths else SERVICES)
        faults.append(Fault(file=place, line=1, what="no models", hint="models are *.yaml files"))
    if faults:
        raise Faulty(faults)
    return models


def load(path: Path) -> ServiceModel:
    """One model, checked. Raises Faulty."""
    if not path.is_file():
        raise Faulty([Fault(file=str(path), line=1, what="no such file", hint="check the path")])
    node = read(path)
    try:
        model = ServiceModel.model_validate(plain(path, node))
    except ValidationError as error:
        raise Faulty(_faults(path, node, map(_finding, error.errors()))) from error
    found = [*findings(model, surroundings()), *_schema_findings(model), *_name(path, model)]
    if found:
        raise Faulty(_faults(path, node, found))
    return model


@cache
def surroundings() -> Surroundings:
    """What models may refer to, as it is in this repository."""
    read_in = (path for path in ADMINISTRATIONS.glob("*.json") if "." not in path.stem)
    known = (Administration.model_validate_json(path.read_bytes()) for path in read_in)
    return Surroundings(
        templates=frozenset(p.stem for p in TEMPLATES.glob("*.typ")),
        units=frozenset(unit for administration in known for unit in administration.units),
    )


def _faults(path: Path, node: yaml.Node, found: Iterable[Finding]) -> list[Fault]:
    faults = [
        Fault(file=str(path), line=line_of(node, one.place), what=one.what, hint=one.hint)
        for one in found
    ]
    return sorted(faults, key=lambda fault: fault.line)


def _schema_findings(model: ServiceModel) -> Iterator[Finding]:
    try:
        Draft202012Validator.check_schema(model.form.json_schema)
    except SchemaError as error:
        place: Place = ("form", "json_schema", *error.absolute_path)
        hint = "see https://json-schema.org/draft/2020-12"
        yield Finding(place=place, what=f"not a JSON Schema: {error.message}", hint=hint)


def _name(path: Path, model: ServiceModel) -> Iterator[Finding]:
    if path.stem != model.service:
        what = f"the file is called '{path.name}'"
        yield Finding(place=("service",), what=what, hint=f"call it '{model.service}.yaml'")


def _finding(error: ErrorDetails) -> Finding:
    place = tuple(step for step in error["loc"] if step != "[key]")
    word = str(place[-1]) if place else ""
    if error["type"] == "extra_forbidden":
        hint = alternatives(word, words_at(place[:-1]))
        if error["input"] is None and " " in word:
            # {bg: Да, всички}: YAML takes what comes after a comma for the next word.
            hint = "put the whole text into quotes: it has a comma"
        return Finding(place=place, what=f"unknown word '{word}'", hint=hint)
    if error["type"] == "missing":
        what = f"'{word}' is missing"
        return Finding(place=place[:-1], what=what, hint=f"add {word}:")
    if error["type"] == "literal_error":
        what = f"'{error['input']}' is not a value of '{word}'"
        expected = str(error.get("ctx", {}).get("expected", ""))
        return Finding(place=place, what=what, hint=f"it is {expected}")
    if error["type"] == "value_error":
        return Finding(place=place, what="not right", hint=error["msg"].partition(", ")[2])
    hint = error["msg"]
    if error["type"] == "string_type" and isinstance(error["input"], bool | int | float | date):
        hint = "put it into quotes: this is a number, a date, yes or no, and not a text"
    return Finding(place=place, what=f"'{word}' is not right", hint=hint)


def words_at(place: Place) -> tuple[str, ...]:
    """The words of the language that may stand at a place."""
    at: object = ServiceModel
    for step in place:
        fields = at.model_fields if _is_model(at) else {}
        inner = fields[step].annotation if isinstance(step, str) and step in fields else at
        at = next((a for a in _within(inner) if _is_model(a)), at)
    return tuple(at.model_fields) if _is_model(at) else ()


def _is_model(at: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(at, type) and issubclass(at, BaseModel)


def _within(annotation: object) -> Iterator[object]:
    yield annotation
    for argument in get_args(annotation):
        yield from _within(argument)
