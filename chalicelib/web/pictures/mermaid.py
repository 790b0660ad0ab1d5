"""The process as a Mermaid flowchart, which Git hosts and editors show."""

from collections.abc import Iterator

from chalicelib.domain.services import flow
from chalicelib.domain.services.language import Language, Phase, ServiceModel
from chalicelib.domain.services.routes import can_fall_silent
from chalicelib.web.pictures.colours import COLOURS
from chalicelib.web.pictures.process import NO_UNITS, Units, details
from chalicelib.web.pictures.words import said


def mermaid(model: ServiceModel, language: Language, units: Units = NO_UNITS) -> str:
    """Phases with who does them, how long and what stops the clock; what comes by time alone is
    dashed, silence too."""
    return (
        "\n".join(["flowchart TD", *(f"    {line}" for line in _lines(model, language, units))])
        + "\n"
    )


def _lines(model: ServiceModel, language: Language, units: Units) -> Iterator[str]:
    yield f'started(["{said("start", language)}"]) --> {_id(model.first)}'
    for phase in model.phases:
        words = [_plain(phase.title.in_(language)), *details(phase, language, units)]
        caption = "<br/>".join(words)
        yield f'{_id(phase.id)}["{caption}"]:::{phase.kind}'
    for phase in model.phases:
        yield from _arrows(phase, language)
    yield from _silence(model, language)
    closed = (o.close for p in model.phases for o in flow.outcomes(p).values() if o.close)
    for close in dict.fromkeys(closed):
        yield f'{_id(f"closed-{close}")}(["{said(f"close.{close}", language)}"])'
    for kind in dict.fromkeys(phase.kind for phase in model.phases):
        fill, border = COLOURS[kind]
        yield f"classDef {kind} fill:{fill},stroke:{border},color:#1b1b1b"
    stopped = ",".join(_id(phase.id) for phase in model.phases if phase.clock != "runs")
    if stopped:
        yield "classDef stopped stroke-dasharray:5 3"
        yield f"class {stopped} stopped"


def _arrows(phase: Phase, language: Language) -> Iterator[str]:
    expiring = {milestone.outcome for milestone in phase.milestones}
    for name, outcome in flow.outcomes(phase).items():
        arrow = "-.->" if name in expiring else "-->"
        target = _id(outcome.next or f"closed-{outcome.close}")
        yield f'{_id(phase.id)} {arrow}|"{_plain(outcome.title.in_(language))}"| {target}'


def _silence(model: ServiceModel, language: Language) -> Iterator[str]:
    if model.silence.next is None:
        return
    yield f'silence(["{said("silence", language)}"]) -.-> {_id(model.silence.next)}'
    for phase in model.phases:
        if phase.waits and can_fall_silent(model, phase):
            yield f"{_id(phase.id)} -.-> silence"


def _id(name: str) -> str:
    """`end` and the like are words of Mermaid itself."""
    return f"p_{name.replace('-', '_')}"


def _plain(text: str) -> str:
    return text.replace('"', "'").replace("<", "‹").replace(">", "›")
