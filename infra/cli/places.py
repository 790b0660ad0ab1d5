"""From a place in a value to the line of the file that says it, and what is wrong there."""

import re
from collections.abc import Sequence

import yaml

from chalicelib.domain.services.findings import Place
from chalicelib.domain.values import Value

# What turns a terminal's colours on or its text round.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LONGEST = 300
_MOST = 100


class Fault(Value):
    """One thing wrong in a file, as editors and people like it: `file:line: what; hint`."""

    file: str
    line: int
    what: str
    hint: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {_line(self.what)}; {_line(self.hint)}"


class Faulty(Exception):
    """A file cannot be used; carries every fault at once, or as many as anybody reads."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        lines = [str(fault) for fault in faults[:_MOST]]
        if len(faults) > _MOST:
            lines.append(f"and {len(faults) - _MOST} more faults")
        super().__init__("\n".join(lines))


def line_of(node: yaml.Node, place: Place) -> int:
    """The line of a place; of the nearest thing around it where the place itself is not said."""
    line = start(node)
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pair = next((p for p in node.value if p[0].value == str(step)), None)
            if pair is None:
                break
            line, node = start(pair[0]), pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            if step >= len(node.value):
                break
            node = node.value[step]
            line = start(node)
        else:
            break
    return line


def start(node: yaml.Node) -> int:
    """The line on which something begins; the first line is 1."""
    return int(node.start_mark.line) + 1


def is_fit(text: str) -> bool:
    """Whether a text has only characters that can be printed; line ends and tabs may be there."""
    return not _UNFIT.search(text.replace("\n", "").replace("\t", "").replace("\r", ""))


def _line(text: str) -> str:
    """One line that does nothing but be read."""
    plain = _UNFIT.sub("?", " ".join(text.split()))
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
