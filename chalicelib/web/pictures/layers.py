"""Boxes and arrows in layers, from the top down (after Sugiyama): arrows that go back are turned
for the time of the layout, long ones pass between the boxes, and boxes are sorted so that arrows
cross little."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

GAP_X, GAP_Y = 26.0, 34.0
_SWEEPS = 12
_NARROW = 14.0
_PASSING = "\0"
Arrow = tuple[str, str]
Point = tuple[float, float]


@dataclass
class Box:
    """A box with its size; `x` and `y` (of its centre and its top) are found by the layout."""

    width: float
    height: float
    layer: int = 0
    x: float = 0.0
    y: float = 0.0


@dataclass
class Picture:
    """Where everything is: `lines` goes from box to box, by the arrow's place in the list."""

    boxes: dict[str, Box]
    lines: list[list[Point]]
    width: float
    height: float


@dataclass
class _Layout:
    boxes: dict[str, Box]
    steps: list[Arrow] = field(default_factory=list)
    layers: list[list[str]] = field(default_factory=list)

    def beside(self, *, above: bool) -> dict[str, list[str]]:
        """Each box with those to which it is joined in the layer above, or below."""
        found: dict[str, list[str]] = {name: [] for name in self.boxes}
        for start, end in self.steps:
            found[end if above else start].append(start if above else end)
        return found


def lay_out(boxes: Mapping[str, Box], arrows: Sequence[Arrow]) -> Picture:
    """Places the boxes; the first is on top."""
    names = list(boxes)
    turned = _turned(names, arrows)
    forward = [(b, a) if n in turned else (a, b) for n, (a, b) in enumerate(arrows)]
    made = _Layout(dict(boxes))
    _choose_layers(made.boxes, forward)
    ways = [_way(made, n, arrow) for n, arrow in enumerate(forward)]
    _sort(made)
    _place(made)
    left = min(box.x - box.width / 2 for box in made.boxes.values()) - GAP_X
    for box in made.boxes.values():
        box.x -= left
    lines = [_line(made, way) for way in ways]
    return Picture(
        boxes={name: made.boxes[name] for name in names},
        lines=[line[::-1] if n in turned else line for n, line in enumerate(lines)],
        width=max(box.x + box.width / 2 for box in made.boxes.values()) + GAP_X,
        height=max(box.y + box.height for box in made.boxes.values()) + GAP_Y,
    )


def _turned(names: Sequence[str], arrows: Sequence[Arrow]) -> set[int]:
    """The arrows that lead back to where a walk came from."""
    ways: dict[str, list[tuple[int, str]]] = {name: [] for name in names}
    for number, (start, end) in enumerate(arrows):
        ways[start].append((number, end))
    done, walked, turned = set[str](), set[str](), set[int]()
    for first in names:
        waiting = [(first, iter(ways[first]))] if first not in done else []
        walked = {first}
        while waiting:
            name, further = waiting[-1]
            number, end = next(further, (-1, ""))
            if number < 0:
                waiting.pop()
                walked.discard(name)
                done.add(name)
            elif end in walked:
                turned.add(number)
            elif end not in done:
                walked.add(end)
                waiting.append((end, iter(ways[end])))
    return turned


def _choose_layers(boxes: dict[str, Box], arrows: Sequence[Arrow]) -> None:
    """The longest way from the top decides."""
    for _ in boxes:
        moved = False
        for start, end in arrows:
            if boxes[end].layer <= boxes[start].layer:
                boxes[end].layer = boxes[start].layer + 1
                moved = True
        if not moved:
            return


def _way(made: _Layout, number: int, arrow: Arrow) -> list[str]:
    """The arrow's boxes, with a narrow one in every layer that it passes."""
    start, end = arrow
    way = [start]
    for layer in range(made.boxes[start].layer + 1, made.boxes[end].layer):
        name = f"{_PASSING}{number}-{layer}"
        made.boxes[name] = Box(_NARROW, 0, layer)
        way.append(name)
    way.append(end)
    made.steps += pairwise(way)
    return way


def _sort(made: _Layout) -> None:
    count = 1 + max(box.layer for box in made.boxes.values())
    made.layers = [[n for n, box in made.boxes.items() if box.layer == k] for k in range(count)]
    best, fewest = [list(layer) for layer in made.layers], _crossings(made)
    up, down = made.beside(above=True), made.beside(above=False)
    for sweep in range(_SWEEPS):
        above = sweep % 2 == 0
        beside = up if above else down
        for layer in made.layers if above else reversed(made.layers):
            place = {name: n for one in made.layers for n, name in enumerate(one)}
            own = {name: n for n, name in enumerate(layer)}
            layer.sort(key=lambda name: _mean([place[o] for o in beside[name]], own[name]))
        if (crossings := _crossings(made)) < fewest:
            best, fewest = [list(layer) for layer in made.layers], crossings
    made.layers = best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(made: _Layout) -> int:
    place = {name: n for layer in made.layers for n, name in enumerate(layer)}
    by_layer: dict[int, list[tuple[int, int]]] = {}
    for start, end in made.steps:
        by_layer.setdefault(made.boxes[start].layer, []).append((place[start], place[end]))
    return sum(
        (a - c) * (b - d) < 0
        for steps in by_layer.values()
        for n, (a, b) in enumerate(steps)
        for c, d in steps[n + 1 :]
    )


def _place(made: _Layout) -> None:
    y = GAP_Y / 2
    for layer in made.layers:
        height = max(made.boxes[name].height for name in layer)
        for name in layer:
            if name.startswith(_PASSING):  # straight down between the boxes of the layer
                made.boxes[name].height = height
            made.boxes[name].y = y + (height - made.boxes[name].height) / 2
        y += height + GAP_Y
        _side_by_side(made, layer, dict.fromkeys(layer, 0.0))
    up, down = made.beside(above=True), made.beside(above=False)
    for sweep in range(_SWEEPS * 2):
        beside = up if sweep % 2 == 0 else down
        for layer in made.layers if sweep % 2 == 0 else reversed(made.layers):
            wanted = {
                n: _mean([made.boxes[o].x for o in beside[n]], made.boxes[n].x) for n in layer
            }
            _side_by_side(made, layer, wanted)


def _side_by_side(made: _Layout, layer: Sequence[str], wanted: Mapping[str, float]) -> None:
    """As near as can be to where each box is wanted, without touching: the mean of packing from
    the left and from the right."""
    boxes = [made.boxes[name] for name in layer]
    right: list[float] = []
    for name, box in zip(layer, boxes, strict=True):
        room = right[-1] + (boxes[len(right) - 1].width + box.width) / 2 + GAP_X if right else None
        right.append(wanted[name] if room is None else max(wanted[name], room))
    left: list[float] = []
    for n in range(len(boxes) - 1, -1, -1):
        room = left[-1] - (boxes[n + 1].width + boxes[n].width) / 2 - GAP_X if left else None
        left.append(wanted[layer[n]] if room is None else min(wanted[layer[n]], room))
    for box, one, other in zip(boxes, right, left[::-1], strict=True):
        box.x = (one + other) / 2


def _line(made: _Layout, way: Sequence[str]) -> list[Point]:
    first, last = made.boxes[way[0]], made.boxes[way[-1]]
    passed = [made.boxes[name] for name in way[1:-1]]
    middle = [point for b in passed for point in ((b.x, b.y), (b.x, b.y + b.height))]
    return [(first.x, first.y + first.height), *middle, (last.x, last.y)]
