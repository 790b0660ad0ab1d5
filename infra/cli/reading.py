"""YAML that may be anything: a model's tree, or what is wrong with it, soon and in little room."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from infra.cli.places import Fault, Faulty, is_fit, start

# The largest model that people have written has a tenth of it.
LARGEST = 400_000  # bytes
DEEPEST = 40
_WORD = "tag:yaml.org,2002:str"
_FLOAT = "tag:yaml.org,2002:float"
_MERGE = "tag:yaml.org,2002:merge"
_OPENING = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSING = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_HINTS = {
    "'\\t'": "indent with spaces, not with tabs",
    "another document": "one file is one model: take '---' out",
    "constructor": "write plain texts, numbers and lists",
}


def read(path: Path) -> yaml.Node:
    """The file's YAML tree. Raises Faulty: too large, no text, syntax, too deep, a word said twice,
    an alias, not a mapping."""
    text = _text(path)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _unreadable(path, error) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _faulty(path, line, "a character that no text has", "take it out") from error
    except RecursionError as error:
        raise _too_deep(path, _deep_line(text)) from error
    if not isinstance(node, yaml.MappingNode):
        raise _faulty(path, 1, "not a service model", "begin with service:")
    if found := list(_walk(path, node, set(), 0)):
        raise Faulty(found)
    return node


def plain(path: Path, node: yaml.Node) -> object:
    """The tree as plain values. Raises Faulty for a tag that asks for anything else, and for a
    date or a number that there is not."""
    try:
        return yaml.constructor.SafeConstructor().construct_document(node)
    except yaml.MarkedYAMLError as error:
        raise _unreadable(path, error) from error
    except (ValueError, OverflowError) as error:
        line = _line_of_wrong(node)
        raise _faulty(path, line, f"not a value: {error}", "correct it, or quote it") from error


def _text(path: Path) -> str:
    size = path.stat().st_size
    if size > LARGEST:
        hint = f"a model has some {LARGEST // 10_000 * 1000:,} bytes, at most {LARGEST:,}"
        raise _faulty(path, 1, f"too large: {size:,} bytes", hint)
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _faulty(path, line, "not readable", "save the file as UTF-8 text") from error


def _faulty(path: Path, line: int, what: str, hint: str) -> Faulty:
    return Faulty([Fault(file=str(path), line=line, what=what, hint=hint)])


def _unreadable(path: Path, error: yaml.MarkedYAMLError) -> Faulty:
    mark = error.problem_mark or error.context_mark
    what = str(error.problem or error.context)
    usual = "mind the indentation, and quote texts with ': '"
    hint = next((hint for word, hint in _HINTS.items() if word in what), usual)
    return _faulty(path, mark.line + 1 if mark else 1, what, hint)


def _too_deep(path: Path, line: int) -> Faulty:
    hint = f"models are at most {DEEPEST} levels deep"
    return _faulty(path, line, "nested too deeply", hint)


def _deep_line(text: str) -> int:
    """Where it becomes too deep. Events come one by one, so depth is no trouble here."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
        if depth > DEEPEST and event.start_mark is not None:
            return int(event.start_mark.line) + 1
    return 1


def _line_of_wrong(node: yaml.Node) -> int:
    """The first value that cannot be made."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, yaml.ScalarNode):
            try:
                yaml.constructor.SafeConstructor().construct_object(one)
            except (ValueError, OverflowError):
                return start(one)
        elif isinstance(one, yaml.SequenceNode):
            waiting += reversed(one.value)
        elif isinstance(one, yaml.MappingNode):
            waiting += reversed([part for pair in one.value for part in pair])
    return start(node)


def _walk(path: Path, node: yaml.Node, seen: set[int], depth: int) -> Iterator[Fault]:
    """Aliases (a bomb or a circle is made of them), words said twice, unprintable texts, depth."""
    if depth > DEEPEST:
        yield from _too_deep(path, start(node)).faults
        return
    if isinstance(node, yaml.ScalarNode):
        yield from _scalar(path, node)
        return
    if id(node) in seen:
        hint = "write it out: models are read without jumping"
        yield Fault(file=str(path), line=start(node), what="an alias", hint=hint)
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        yield from _keys(path, node)
        inner = [value for _, value in node.value]
    else:
        inner = node.value
    for value in inner:
        yield from _walk(path, value, seen, depth + 1)


def _scalar(path: Path, node: yaml.ScalarNode) -> Iterator[Fault]:
    if not is_fit(node.value):
        what, hint = "characters that cannot be printed", "take them out"
        yield Fault(file=str(path), line=start(node), what=what, hint=hint)
    if node.tag == _FLOAT and node.value.lower().lstrip("+-") in {".inf", ".nan"}:
        what = f"{node.value} is no number to count with"
        yield Fault(file=str(path), line=start(node), what=what, hint="write one, or quote it")


def _keys(path: Path, node: yaml.MappingNode) -> Iterator[Fault]:
    words: set[str] = set()
    for key, _ in node.value:
        line = start(key)
        if not isinstance(key, yaml.ScalarNode):
            what, hint = "a key that is not a word", "write word: value"
            yield Fault(file=str(path), line=line, what=what, hint=hint)
        elif key.tag not in {_WORD, _MERGE}:
            what = f"'{key.value}' is not read as a word"
            yield Fault(file=str(path), line=line, what=what, hint=f'quote it: "{key.value}"')
        elif key.value in words:
            what = f"'{key.value}' is said twice"
            yield Fault(file=str(path), line=line, what=what, hint="leave one out")
        elif not is_fit(key.value):
            what, hint = "characters that cannot be printed", "take them out"
            yield Fault(file=str(path), line=line, what=what, hint=hint)
        words.add(str(key.value) if isinstance(key, yaml.ScalarNode) else "")
