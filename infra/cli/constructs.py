"""The language by example: pieces of the repository's own models, as they stand in the files."""

import textwrap
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import yaml

from infra.paths import ROOT, SERVICES

CONSTRUCTS = ROOT / "infra" / "cli" / "constructs.yaml"


class Construct(NamedTuple):
    """What can be said, in a sentence or two, and the places that say it."""

    title: str
    says: str
    shows: list[str]


def constructs() -> list[Construct]:
    """All of them, in the order of the page."""
    return [Construct(**one) for one in yaml.safe_load(CONSTRUCTS.read_text("utf-8"))]


def lines() -> Iterator[str]:
    """The part of the page that shows them."""
    yield "## By example\n"
    yield "From the models of this repository; the name after `#` says of which.\n"
    for one in constructs():
        yield f"### {one.title}\n"
        yield one.says + "\n"
        yield "```yaml"
        yield from _example(one.shows)
        yield "```\n"


def _example(places: list[str]) -> Iterator[str]:
    """The pieces, each under a comment that says where it stands."""
    for place in places:
        service, _, way = place.partition(": ")
        around = ".".join(way.split()[:-1])
        yield f"# {service}: {around}" if around else f"# {service}"
        yield excerpt(place)


def excerpt(place: str) -> str:
    """The lines of a place (`parking-card: phases payment`). Raises KeyError: there is none."""
    service, _, way = place.partition(": ")
    text, node = _model(service)
    first = last = node
    for step in way.split():
        first, last = _inner(last, step)
    found = text.splitlines()[first.start_mark.line : _end(last)]
    return textwrap.dedent("\n".join(found)).rstrip()


def _end(node: yaml.Node) -> int:
    """How many lines of the file there are up to the end of a value. A block's own mark is where
    the next thing begins, so the last thing in it is asked."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.line) + (node.end_mark.column > 0)


@cache
def _model(service: str) -> tuple[str, yaml.Node]:
    text = (SERVICES / f"{service}.yaml").read_text("utf-8")
    node = yaml.compose(text, yaml.SafeLoader)
    if node is None:
        raise KeyError(service)
    return text, node


def _inner(node: yaml.Node, step: str) -> tuple[yaml.Node, yaml.Node]:
    """Where what is meant begins, and its value. Raises KeyError."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key, value
    elif isinstance(node, yaml.SequenceNode):
        for number, one in enumerate(node.value):
            if step == str(number) or _id(one) == step:
                return one, one
    raise KeyError(step)


def _id(node: yaml.Node) -> str:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((str(value.value) for key, value in pairs if key.value == "id"), "")
