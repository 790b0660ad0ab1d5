"""Everything that must hold before a service model is published; every fault at once."""

from collections.abc import Iterable, Iterator

from chalicelib.domain.services.checks_fees import fee_findings
from chalicelib.domain.services.checks_form import form_findings
from chalicelib.domain.services.checks_paths import path_findings
from chalicelib.domain.services.checks_phases import phase_findings
from chalicelib.domain.services.findings import Finding, Place, alternatives
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.surroundings import Surroundings
from chalicelib.domain.services.words import Text
from chalicelib.domain.values import Value


def findings(model: ServiceModel, surroundings: Surroundings) -> tuple[Finding, ...]:
    """All that is wrong with the model; nothing if it may be published."""
    return (
        *_texts((), model),
        *form_findings(model.form),
        *_evidence(model, surroundings),
        *fee_findings(model),
        *path_findings(model),
        *phase_findings(model, surroundings),
        *_results(model, surroundings),
        *_money(model),
    )


def _texts(place: Place, value: object) -> Iterator[Finding]:
    """Texts that were left untranslated."""
    if isinstance(value, Text):
        if any("а" <= letter <= "я" for letter in value.en.lower()):
            yield Finding(
                place=(*place, "en"), what="Bulgarian in the English text", hint="translate"
            )
        return
    for key, inner in _inside(value):
        yield from _texts((*place, key), inner)


def _inside(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, Value):
        return [(name, getattr(value, name)) for name in type(value).model_fields]
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, tuple) else []


def _evidence(model: ServiceModel, surroundings: Surroundings) -> Iterator[Finding]:
    for index, one in enumerate(model.evidence):
        question = f"{one.source}/{one.ask}"
        if question not in surroundings.questions:
            hint = alternatives(question, surroundings.questions)
            yield Finding(
                place=("evidence", index, "ask"),
                what=f"no register answers '{question}'",
                hint=hint,
            )


def _results(model: ServiceModel, surroundings: Surroundings) -> Iterator[Finding]:
    made = {phase.template for phase in model.phases if phase.template}
    for index, result in enumerate(model.results):
        if result.template not in made:
            what = f"no phase makes the result '{result.id}'"
            hint = alternatives(result.template, made)
            yield Finding(place=("results", index, "template"), what=what, hint=hint)
    for template in sorted(made - {result.template for result in model.results}):
        what = f"the document '{template}' is not among the results"
        yield Finding(place=("results",), what=what, hint="add it, with a title")


def _money(model: ServiceModel) -> Iterator[Finding]:
    asks = any(phase.kind == "payment" for phase in model.phases)
    if not asks and any(fee.amount.amount for fee in model.fees):
        what = "there is a fee, and no phase in which it is paid"
        yield Finding(place=("phases",), what=what, hint="add a phase of kind payment")
    if not asks and model.arrival == "paid":
        what = "the application arrives when it is paid, and nothing is ever paid"
        yield Finding(place=("arrival",), what=what, hint="write 'filed'")
