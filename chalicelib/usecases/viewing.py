"""Looking: lists, a case for its applicant, a case for its officials, its journal."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field, JsonValue

from chalicelib.domain.access import (
    OFFICIALS,
    Principal,
    require,
    require_own,
    require_sight,
    serves,
)
from chalicelib.domain.cases import deciding
from chalicelib.domain.cases.state import Case
from chalicelib.domain.ids import CaseNumber
from chalicelib.domain.journal import Entry, ExportedJournal, Opening, head_of
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.values import Value
from chalicelib.ports import Ports
from chalicelib.ports.cases import Page
from chalicelib.usecases.changing import change, model_of
from chalicelib.usecases.following import open_cases

# What a citizen's export opens; who decided and why is theirs to know, and so are the look-ups.
Private = Mapping[int, Mapping[str, Opening]]


class View(Value):
    """A case with all that a page shows of it. `private` maps event kinds to their values, the
    last of each; `answers` are those filed, put right where they were; `opinions` the words of
    each."""

    case: Case
    model: ServiceModel
    entries: tuple[Entry, ...]
    private: dict[str, dict[str, JsonValue]]
    answers: dict[str, JsonValue] | None = None
    opinions: dict[str, str] = Field(default_factory=dict)


def my_cases(ports: Ports, principal: Principal, cursor: str | None = None) -> Page:
    """The citizen's own cases, the newest first."""
    require(principal, "citizen")
    return ports.lists.of_person(principal.subject, cursor)


def worklist(ports: Ports, principal: Principal, cursor: str | None = None) -> Page:
    """The open tasks of the official's unit, what is due first on top."""
    require(principal, "registrar", "head-of-unit")
    return ports.lists.of_unit(principal.unit or "", cursor)


def own_case(ports: Ports, principal: Principal, number: CaseNumber) -> View:
    """A citizen's case with its journal and their data. Raises NotFound for anybody else's."""
    case = ports.cases.find(number)
    require_own(principal, case.applicant)
    return _view(ports, case, ports.cases.openings(case.id))


def office_case(
    ports: Ports, principal: Principal, number: CaseNumber, purpose: str, now: datetime
) -> View:
    """A case for an official of its unit; that they looked is journalled before they see it.

    Raises Forbidden (no official), NotFound (none, or another unit's).
    """
    require(principal, *OFFICIALS)
    case = ports.cases.find(number)
    case = change(
        ports,
        case.id,
        principal.actor,
        now,
        lambda case, model: deciding.view_private(case, principal, purpose),
    )
    return _view(ports, case, ports.cases.openings(case.id))


def case_for(ports: Ports, principal: Principal, number: CaseNumber) -> Case:
    """The case without personal data, for whoever may see it. Raises NotFound."""
    case = ports.cases.find(number)
    require_sight(principal, applicant=case.applicant, units=case.units)
    return case


def _view(ports: Ports, case: Case, openings: Private) -> View:
    entries = _entries(ports, case)
    opened = [
        (entry, {name: opening.value for name, opening in openings[entry.seq].items()})
        for entry in entries
        if entry.seq in openings
    ]
    return View(
        case=case,
        model=model_of(ports, case),
        entries=entries,
        private={entry.event: values for entry, values in opened},
        answers=_answers(opened),
        opinions={
            str(entry.data["opinion"]): str(values.get("opinion", ""))
            for entry, values in opened
            if entry.event == "opinion-given"
        },
    )


def _answers(opened: Sequence[tuple[Entry, dict[str, JsonValue]]]) -> dict[str, JsonValue] | None:
    """Filed, and put right since. None once they are erased."""
    found: dict[str, JsonValue] | None = None
    for _, values in opened:
        given = values.get("answers")
        if isinstance(given, dict):
            found = {**(found or {}), **given}
    return found


def _entries(ports: Ports, case: Case) -> tuple[Entry, ...]:
    """As of the case that was read; what happened since is shown with the case that it made."""
    return tuple(entry for entry in ports.cases.journal(case.id) if entry.seq <= case.head.seq)


def export_journal(
    ports: Ports, principal: Principal, number: CaseNumber, now: datetime
) -> ExportedJournal:
    """The journal with a signed head, to be checked by anybody with the published key.

    Openings go to the applicant only; officials get the chain. Raises NotFound.
    """
    case = case_for(ports, principal, number)
    entries = _entries(ports, case)
    claims = {
        "case": case.id,
        "number": case.number,
        "head": head_of(entries).model_dump(),
        "iat": int(now.timestamp()),
    }
    own = not serves(principal, case.units)
    openings = ports.cases.openings(case.id) if own else {}
    return ExportedJournal(
        case=case.id,
        number=case.number,
        entries=entries,
        openings={seq: dict(named) for seq, named in openings.items() if seq <= case.head.seq},
        head=ports.attestation.sign(claims),
    )


def stuck_cases(ports: Ports, principal: Principal, now: datetime) -> list[Case]:
    """Cases in trouble, for the exception desk. No personal data. Raises Forbidden."""
    require(principal, "head-of-unit", "administrator")
    return [
        case
        for case in open_cases(ports, now)
        if case.trouble is not None and _concerns(principal, case)
    ]


def _concerns(principal: Principal, case: Case) -> bool:
    return principal.has("administrator") or principal.unit in case.units
