"""Where a case goes after a phase, the outcomes that the language itself reserves included."""

from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.conditions import Facts, judge
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.words import CloseKind, Text

WITHDRAWN = "withdrawn"
SILENCE = "silence"
RESERVED_OUTCOMES = frozenset({WITHDRAWN, SILENCE})


def can_be_withdrawn(model: ServiceModel, phase: Phase) -> bool:
    """Whether the applicant may withdraw in this phase: while somebody is waited for."""
    return model.withdrawal is not None and phase.waits


def can_fall_silent(model: ServiceModel, phase: Phase) -> bool:
    """Whether the term of the case may run out here by itself: before anything is made, and not
    while the fee is owed or the applicant's correction stops the clock."""
    made = {"payment", "document", "delivery"}
    return model.silence.next is not None and phase.kind not in made and phase.clock == "runs"


def following(model: ServiceModel, phase: str, outcome: str) -> PhaseId | None:
    """The phase after an outcome; None where the case ends. Raises NotFound, KeyError."""
    if outcome == SILENCE:
        return model.silence.next
    if outcome == WITHDRAWN:
        return None
    return model.phase(phase).outcomes[outcome].next


def closing(model: ServiceModel, phase: str, outcome: str) -> CloseKind | None:
    """How the case ends by an outcome; None where it goes on. Raises NotFound, KeyError."""
    if outcome == SILENCE:
        return None
    if outcome == WITHDRAWN:
        return "withdrawn"
    return model.phase(phase).outcomes[outcome].close


def chosen(phase: Phase, facts: Facts) -> tuple[str, tuple[Text, ...]]:
    """The outcome that a phase's conditions choose, and the words of what decided: that of the
    first choice that holds, else `otherwise`, else the only one."""
    for choice in phase.choices:
        verdict = judge(choice.when, facts)
        if verdict.holds:
            return choice.outcome, verdict.because
    return phase.otherwise or next(iter(phase.outcomes)), ()
