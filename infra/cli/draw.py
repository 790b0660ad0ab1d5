"""A service model as a picture: a Mermaid state diagram, which Git hosts and editors show."""

from collections.abc import Iterator

from chalicelib.domain.services.language import Language, Phase, ServiceModel


def draw(model: ServiceModel, language: Language) -> str:
    """The phases, who is in charge, how long they may take, and where each outcome leads."""
    return "\n".join(["stateDiagram-v2", *_lines(model, language)]) + "\n"


def _lines(model: ServiceModel, language: Language) -> Iterator[str]:
    for phase in model.phases:
        yield f'    state "{_caption(phase, language)}" as {_id(phase.id)}'
    yield f"    [*] --> {_id(model.first)}"
    for phase in model.phases:
        for outcome in phase.outcomes.values():
            target = _id(outcome.next) if outcome.next else f"closed_{outcome.close}"
            yield f"    {_id(phase.id)} --> {target}: {_plain(outcome.title.in_(language))}"
    for close in dict.fromkeys(o.close for p in model.phases for o in p.outcomes.values()):
        if close:
            yield f"    closed_{close} --> [*]"


def _caption(phase: Phase, language: Language) -> str:
    parts = [phase.title.in_(language), phase.role, str(phase.term) if phase.term else None]
    return _plain(" · ".join(part for part in parts if part))


def _id(name: str) -> str:
    return name.replace("-", "_")


def _plain(text: str) -> str:
    return text.replace('"', "'").replace(":", " ").replace(";", ",")
