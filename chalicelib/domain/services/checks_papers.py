"""Documents: each is made before it is needed, and what is made is among the results."""

from collections.abc import Iterator

from chalicelib.domain.services import flow
from chalicelib.domain.services.findings import Finding, alternatives
from chalicelib.domain.services.language import Phase, Result, ServiceModel
from chalicelib.domain.services.surroundings import Surroundings
from chalicelib.domain.services.words import CloseKind

# The template that is made of the model's own words.
ACT = "act"
# A decision is given in writing (Administrative Procedure Code, art. 59).
WRITTEN: tuple[CloseKind, ...] = ("issued", "partly-issued", "refused")


def made_by(model: ServiceModel, phase: Phase) -> tuple[Result, ...]:
    """The results that the phase may mean: `template` names a result, or else a template."""
    named = tuple(result for result in model.results if result.id == phase.template)
    return named or tuple(r for r in model.results if r.template == phase.template)


def paper_findings(model: ServiceModel, surroundings: Surroundings) -> Iterator[Finding]:
    """Results, documents that phases need, and decisions that nobody puts into writing."""
    yield from _templates(model, surroundings)
    yield from _results(model)
    yield from _needed(model)
    yield from _written(model)


def _templates(model: ServiceModel, surroundings: Surroundings) -> Iterator[Finding]:
    for index, phase in enumerate(model.phases):
        place = ("phases", index, "template")
        if phase.template is None or phase.kind != "document":
            continue
        made = made_by(model, phase)
        if not made and phase.template not in surroundings.templates:
            names = {*surroundings.templates, *(str(result.id) for result in model.results)}
            hint = alternatives(phase.template, names)
            yield Finding(place=place, what=f"no template '{phase.template}'", hint=hint)
        elif len(made) > 1:
            hint = alternatives("", (str(result.id) for result in made))
            what = f"several results have the template '{phase.template}'"
            yield Finding(place=place, what=what, hint=f"name the result: {hint}")
    for index, result in enumerate(model.results):
        if result.template not in surroundings.templates:
            where = ("results", index, "template")
            hint = alternatives(result.template, surroundings.templates)
            yield Finding(place=where, what=f"no template '{result.template}'", hint=hint)


def _results(model: ServiceModel) -> Iterator[Finding]:
    making = [phase for phase in model.phases if phase.template]
    made = {result.id for phase in making for result in made_by(model, phase)}
    for index, result in enumerate(model.results):
        if result.id not in made:
            what = f"no phase makes the result '{result.id}'"
            hint = alternatives(result.template, (str(phase.template) for phase in making))
            yield Finding(place=("results", index, "template"), what=what, hint=hint)
        if result.template == ACT and not (result.says or result.rows):
            what = f"'{result.id}' says nothing"
            yield Finding(place=("results", index), what=what, hint="add says: or rows:")
    for template in sorted({str(p.template) for p in making if not made_by(model, p)}):
        what = f"the document '{template}' is not among the results"
        yield Finding(place=("results",), what=what, hint="add it, with a title")


def _needed(model: ServiceModel) -> Iterator[Finding]:
    given = {str(one.id) for one in model.attachments}
    known = given | {str(one.id) for one in model.results}
    for index, phase in enumerate(model.phases):
        for number, name in enumerate(phase.documents):
            place = ("phases", index, "documents", number)
            if name not in known:
                hint = alternatives(name, known)
                what = f"the document '{name}' is neither made nor given"
                yield Finding(place=place, what=what, hint=hint)
            elif name not in given and not flow.before(model, phase.id, _making(model, name)):
                what = f"a case comes to '{phase.id}' without '{name}'"
                hint = "make the document in a phase before this one"
                yield Finding(place=place, what=what, hint=hint)


def _making(model: ServiceModel, name: str) -> flow.Test:
    return lambda phase: any(result.id == name for result in made_by(model, phase))


def _written(model: ServiceModel) -> Iterator[Finding]:
    making = [str(phase.id) for phase in model.phases if phase.kind == "document"]
    unwritten = flow.reached(flow.graph(model), str(model.first), making)
    ends = flow.closings(model, unwritten - set(making))
    order = [phase.id for phase in model.phases]
    for close in WRITTEN:
        for phase in ends.get(close, ()):
            place = ("phases", order.index(phase.id), "outcomes")
            what = f"a case is closed as {close} in '{phase.id}', and no document says so"
            yield Finding(place=place, what=what, hint="lead it through a phase of kind document")
