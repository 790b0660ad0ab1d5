"""Phases that run by themselves: registers answer, conditions choose, documents are made."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from chalicelib.domain.cases import automatic
from chalicelib.domain.cases.events import Event
from chalicelib.domain.cases.evolve import evolve_all
from chalicelib.domain.cases.state import Case, IssuedDocument
from chalicelib.domain.ids import DocumentId
from chalicelib.domain.services.conditions import Facts
from chalicelib.domain.services.language import Phase, ServiceModel
from chalicelib.domain.services.words import PhaseKind

Run = Callable[[Case, ServiceModel, Phase, Facts, datetime], Sequence[Event]]


def _asked(
    case: Case, model: ServiceModel, phase: Phase, facts: Facts, now: datetime
) -> list[Event]:
    events = list(automatic.ask_evidence(case, model, phase.id))
    for name in phase.evidence:
        events += automatic.obtain(case, model, phase.id, name, None)
    return [*events, *automatic.choose(case, model, phase.id, facts)]


def _issued(
    case: Case, model: ServiceModel, phase: Phase, facts: Facts, now: datetime
) -> list[Event]:
    # Registers are asked before the document is made, where the phase says so.
    asked = list(automatic.ask_evidence(case, model, phase.id))
    for name in phase.evidence:
        asked += automatic.obtain(case, model, phase.id, name, None)
    template = phase.template or "refusal"
    document = IssuedDocument(
        id=DocumentId(f"{case.id}-{len(case.documents)}"),
        kind="refusal" if template == "refusal" else "result",
        template=template,
        language=case.language,
        digest="",
        size=0,
        key="",
        issued_at=now,
    )
    after = evolve_all(case, asked, now)
    return [*asked, *automatic.issue(after, model, phase.id, document)]


def _delivered(
    case: Case, model: ServiceModel, phase: Phase, facts: Facts, now: datetime
) -> list[Event]:
    return automatic.deliver(case, model, phase.id)


RUNS: Mapping[PhaseKind, Run] = {
    "register": _asked,
    "automatic": _asked,
    "document": _issued,
    "delivery": _delivered,
}
