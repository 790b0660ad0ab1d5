"""Everything that must hold before a service model is published; every fault at once."""

from collections.abc import Iterator

from chalicelib.domain.services.checks_evidence import evidence_findings
from chalicelib.domain.services.checks_facts import fact_findings
from chalicelib.domain.services.checks_fees import fee_findings
from chalicelib.domain.services.checks_form import form_findings
from chalicelib.domain.services.checks_kinds import kind_findings
from chalicelib.domain.services.checks_names import name_findings
from chalicelib.domain.services.checks_papers import paper_findings
from chalicelib.domain.services.checks_paths import path_findings
from chalicelib.domain.services.checks_phases import phase_findings
from chalicelib.domain.services.checks_silence import silence_findings
from chalicelib.domain.services.checks_size import MOST_PHASES, size_findings
from chalicelib.domain.services.checks_terms import term_findings
from chalicelib.domain.services.checks_texts import text_findings
from chalicelib.domain.services.findings import Finding
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.surroundings import Surroundings


def findings(model: ServiceModel, surroundings: Surroundings) -> tuple[Finding, ...]:
    """All that is wrong with the model; nothing if it may be published."""
    if len(model.phases) > MOST_PHASES:  # the paths of so many are not worth following
        return tuple(size_findings(model))
    return (
        *text_findings(model),
        *name_findings(model),
        *form_findings(model.form),
        *evidence_findings(model, surroundings),
        *fee_findings(model),
        *path_findings(model),
        *phase_findings(model, surroundings),
        *kind_findings(model),
        *paper_findings(model, surroundings),
        *fact_findings(model),
        *_money(model),
        *term_findings(model),
        *silence_findings(model),
        *size_findings(model),
    )


def _money(model: ServiceModel) -> Iterator[Finding]:
    asks = any(phase.kind == "payment" for phase in model.phases)
    if not asks and any(fee.amount.amount for fee in model.fees):
        what = "there is a fee, and no phase in which it is paid"
        yield Finding(place=("phases",), what=what, hint="add a phase of kind payment")
    if not asks and model.arrival == "paid":
        what = "the application arrives when it is paid, and nothing is ever paid"
        yield Finding(place=("arrival",), what=what, hint="write 'filed'")
