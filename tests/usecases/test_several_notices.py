"""A notification with several notices: one that cannot be recorded holds up no other."""

import pytest

from chalicelib.adapters.cases.memory import MemoryCases
from chalicelib.domain.errors import Busy
from chalicelib.domain.ids import CaseId, Invoice
from chalicelib.ports.cases import Change
from chalicelib.usecases import applications, payments
from tests.notices import epay_body
from tests.usecases.test_story import filing
from tests.world import World, citizen

# Each line has a time of its own; the helper gives the last one one.
STAMP = ":PAY_TIME=20261123103000:STAN=036257:BCODE=036257"


class Sick(MemoryCases):
    """A store that cannot write some cases; `error` is what they meet."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
        self.sick: set[CaseId] = set()

    def save(self, change: Change) -> None:
        if change.after.id in self.sick:
            raise self.error
        super().save(change)


def started(world: World, key: str) -> tuple[CaseId, Invoice]:
    """A case whose payer is at the operator."""
    case = applications.file_application(world, citizen(), filing(), key, world.now)
    invoice = payments.begin_payment(world, citizen(), case.number, "epay", "bg", world.now)[1]
    return case.id, invoice


def tell(world: World, *invoices: Invoice) -> str:
    """What we answer to one notification of these payments."""
    body = epay_body(f"{STAMP}\n".join(f"INVOICE={invoice}:STATUS=PAID" for invoice in invoices))
    return payments.receive_notification(world, "epay", body, world.now)


@pytest.mark.parametrize("error", [Busy(source="table"), RuntimeError("a row nobody can read")])
@pytest.mark.parametrize("first", [True, False])
def test_the_others_money_counts_and_the_sick_one_comes_again(
    error: Exception, first: bool
) -> None:
    store = Sick(error)
    world = World(cases=store)
    (sick, its), (well, other) = started(world, "key-1"), started(world, "key-2")
    store.sick = {sick}

    answer = tell(world, *((its, other) if first else (other, its)))

    assert sorted(answer.splitlines()) == sorted(
        [f"INVOICE={its}:STATUS=ERR", f"INVOICE={other}:STATUS=OK"]
    )
    assert (world.cases.load(sick).order.status, world.cases.load(well).order.status) == (
        "due",
        "paid",
    )
    store.sick = set()
    assert tell(world, its, other).count("STATUS=OK") == 2
    assert world.cases.load(sick).order.status == "paid"


def test_when_nothing_could_be_recorded_the_whole_comes_again() -> None:
    store = Sick(Busy(source="table"))
    world = World(cases=store)
    (case, invoice) = started(world, "key")
    store.sick = {case}
    with pytest.raises(Busy):
        tell(world, invoice)
