"""YAML with its lines: from a place in a value to the line of the file that says it."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from chalicelib.domain.services.findings import Place
from chalicelib.domain.values import Value

LARGEST = 1_000_000


class Fault(Value):
    """One thing wrong in a file, as editors and people like it: `file:line: what; hint`."""

    file: str
    line: int
    what: str
    hint: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}; {self.hint}"


class Faulty(Exception):
    """A file cannot be used; carries every fault at once."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def read(path: Path) -> yaml.Node:
    """The file's YAML tree. Raises Faulty: syntax, a word said twice, an alias, not a mapping."""
    if path.stat().st_size > LARGEST:
        raise Faulty([Fault(file=str(path), line=1, what="too large", hint="a model has a few KB")])
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _unreadable(path, error, "mind the indentation, and quote texts with ': '") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        what, hint = "not readable", "save the file as UTF-8 text"
        raise Faulty([Fault(file=str(path), line=1, what=what, hint=hint)]) from error
    if not isinstance(node, yaml.MappingNode):
        hint = "begin with service:"
        raise Faulty([Fault(file=str(path), line=1, what="not a service model", hint=hint)])
    if twice := list(_twice(path, node, set())):
        raise Faulty(twice)
    return node


def plain(path: Path, node: yaml.Node) -> object:
    """The tree as plain values. Raises Faulty for a tag that asks for anything else."""
    try:
        return yaml.constructor.SafeConstructor().construct_document(node)
    except yaml.MarkedYAMLError as error:
        raise _unreadable(path, error, "write plain texts, numbers and lists") from error


def _unreadable(path: Path, error: yaml.MarkedYAMLError, hint: str) -> Faulty:
    mark = error.problem_mark or error.context_mark
    what = str(error.problem or error.context)
    return Faulty([Fault(file=str(path), line=mark.line + 1 if mark else 1, what=what, hint=hint)])


def line_of(node: yaml.Node, place: Place) -> int:
    """The line of a place; of the nearest thing around it where the place itself is not said."""
    line = node.start_mark.line + 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pair = next((p for p in node.value if p[0].value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            if step >= len(node.value):
                break
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _twice(path: Path, node: yaml.Node, seen: set[int]) -> Iterator[Fault]:
    if id(node) in seen and not isinstance(node, yaml.ScalarNode):
        line, hint = node.start_mark.line + 1, "write it out: models are read without jumping"
        yield Fault(file=str(path), line=line, what="an alias", hint=hint)
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _twice(path, item, seen)
    if isinstance(node, yaml.MappingNode):
        words: set[str] = set()
        for key, value in node.value:
            if key.value in words:
                line, what = key.start_mark.line + 1, f"'{key.value}' is said twice"
                yield Fault(file=str(path), line=line, what=what, hint="leave one out")
            words.add(str(key.value))
            yield from _twice(path, value, seen)
