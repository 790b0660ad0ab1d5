"""Whether a case exists is told to nobody who may not see it."""

from collections.abc import Callable

import pytest

from chalicelib.domain.access import Principal
from chalicelib.domain.cases.deciding import Decision
from chalicelib.domain.errors import Forbidden, NotFound, ZagoraError
from chalicelib.domain.ids import CaseNumber, PhaseId
from chalicelib.usecases import applications, decisions, payments, viewing
from chalicelib.usecases.applications import Filing
from tests.world import World, citizen, official

PHASE = PhaseId("examination")
MISSING = CaseNumber("SZ-2026-999999-1")
OWNER, STRANGER = citizen(0), citizen(1)
FOREIGNER = official(unit="construction")
ADMINISTRATOR = official("administrator", unit=None)

Act = Callable[[World, Principal, CaseNumber], object]

ACTS: dict[str, Act] = {
    "claim": lambda w, p, n: decisions.claim(w, p, n, PHASE, w.now),
    "release": lambda w, p, n: decisions.release(w, p, n, PHASE, w.now),
    "decide": lambda w, p, n: decisions.decide(
        w, p, n, Decision(phase=PHASE, outcome="approve"), w.now
    ),
    "retry": lambda w, p, n: decisions.order_retry(w, p, n, w.now),
    "look": lambda w, p, n: viewing.office_case(w, p, n, "test", w.now),
    "pay": lambda w, p, n: payments.begin_payment(w, p, n, "epay", "bg", w.now),
    "journal": lambda w, p, n: viewing.export_journal(w, p, n, w.now),
    "own": viewing.own_case,
}
TABLE = [
    (act, who)
    for act in ACTS
    for who in (STRANGER, FOREIGNER, ADMINISTRATOR)
    # An administrator may order any case round again.
    if (act, who) != ("retry", ADMINISTRATOR)
]


@pytest.fixture
def filed() -> tuple[World, CaseNumber]:
    world = World()
    filing = Filing.model_validate(
        {
            "service": "permanent-address",
            "tier": "regular",
            "delivery": "portal",
            "answers": {"purpose": "bank", "truth": True},
        }
    )
    return world, applications.file_application(world, OWNER, filing, "key", world.now).number


def _refusal(world: World, act: Act, who: Principal, number: CaseNumber) -> tuple[type, str]:
    with pytest.raises((NotFound, Forbidden)) as refused:
        act(world, who, number)
    error = refused.value
    assert isinstance(error, ZagoraError)
    assert number not in str(error)
    return type(error), str(error)


@pytest.mark.parametrize(("act", "who"), TABLE, ids=repr)
def test_another_ones_case_is_as_good_as_missing(
    filed: tuple[World, CaseNumber], act: str, who: Principal
) -> None:
    world, number = filed
    assert _refusal(world, ACTS[act], who, number) == _refusal(world, ACTS[act], who, MISSING)
