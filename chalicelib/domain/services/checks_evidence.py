"""Evidence: registers are asked what they answer, about something that is known, by some phase."""

from collections.abc import Iterator

from chalicelib.domain import registers
from chalicelib.domain.services import facts
from chalicelib.domain.services.findings import Finding, alternatives
from chalicelib.domain.services.language import Evidence, ServiceModel
from chalicelib.domain.services.surroundings import Surroundings

# What is known of the applicant when a register is asked, beside the form.
OF_APPLICANT = ("person.egn", "person.name")


def evidence_findings(model: ServiceModel, surroundings: Surroundings) -> Iterator[Finding]:
    """Questions that no register answers, subjects that nobody gives, answers nobody asks for."""
    asked = {name for phase in model.phases for name in phase.evidence}
    for index, one in enumerate(model.evidence):
        question = f"{one.source}/{one.ask}"
        if question not in surroundings.questions:
            hint = alternatives(question, surroundings.questions)
            where = ("evidence", index, "ask")
            yield Finding(place=where, what=f"no register answers '{question}'", hint=hint)
        elif question in registers.QUESTIONS:
            yield from _about(index, one, registers.QUESTIONS[question], model)
        if one.id not in asked:
            what = f"no phase asks for the evidence '{one.id}'"
            hint = "name it in the evidence: of a phase, or take it out"
            yield Finding(place=("evidence", index, "id"), what=what, hint=hint)


def _about(
    index: int, evidence: Evidence, question: registers.Question, model: ServiceModel
) -> Iterator[Finding]:
    known = {name for name, fact in facts.at_filing(model).items() if fact.kind != "list"}
    known |= set(OF_APPLICANT)
    takes = {question.needs, *question.may}
    for key, fact in evidence.about.items():
        place = ("evidence", index, "about", key)
        if key not in takes:
            what = f"'{evidence.source}/{evidence.ask}' is not asked about '{key}'"
            yield Finding(place=place, what=what, hint=alternatives(key, takes))
        elif fact not in known:
            yield Finding(place=place, what=f"no fact '{fact}'", hint=alternatives(fact, known))
    if question.needs not in evidence.about and evidence.asks_about[question.needs] not in known:
        what = f"'{evidence.source}/{evidence.ask}' cannot be asked without '{question.needs}'"
        hint = "ask for it in a field of that name, or name the field in about:"
        yield Finding(place=("evidence", index, "ask"), what=what, hint=hint)
