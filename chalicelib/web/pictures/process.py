"""The process of a service as a picture: phases, who does them, how long, where outcomes lead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.services import flow
from chalicelib.domain.services.language import Language, Phase, ServiceModel
from chalicelib.domain.services.routes import can_fall_silent
from chalicelib.domain.services.words import PhaseKind, Text
from chalicelib.web.pictures import drawing
from chalicelib.web.pictures.colours import COLOURS
from chalicelib.web.pictures.layers import Box, Picture, Point, lay_out
from chalicelib.web.pictures.words import said, term_said

_SIZE, _SMALL, _LETTERS = 13.0, 11.5, 26
_LINE = 1.25
_PAD = 10.0
_END = ("#1b1b1b", "#1b1b1b")


Units = Mapping[str, Text]
NO_UNITS: Units = {}


@dataclass(frozen=True)
class Node:
    """A box with its words: a phase, an outcome on its arrow, a beginning or an end."""

    lines: tuple[str, ...]
    small: tuple[str, ...] = ()
    shape: str = "phase"
    kind: PhaseKind | None = None
    dashed: bool = False

    @property
    def box(self) -> Box:
        """As large as the words need."""
        words = drawing.width_of(self.lines, _SMALL if self.shape == "label" else _SIZE)
        width = max(words, drawing.width_of(self.small, _SMALL))
        size = _SMALL if self.shape == "label" else _SIZE
        height = len(self.lines) * size * _LINE + len(self.small) * _SMALL * _LINE
        pad = 2.0 if self.shape == "label" else _PAD
        return Box(width + 2 * pad + 4, height + 2 * pad)


@dataclass(frozen=True)
class Arrow:
    """From box to box; dashed where time and nobody else decides."""

    start: str
    end: str
    dashed: bool = False
    head: bool = True


def process_svg(model: ServiceModel, language: Language, units: Units = NO_UNITS) -> str:
    """The picture, whole and by itself; `units`: what units are called."""
    nodes, arrows = _graph(model, language, units)
    boxes = {name: node.box for name, node in nodes.items()}
    picture = lay_out(boxes, [(arrow.start, arrow.end) for arrow in arrows])
    title = f"{said('process', language)}: {model.title.in_(language)}"
    about = "; ".join(phase.title.in_(language) for phase in model.phases)
    parts = [_ARROW_HEAD.format(name=model.service), *_lines(model.service, picture, arrows)]
    parts += [_drawn(node, picture.boxes[name]) for name, node in nodes.items()]
    name = f"process-{model.service}"
    return drawing.document(name, title, about, picture.width, picture.height, parts)


def _graph(
    model: ServiceModel, language: Language, units: Units
) -> tuple[dict[str, Node], list[Arrow]]:
    """Outcomes are boxes between phases: so their words have room."""
    nodes = {">": Node((said("start", language),), shape="start")}
    arrows = [Arrow(">", str(model.first))]
    for phase in model.phases:
        nodes[str(phase.id)] = _node(phase, language, units)
        expiring = {milestone.outcome for milestone in phase.milestones}
        for name, outcome in flow.outcomes(phase).items():
            label, by_time = f"{phase.id}/{name}", name in expiring
            lines = drawing.lines_of(outcome.title.in_(language), 22)
            nodes[label] = Node(tuple(lines), shape="label")
            arrows.append(Arrow(str(phase.id), label, dashed=by_time, head=False))
            end = str(outcome.next) if outcome.next else f"{label}/end"
            if outcome.close:
                nodes[end] = Node((said(f"close.{outcome.close}", language),), shape="end")
            arrows.append(Arrow(label, end, dashed=by_time))
    if model.silence.next:
        nodes["silence"] = Node((said("silence", language),), shape="start", dashed=True)
        arrows.append(Arrow("silence", str(model.silence.next), dashed=True))
        for phase in model.phases:
            if phase.waits and can_fall_silent(model, phase):
                arrows.append(Arrow(str(phase.id), "silence", dashed=True))
    return nodes, arrows


def _node(phase: Phase, language: Language, units: Units) -> Node:
    return Node(
        lines=tuple(drawing.lines_of(phase.title.in_(language), _LETTERS)),
        small=tuple(
            line
            for part in details(phase, language, units)
            for line in drawing.lines_of(part, _LETTERS + 4)
        ),
        kind=phase.kind,
        dashed=phase.clock != "runs",
    )


def details(phase: Phase, language: Language, units: Units) -> Iterator[str]:
    """Who does it, how long it may take, and what it does to the clock."""
    who = said(f"role.{phase.role}" if phase.role else f"kind.{phase.kind}", language)
    unit = units.get(phase.unit) if phase.unit else None
    named = unit.in_(language) if unit else phase.unit
    yield f"{who} · {named}" if named else who
    terms = [term_said(phase.term, language)] if phase.term else []
    for tier, term in phase.terms.items():
        terms.append(f"{said(f'tier.{tier}', language)}: {term_said(term, language)}")
    if terms:
        yield ", ".join(terms)
    if phase.clock != "runs":
        yield said(phase.clock, language)


_ARROW_HEAD = (
    '<defs><marker id="arrow-{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
    ' markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#505a5f"/></marker></defs>'
)


def _lines(service: str, picture: Picture, arrows: Sequence[Arrow]) -> Iterator[str]:
    for arrow, line in zip(arrows, picture.lines, strict=True):
        dash = ' stroke-dasharray="6 4"' if arrow.dashed else ""
        head = f' marker-end="url(#arrow-{service})"' if arrow.head else ""
        yield (
            f'<path d="{_curve(line)}" fill="none" stroke="{drawing.GREY}"'
            f' stroke-width="1.5"{dash}{head}/>'
        )


def _curve(line: Sequence[Point]) -> str:
    """Leaves and enters every point straight up or down."""
    (x, y), *further = line
    made = [f"M{x:.1f} {y:.1f}"]
    for to_x, to_y in further:
        middle = (y + to_y) / 2
        made.append(f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}")
        x, y = to_x, to_y
    return " ".join(made)


def _drawn(node: Node, box: Box) -> str:
    if node.shape == "label":
        first = box.y + 2 + _SMALL * _LINE / 2
        fill = f'<rect x="{box.x - box.width / 2:.1f}" y="{box.y:.1f}" width="{box.width:.1f}"'
        fill += f' height="{box.height:.1f}" fill="{drawing.PAPER}"/>'
        return fill + drawing.text(node.lines, box.x, first, _SMALL, colour=drawing.GREY)
    fill, border = COLOURS[node.kind] if node.kind else (drawing.PAPER, drawing.INK)
    ink = drawing.INK
    if node.shape == "end":
        (fill, border), ink = _END, drawing.PAPER
    radius = 5 if node.shape == "phase" else box.height / 2
    dash = ' stroke-dasharray="5 3"' if node.dashed else ""
    rect = (
        f'<rect x="{box.x - box.width / 2:.1f}" y="{box.y:.1f}" width="{box.width:.1f}"'
        f' height="{box.height:.1f}" rx="{radius:.1f}" fill="{fill}" stroke="{border}"'
        f' stroke-width="1.5"{dash}/>'
    )
    first = box.y + _PAD + _SIZE * _LINE / 2
    words = drawing.text(node.lines, box.x, first, _SIZE, bold=True, colour=ink)
    if node.small:
        below = first + len(node.lines) * _SIZE * _LINE
        words += drawing.text(node.small, box.x, below, _SMALL)
    return rect + words
