"""The services of the repository on a page, with what a lawyer must look at: docs/services.md."""

from collections.abc import Iterator, Sequence
from itertools import chain

from chalicelib.domain.documents.showing import term
from chalicelib.domain.services.checks_size import history
from chalicelib.domain.services.language import Fee, ServiceModel

_HEAD = """\
# The services

<!-- made by python -m infra.cli.generate from stepfunctions/services; do not edit -->

What the models in `stepfunctions/services` say, in a table, and below it what **a lawyer of the
municipality must look at** before a service is published for real (`to_confirm`). The grounds were
written from the texts of the acts and from what other municipalities publish, not by a lawyer; fees
are examples until the council's ordinance is entered.

"""
_COLUMNS = (
    "service",
    "in the register",
    "fee",
    "promised",
    "by law",
    "who decides",
    "phases",
    "events at most",
)


def page(models: Sequence[ServiceModel]) -> str:
    """The whole page."""
    ruled = (_COLUMNS, ("---",) * len(_COLUMNS), *map(_row, models))
    rows = "".join(f"| {' | '.join(cells)} |\n" for cells in ruled)
    sections = chain.from_iterable(map(_section, models))
    return "\n".join([_HEAD + rows, *sections])


def _row(model: ServiceModel) -> tuple[str, ...]:
    return (
        f"[{model.title.en}](../stepfunctions/services/{model.service}.yaml)",
        model.register_number,
        _between([_amount(fee) for fee in sorted(model.fees, key=lambda fee: fee.amount.amount)]),
        ", ".join(dict.fromkeys(f"{fee.tier}: {term(fee.term, 'en')}" for fee in model.fees)),
        term(model.legal_term.term, "en") if model.legal_term else "–",
        _deciding(model),
        str(len(model.phases)),
        f"{history(model):,}",
    )


def _amount(fee: Fee) -> str:
    return f"{fee.amount.amount / 100:.2f} {fee.amount.currency}" if fee.amount.amount else "free"


def _between(amounts: Sequence[str]) -> str:
    first, last = amounts[0], amounts[-1]
    return first if first == last else f"{first} – {last}"


def _deciding(model: ServiceModel) -> str:
    """By itself, where conditions can lead past every official."""
    units = [phase.unit or "" for phase in model.phases]
    units += [opinion.unit for phase in model.phases for opinion in phase.opinions]
    units = [unit for unit in units if unit]
    if _by_itself(model):
        return "by itself, else " + ", ".join(dict.fromkeys(units))
    return ", ".join(dict.fromkeys(units))


def _by_itself(model: ServiceModel) -> bool:
    waiting, seen = [str(model.first)], set[str]()
    while waiting:
        phase = model.phase(waiting.pop())
        if phase.id in seen or (phase.waits and phase.kind != "payment"):
            continue
        seen.add(phase.id)
        if any(outcome.close == "issued" for outcome in phase.outcomes.values()):
            return True
        waiting += [str(outcome.next) for outcome in phase.outcomes.values() if outcome.next]
    return False


def _section(model: ServiceModel) -> Iterator[str]:
    yield f"\n## {model.title.bg}\n"
    yield f"{model.summary.bg} *{model.summary.en}*\n"
    yield from (f"- {ground.title.bg}" for ground in model.legal_grounds)
    if model.to_confirm:
        yield "\nЗа потвърждаване от юрист (for a lawyer to confirm):\n"
        yield from (f"{number}. {what}" for number, what in enumerate(model.to_confirm, start=1))
